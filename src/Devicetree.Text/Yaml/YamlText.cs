using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using YamlDotNet.Core;

namespace Devicetree.Text.Yaml;

/// <summary>
/// A YAML file as text, and the way from characters, which the scanner counts, back to bytes, which spans count.
/// </summary>
internal sealed class YamlText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The byte offset of each character and of the end; null for a file of ASCII, where they are the same.</summary>
    private readonly int[]? _offsets;

    private YamlText(SourceText source, string text, int[]? offsets)
    {
        Source = source;
        Text = text;
        _offsets = offsets;
    }

    public SourceText Source { get; }

    public string Text { get; }

    public static bool TryDecode(SourceText source, DiagnosticBag diagnostics, [NotNullWhen(true)] out YamlText? text)
    {
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        int start = bytes.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (start == 0 && Ascii.IsValid(bytes))
        {
            text = new(source, Encoding.ASCII.GetString(bytes), null);
            return true;
        }
        var characters = new char[bytes.Length - start];
        OperationStatus status = Utf8.ToUtf16(bytes[start..], characters, out int read, out int written,
            replaceInvalidSequences: false);
        if (status == OperationStatus.Done)
        {
            text = new(source, new string(characters, 0, written), OffsetsOf(characters.AsSpan(0, written), start));
            return true;
        }
        int at = start + read;
        diagnostics.Report(YamlRules.NotUtf8, source.Span(at, at + 1), bytes[at]);
        text = null;
        return false;
    }

    public SourceSpan Span(Mark start, Mark end) =>
        Source.Span(OffsetOf(start.Index), Math.Max(OffsetOf(start.Index), OffsetOf(end.Index)));

    /// <summary>The span of characters.</summary>
    public SourceSpan Span(int start, int end) => Source.Span(OffsetOf(start), OffsetOf(end));

    private int OffsetOf(long index) =>
        _offsets is null ? (int)Math.Min(index, Text.Length) : _offsets[(int)Math.Min(index, _offsets.Length - 1)];

    private static int[] OffsetsOf(ReadOnlySpan<char> characters, int start)
    {
        var offsets = new int[characters.Length + 1];
        int at = start;
        for (int i = 0; i < characters.Length; i++)
        {
            offsets[i] = at;
            // Either half of a surrogate pair stands for two of its four bytes.
            at += characters[i] < 0x80 ? 1 : characters[i] < 0x800 || char.IsSurrogate(characters[i]) ? 2 : 3;
        }
        offsets[^1] = at;
        return offsets;
    }
}
