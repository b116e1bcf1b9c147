using System.Globalization;
using System.Runtime.CompilerServices;

namespace Devicetree.Checks;

/// <summary>The text of a finding. Where nobody wants it, nothing is formatted.</summary>
[InterpolatedStringHandler]
internal ref struct CheckText
{
    private DefaultInterpolatedStringHandler _text;
    private readonly bool _isWanted;

    public CheckText(int literalLength, int formattedCount, CheckContext context, out bool isWanted)
    {
        _isWanted = isWanted = context.IsWanted;
        if (isWanted)
            _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => _text.AppendFormatted(value);

    public string ToText() => _isWanted ? _text.ToStringAndClear() : "";
}
