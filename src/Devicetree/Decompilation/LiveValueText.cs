using System.Text;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>The source text of values alone.</summary>
public static class LiveValueText
{
    /// <summary>A value as <see cref="LivePrinter"/> prints it behind the equals sign, one character a byte; empty for one without bytes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="version">The version of dtc whose text is wanted; the newest when null.</param>
    /// <exception cref="InvalidOperationException">The text takes 2 GiB or more.</exception>
    public static string Of(LiveValue value, DtcVersion? version = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
            return "";
        var text = new ByteText();
        new ValuePrinter(text, version ?? DtcVersion.Newest).Print(value);
        // The printer begins with the equals sign.
        const int Sign = 3;
        return Encoding.Latin1.GetString(text.Bytes[Sign..]);
    }
}
