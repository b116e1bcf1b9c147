using System.Text;

namespace Devicetree.Text.Sources;

/// <summary>A place for people.</summary>
/// <param name="Path">The file, as it was named when it was opened or by a line marker in it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in bytes, from 1; a tab counts as one.</param>
public readonly record struct SourceLocation(string Path, int Line, int Column)
{
    /// <summary>
    /// <c>path:line:column</c>, which terminals and editors turn into a link; a line marker may call a file anything.
    /// </summary>
    public override string ToString() => $"{PrintableText.Of(Path)}:{Line}:{Column}";
}

/// <summary>The text of one source file. Never changes; may be read by several threads.</summary>
public sealed class SourceText
{
    /// <summary>Found when the first place is asked for: a source without diagnostics has no need of it.</summary>
    private int[]? _lineStarts;

    /// <summary>Where each byte came from, for a text made out of other files; null for a file as it is.</summary>
    private readonly ISourceOrigins? _origins;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Lazy<ReadOnlyMemory<byte>>? _later;

    /// <summary>Where line markers make the following text another file's, by rising offset.</summary>
    private readonly List<(int Offset, string Path, int Line)> _markers = [];

    /// <summary>A source of bytes. They are not copied; the caller must not change them afterwards.</summary>
    /// <param name="path">What diagnostics call the file; relative names in it are looked up from there.</param>
    /// <param name="bytes">The contents.</param>
    public SourceText(string path, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
        _bytes = bytes;
    }

    /// <summary>A source of which only places may ever be asked for: its bytes are read when they are first needed.</summary>
    /// <param name="path">What diagnostics call the file.</param>
    /// <param name="read">Reads the contents, once.</param>
    public SourceText(string path, Func<ReadOnlyMemory<byte>> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(read);
        Path = path;
        _later = new(read);
    }

    /// <summary>A text that was made out of other files.</summary>
    internal SourceText(string path, ReadOnlyMemory<byte> bytes, ISourceOrigins origins)
        : this(path, bytes) => _origins = origins;

    /// <summary>A source of text, taken as UTF-8.</summary>
    /// <param name="path">What diagnostics call the file.</param>
    /// <param name="text">The contents.</param>
    public SourceText(string path, string text)
        : this(path, Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>What diagnostics call the file.</summary>
    public string Path { get; }

    /// <summary>
    /// True for a text that was made out of files: what is in it was written elsewhere, see <see cref="Resolve"/>.
    /// </summary>
    internal bool IsComposed => _origins is not null;

    /// <summary>The contents.</summary>
    public ReadOnlyMemory<byte> Bytes => _later?.Value ?? _bytes;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Bytes.Span);

    /// <summary>
    /// The place at a byte offset; offsets after the end mean the end. In a preprocessed text it is the place in the file.
    /// </summary>
    public SourceLocation LocationOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Bytes.Length);
        if (_origins is not null)
            return _origins.LocationOf(offset);
        int line = LineIndexOf(offset);
        int column = offset - LineStarts[line] + 1;
        int marker = LastMarkerUpTo(offset);
        if (marker < 0)
            return new(Path, line + 1, column);
        (int start, string path, int markedLine) = _markers[marker];
        return new(path, markedLine + line - LineIndexOf(start), column);
    }

    /// <summary>
    /// Where a span of this text came from: for a preprocessed text the files, macros and includes behind it, for any other the
    /// span itself. The span of the answer is in a text that can be shown line by line.
    /// </summary>
    public SourceOrigin Resolve(int start, int end)
    {
        start = Math.Clamp(start, 0, Bytes.Length);
        end = Math.Clamp(end, start, Bytes.Length);
        return _origins?.Resolve(start, end) ?? new SourceOrigin(Span(start, end), [], []);
    }

    /// <summary>The span from one byte offset up to, but not including, another.</summary>
    public SourceSpan Span(int start, int end) => new(this, start, end);

    /// <summary>
    /// The span of <paramref name="length"/> bytes at a line and a column, both from 1, for readers that know places in that
    /// form. What lies outside of the text means its nearest end.
    /// </summary>
    public SourceSpan SpanAt(int line, int column, int length = 1)
    {
        int start = line > LineStarts.Length ? Bytes.Length : LineStarts[Math.Max(line, 1) - 1] + Math.Max(column, 1) - 1;
        start = Math.Min(start, Bytes.Length);
        return new(this, start, Math.Min(start + length, Bytes.Length));
    }

    /// <summary>
    /// The span of the line that holds a byte offset, without its line end; offsets after the end mean the last line.
    /// </summary>
    public SourceSpan LineAt(int offset)
    {
        int line = LineIndexOf(Math.Clamp(offset, 0, Bytes.Length));
        int start = LineStarts[line];
        int end = line + 1 < LineStarts.Length ? LineStarts[line + 1] - 1 : Bytes.Length;
        if (end > start && Bytes.Span[end - 1] == (byte)'\r')
            end--;
        return new(this, start, end);
    }

    /// <summary>
    /// The same text for a reader that will call <see cref="MapFollowing"/>, which must not be seen by other readers.
    /// </summary>
    internal SourceText WithOwnMarkers() => _origins is null ? new(Path, Bytes) : this;

    /// <summary>
    /// Records a line marker: the text after <paramref name="offset"/> is on line <paramref name="line"/> of another file. The
    /// markers of a preprocessed text were recorded when it was made.
    /// </summary>
    internal void MapFollowing(int offset, string path, int line)
    {
        if (_origins is null)
            _markers.Add((offset, path, line));
    }

    private int LineIndexOf(int offset)
    {
        int found = Array.BinarySearch(LineStarts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    private int LastMarkerUpTo(int offset)
    {
        int low = 0, high = _markers.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_markers[middle].Offset <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static int[] FindLineStarts(ReadOnlySpan<byte> bytes)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
                starts.Add(i + 1);
        }
        return [.. starts];
    }
}
