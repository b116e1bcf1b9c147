using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Formatting;

/// <summary>
/// Whether bytes can be laid out at all. What is written back has to be every byte that was there, spaces aside.
/// </summary>
internal static class FormatInput
{
    private static readonly SearchValues<byte> _controlBytes =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, .. Enumerable.Range(0x0E, 0x12).Select(c => (byte)c), 0x7F]);

    /// <summary>Looks for what no source has.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="diagnostics">Gets why they are no text.</param>
    public static bool IsText(SourceText source, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0x0D, 0xFE, 0xED]))
            diagnostics.Report(FormatRules.Blob, source.Span(0, 0));
        else if (bytes.IndexOfAny(_controlBytes) is int control and >= 0)
            diagnostics.Report(FormatRules.NotSource, source.Span(control, control + 1), Name(bytes[control]));
        else if (!Utf8.IsValid(bytes))
            diagnostics.Report(FormatRules.NotUtf8, source.Span(FirstInvalid(bytes), FirstInvalid(bytes) + 1));
        else
            return true;
        return false;
    }

    private static string Name(byte control) =>
        control == 0 ? "found a NUL byte"
        : string.Create(CultureInfo.InvariantCulture, $"found the control character 0x{control:x2}");

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
