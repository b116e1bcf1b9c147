using System.Globalization;
using System.Text;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// The preprocessed text as it is written, in the layout of cpp: its spaces between tokens, and its empty lines and line markers,
/// by which the output stays in step with the input.
/// </summary>
internal sealed class OutputText(OriginRecorder origins)
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _limit;
    private bool _markers;

    /// <summary>Whether something stands on the line that is being written.</summary>
    private bool _printed;

    /// <summary>The line of the source that the line being written shows.</summary>
    private int _line;

    /// <summary>The token that was written last on this line; none at its start, or when a space follows anyway.</summary>
    private PpKind _before;

    /// <summary>The token in whose place the next one stands: whether there is one, and white space before it.</summary>
    private PpFlags _source = PpFlags.NoSource;

    public int Length { get; private set; }

    /// <summary>Whether the next token came from elsewhere than the last one, so that the two may have to be set apart.</summary>
    public bool MayFuse { get; set; }

    /// <summary>Whether there is more text than allowed; nothing is written then.</summary>
    public bool IsFull { get; private set; }

    public void Begin(int limit, bool markers)
    {
        (_limit, _markers, _printed, _line, _before, _source) = (limit, markers, false, 0, PpKind.None, PpFlags.NoSource);
        (Length, MayFuse, IsFull) = (0, false, false);
    }

    public byte[] ToArray()
    {
        if (_printed)
            Put((byte)'\n');
        return _bytes.AsSpan(0, Length).ToArray();
    }

    /// <summary>Goes to the next line of output, which shows a line of the source.</summary>
    public void StartLine(int line, string file)
    {
        GoTo(line, file);
        _printed = true;
        StartTokens();
    }

    /// <summary>Says that the next token is the first of its line.</summary>
    public void StartTokens()
    {
        _before = PpKind.None;
        _source = PpFlags.NoSource;
    }

    /// <summary>
    /// Ends the line that is being written, and writes as many empty ones as the source has, or a marker when they are many.
    /// </summary>
    public void GoTo(int line, string file)
    {
        EndLine();
        if (!_markers)
            return;
        if (line < _line || line >= _line + FileScanner.MaxBlankLines)
        {
            Marker(line, file, "");
            return;
        }
        for (; _line < line; _line++)
            Put((byte)'\n');
    }

    /// <summary>
    /// Says that lines were written together with their newlines, the last of which shows a line of the source.
    /// </summary>
    public void SkipTo(int line) => _line = line;

    /// <summary>Writes a line marker.</summary>
    public void Marker(int line, string file, string flags)
    {
        EndLine();
        if (!_markers)
            return;
        _line = line;
        var text = new StringBuilder("# ").Append(line.ToString(CultureInfo.InvariantCulture)).Append(" \"");
        foreach (char c in file)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c == '\n' ? "\\n" : c);
        }
        Put(Encoding.UTF8.GetBytes(text.Append('"').Append(flags).Append('\n').ToString()));
    }

    /// <summary>Writes one byte.</summary>
    public void Put(byte b) => Put(new ReadOnlySpan<byte>(in b));

    /// <summary>Writes bytes as they are.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            if (bytes.Length > _limit - Length)
            {
                IsFull = true;
                return;
            }
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength,
                Math.Max((long)_bytes.Length * 2, Length + (long)bytes.Length)));
        }
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        IsFull |= Length > _limit;
    }

    /// <summary>Says what was written last, before a token is printed.</summary>
    public void Follow(PpKind before) => _before = before;

    /// <summary>Writes what an expansion gave: a token, with a space before it if one must be there, or a padding.</summary>
    /// <param name="token">The token.</param>
    /// <param name="call">One more than the number of the outermost call that it came out of.</param>
    public void Print(in PpToken token, int call)
    {
        if (token.Kind == PpKind.Padding)
        {
            MayFuse = true;
            if (_source == PpFlags.NoSource || (_source == PpFlags.None && token.Has(PpFlags.NoSource)))
                _source = token.Flags;
            return;
        }
        if (NeedsBlank(token.Kind, token.Bytes, token.Has(PpFlags.White)))
            Put((byte)' ');
        origins.AddSegment(Length, token.Place, token.At, token.Place < 0 ? 0 : call);
        Put(token.Bytes);
        Printed(token.Kind);
    }

    /// <summary>Whether a space must stand before a token.</summary>
    public bool NeedsBlank(PpKind kind, ReadOnlySpan<byte> bytes, bool white)
    {
        if (!MayFuse)
            return white;
        bool sourceIsWhite = _source == PpFlags.NoSource ? white : _source == PpFlags.White;
        return sourceIsWhite || Spacing.Fuses(_before, kind, bytes) || (_before == PpKind.None && kind == PpKind.Hash);
    }

    /// <summary>Says that a token was written.</summary>
    public void Printed(PpKind kind)
    {
        _before = kind;
        _source = PpFlags.NoSource;
        MayFuse = false;
    }

    private void EndLine()
    {
        if (!_printed)
            return;
        Put((byte)'\n');
        _line++;
        _printed = false;
    }
}
