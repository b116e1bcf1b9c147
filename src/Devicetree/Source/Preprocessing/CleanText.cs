namespace Devicetree.Source.Preprocessing;

/// <summary>
/// A file without what stands below the level of tokens: lines that end with a backslash are joined to the next one, every kind
/// of line end is a newline, and the mark at the start of UTF-8 files is gone. Most files have nothing of that and are not
/// copied.
/// </summary>
internal sealed class CleanText
{
    /// <summary>From which offsets on the clean text is further behind the original one, rising.</summary>
    private readonly (int Clean, int Original)[] _shifts;

    private CleanText(ReadOnlyMemory<byte> bytes, (int Clean, int Original)[] shifts, int[] splices, bool endsInSplice)
    {
        Bytes = bytes;
        _shifts = shifts;
        Splices = splices;
        EndsInSplice = endsInSplice;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The offsets in the clean text at which lines were joined, rising.</summary>
    public int[] Splices { get; }

    /// <summary>Whether the last line of the file is to be joined to a next one that does not exist.</summary>
    public bool EndsInSplice { get; }

    public static CleanText Of(ReadOnlyMemory<byte> original)
    {
        ReadOnlySpan<byte> text = original.Span;
        int mark = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (mark == 0 && !HasSplice(text) && !text.Contains((byte)'\r'))
            return new(original, [], [], false);
        return Copy(text, mark);
    }

    /// <summary>The offset in the file of an offset in the clean text.</summary>
    public int Original(int clean)
    {
        int low = 0, high = _shifts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_shifts[middle].Clean <= clean)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? clean : _shifts[low - 1].Original + clean - _shifts[low - 1].Clean;
    }

    private static bool HasSplice(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (text[at..].IndexOf((byte)'\\') is int next and >= 0)
        {
            at += next + 1;
            if (SpliceEnd(text, at) > 0)
                return true;
        }
        return false;
    }

    /// <summary>
    /// The offset after the line end that follows a backslash, 0 when something else follows it. Spaces between them do not
    /// count.
    /// </summary>
    private static int SpliceEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && ByteClasses.Of(text[at]) == ByteClass.Blank)
            at++;
        if (at >= text.Length)
            return 0;
        if (text[at] == '\r')
            return at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
        return text[at] == '\n' ? at + 1 : 0;
    }

    private static CleanText Copy(ReadOnlySpan<byte> text, int at)
    {
        var clean = new byte[text.Length];
        var shifts = new List<(int, int)>();
        var splices = new List<int>();
        int length = 0;
        bool endsInSplice = false;
        if (at > 0)
            shifts.Add((0, at));
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny((byte)'\\', (byte)'\r');
            int run = next < 0 ? text.Length - at : next;
            text.Slice(at, run).CopyTo(clean.AsSpan(length));
            at += run;
            length += run;
            if (next < 0)
                break;
            if (text[at] == '\r')
            {
                clean[length++] = (byte)'\n';
                at++;
                if (at >= text.Length || text[at] != '\n')
                    continue;
                at++;
                shifts.Add((length, at));
            }
            else if (SpliceEnd(text, at + 1) is int end and > 0)
            {
                splices.Add(length);
                at = end;
                shifts.Add((length, at));
                endsInSplice = at == text.Length;
            }
            else
            {
                clean[length++] = text[at++];
            }
        }
        return new(clean.AsMemory(0, length), [.. shifts], [.. splices], endsInSplice);
    }
}
