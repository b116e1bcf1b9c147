using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// Cuts a file into steps and brings its text into the normal form. Nothing here depends on which macros are defined, so it
/// happens once for a file.
/// </summary>
internal ref partial struct FileScanner
{
    /// <summary>So many empty lines are written as such; more become a line marker.</summary>
    public const int MaxBlankLines = 8;

    private readonly CleanText _clean;
    private readonly ReadOnlySpan<byte> _text;
    private readonly IdentifierTable _identifiers;
    private readonly ScanBuffers _buffers;
    private readonly byte[] _normal;
    private readonly ReadOnlySpan<int> _splices;

    /// <summary>When not null gets where each piece of the normal form was copied from.</summary>
    private readonly List<(int Normal, int Clean)>? _places;

    private int _length;
    private int _position;
    private int _line = 1;

    /// <summary>Where column 1 of the current line is.</summary>
    private int _lineStart;
    private int _spliceIndex;
    private int _unterminatedComment = -1;

    /// <summary>Whether the last step is text that can be added to, and on which line its last line is.</summary>
    private bool _inBlock;
    private int _blockLine;

    private FileScanner(CleanText clean, IdentifierTable identifiers, ScanBuffers buffers, List<(int Normal, int Clean)>? places)
    {
        _clean = clean;
        _text = clean.Bytes.Span;
        _identifiers = identifiers;
        _buffers = buffers;
        // A joined line gets its newlines back after it, a final newline may have to be added, and each step ends in one.
        buffers.Prepare(_text.Length + clean.Splices.Length + 2);
        _normal = buffers.Normal;
        _splices = clean.Splices;
        _places = places;
    }

    /// <summary>Cuts a file into steps.</summary>
    public static ScannedFile Scan(SourceText source, IdentifierTable identifiers, ScanBuffers buffers)
    {
        CleanText clean = CleanText.Of(source.Bytes);
        var scanner = new FileScanner(clean, identifiers, buffers, null);
        scanner.ScanAll();
        byte[] normal = scanner._normal.AsSpan(0, scanner._length).ToArray();
        Step[] steps = buffers.Steps.ToArray();
        var file = new ScannedFile(source, clean, identifiers)
        {
            Normal = normal,
            Steps = steps,
            Names = buffers.Names.ToArray(),
            Guard = FindGuard(steps, normal, identifiers),
            UnterminatedComment = scanner._unterminatedComment,
        };
        foreach (ref Step step in steps.AsSpan())
        {
            if (step.Payload is MacroDefinition definition)
                step.Payload = definition.Attach(file);
        }
        return file;
    }

    /// <summary>Where the pieces of the normal form come from, for a file that was scanned before.</summary>
    public static (int Normal, int Clean)[] FindPlaces(CleanText clean, IdentifierTable identifiers)
    {
        var places = new List<(int Normal, int Clean)>();
        new FileScanner(clean, identifiers, new ScanBuffers(), places).ScanAll();
        return [.. places];
    }

    private void ScanAll()
    {
        while (_position < _text.Length)
        {
            bool white = SkipBlanks();
            if (_position >= _text.Length)
                break;
            if (_text[_position] == '\n')
                TakeNewline();
            else if (_text[_position] != '#' || !TryScanDirective())
                ScanTextLine(white);
        }
        EndBlock();
        CloseConditionals();
    }

    /// <summary>Takes a newline, and counts the lines that were joined before it.</summary>
    private void TakeNewline()
    {
        CountSplices(_position);
        _line++;
        _lineStart = ++_position;
    }

    private void CountSplices(int upTo)
    {
        while (_spliceIndex < _splices.Length && _splices[_spliceIndex] <= upTo)
        {
            _lineStart = _splices[_spliceIndex++];
            _line++;
        }
    }

    /// <summary>Skips white space and comments, but not the newline that ends the line. Gives whether there was any.</summary>
    private bool SkipBlanks()
    {
        int start = _position;
        while (_position < _text.Length)
        {
            ByteClass kind = ByteClasses.Of(_text[_position]);
            if (kind == ByteClass.Blank)
                _position++;
            else if (kind != ByteClass.Slash || !TrySkipComment())
                break;
        }
        return _position > start;
    }

    private bool TrySkipComment()
    {
        if (_position + 1 >= _text.Length)
            return false;
        if (_text[_position + 1] == '/')
        {
            int end = _text[_position..].IndexOf((byte)'\n');
            _position = end < 0 ? _text.Length : _position + end;
            return true;
        }
        if (_text[_position + 1] != '*')
            return false;
        int length = _text[(_position + 2)..].IndexOf("*/"u8);
        if (length < 0)
            _unterminatedComment = _position;
        int after = length < 0 ? _text.Length : _position + 2 + length + 2;
        while (_text[_position..after].IndexOf((byte)'\n') is int newline and >= 0)
        {
            _position += newline;
            TakeNewline();
        }
        _position = after;
        return true;
    }

    private void ScanTextLine(bool white)
    {
        CountSplices(_position);
        // White space that a joined line is parted by keeps one space, though the token stands in column 1.
        BeginTextLine(Math.Max(_position - _lineStart, white ? 1 : 0), IsMarker(white));
        CopyTokens(namesMatter: true);
        if (_buffers.Steps[_buffers.Steps.Count - 1].Flags.HasFlag(StepFlags.Marker))
            EndBlock();
    }

    /// <summary>Goes to the current line in the text step that is open, or opens one, and writes its first spaces.</summary>
    private void BeginTextLine(int blanks, bool isMarker)
    {
        if (_inBlock && (_line - _blockLine > MaxBlankLines || isMarker))
            EndBlock();
        if (_inBlock)
        {
            for (; _blockLine < _line; _blockLine++)
                _normal[_length++] = (byte)'\n';
        }
        else
        {
            _buffers.Steps.Add(new()
            {
                Kind = StepKind.Text,
                Flags = isMarker ? StepFlags.Marker : StepFlags.None,
                Line = _line,
                Start = _length,
                Id = _buffers.Names.Count,
            });
            _inBlock = true;
            _blockLine = _line;
        }
        _normal.AsSpan(_length, blanks).Fill((byte)' ');
        _length += blanks;
    }

    private void EndBlock()
    {
        if (!_inBlock)
            return;
        ref Step step = ref _buffers.Steps[_buffers.Steps.Count - 1];
        step.End = _length;
        step.Next = _buffers.Names.Count;
        step.Finish = _blockLine;
        _normal[_length++] = (byte)'\n';
        _inBlock = false;
    }

    /// <summary>Copies the rest of the line, up to its newline, with single spaces for all white space.</summary>
    private void CopyTokens(bool namesMatter)
    {
        ReadOnlySpan<byte> text = _text;
        int copied = _position;
        bool white = true;
        int p = _position;
        while (p < text.Length)
        {
            switch (ByteClasses.Of(text[p]))
            {
                case ByteClass.Name:
                    int start = p++;
                    while (p < text.Length && ByteClasses.IsIdentifier(text[p]))
                        p++;
                    if (p == start + 1 && text[start] == 'L' && p < text.Length && ByteClasses.Of(text[p]) == ByteClass.Quote)
                        p = TokenScanner.QuotedEnd(text, p);
                    else if (namesMatter)
                        AddName(_length + start - copied, start, p, white);
                    break;
                case ByteClass.Digit:
                    p = TokenScanner.NumberEnd(text, p);
                    break;
                case ByteClass.Dot when p + 1 < text.Length && ByteClasses.Of(text[p + 1]) == ByteClass.Digit:
                    p = TokenScanner.NumberEnd(text, p + 1);
                    break;
                case ByteClass.Quote:
                    p = TokenScanner.QuotedEnd(text, p);
                    break;
                case ByteClass.Newline:
                    Copy(copied, p);
                    _position = p;
                    return;
                case ByteClass.Blank when text[p] == ' ' && p + 1 < text.Length && IsPlain(text[p + 1]):
                    p++;
                    white = true;
                    continue;
                case ByteClass.Blank:
                case ByteClass.Slash when p + 1 < text.Length && text[p + 1] is (byte)'/' or (byte)'*':
                    Copy(copied, p);
                    _position = p;
                    SkipBlanks();
                    p = copied = _position;
                    if (p >= text.Length || text[p] == '\n')
                        return;
                    _normal[_length++] = (byte)' ';
                    white = true;
                    continue;
                default:
                    p++;
                    break;
            }
            white = false;
        }
        Copy(copied, p);
        _position = p;
    }

    /// <summary>Whether a byte after a space begins a token for certain.</summary>
    private static bool IsPlain(byte b) => ByteClasses.Of(b) is not (ByteClass.Blank or ByteClass.Newline or ByteClass.Slash);

    private void Copy(int from, int to)
    {
        _places?.Add((_length, from));
        _text[from..to].CopyTo(_normal.AsSpan(_length));
        _length += to - from;
    }

    private readonly void AddName(int at, int start, int end, bool white)
    {
        PpKind before = white || start == 0 ? PpKind.None : TokenScanner.KindEndingAt(_text, start);
        _buffers.Names.Add(new(at, _identifiers.Intern(_text[start..end]), before));
    }

    /// <summary>Whether the line is <c># 12 "file"</c> from its first column on.</summary>
    private readonly bool IsMarker(bool white) => !white && LineMarker.TryParse(_text[_position..], out _);
}
