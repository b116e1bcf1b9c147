using System.Text;

namespace Devicetree.Formatting;

/// <summary>
/// The comments between which layout stays as its author made it: <c>dts-format off</c> and <c>dts-format on</c>, alone in a
/// comment of either kind.
/// </summary>
internal static class FormatMarkers
{
    private const string Off = "dts-format off";
    private const string On = "dts-format on";

    public static bool IsOff(ReadOnlySpan<byte> source, FormatToken token) => Is(source, token, Off);

    public static bool IsOn(ReadOnlySpan<byte> source, FormatToken token) => Is(source, token, On);

    private static bool Is(ReadOnlySpan<byte> source, FormatToken token, string marker)
    {
        if (!token.IsComment)
            return false;
        string text = Encoding.UTF8.GetString(source[(token.Start + 2)..token.End]);
        return (token.Kind == FormatTokenKind.BlockComment ? text[..^2] : text).Trim() == marker;
    }
}
