namespace Devicetree.Decompilation;

/// <summary>
/// Writes YAML as the emitter of libyaml lays it out, which dtc uses: where it breaks lines, quotes names and puts spaces. Only
/// what a devicetree needs: one list in block style, maps in block style, lists in flow style.
/// </summary>
internal sealed class YamlEmitter(ByteText text)
{
    private const int Step = 2;

    /// <summary>A line is broken at the first chance behind this column.</summary>
    private const int BestWidth = 80;

    /// <summary>Longer keys get the form with a question mark.</summary>
    private const int LongestSimpleKey = 128;

    private int _indent;
    private int _column;

    /// <summary>True where a space or something that needs none behind it was written last.</summary>
    private bool _isAfterBlank;

    /// <summary>True where the line holds only what indents it.</summary>
    private bool _isIndentOnly = true;

    public void BeginDocument()
    {
        Write("---"u8);
        Break();
        Indicator((byte)'-', needsBlank: true, isIndent: true);
    }

    public void EndDocument()
    {
        _indent = 0;
        BreakIfNeeded();
        Write("..."u8);
        Break();
    }

    public void BeginMap() => _indent += Step;

    public void EndMap() => _indent -= Step;

    /// <summary>A map with nothing in it.</summary>
    public void EmptyMap()
    {
        Indicator((byte)'{', needsBlank: true);
        Indicator((byte)'}', needsBlank: false);
    }

    /// <summary>A key in a map. What is written next is its value.</summary>
    public void Key(string name)
    {
        BreakIfNeeded();
        bool isSimple = name.Length <= LongestSimpleKey;
        if (!isSimple)
            Indicator((byte)'?', needsBlank: true, isIndent: true);
        BlankIfNeeded();
        bool isPlain = IsPlain(name);
        if (!isPlain)
            Write("'"u8);
        text.Add(name);
        _column += name.Length;
        if (!isPlain)
            Write("'"u8);
        (_isAfterBlank, _isIndentOnly) = (false, false);
        if (!isSimple)
            BreakIfNeeded();
        Indicator((byte)':', needsBlank: !isSimple, isIndent: !isSimple);
    }

    public void BeginList()
    {
        Indicator((byte)'[', needsBlank: true);
        _isAfterBlank = true;
        _indent += Step;
    }

    public void EndList()
    {
        _indent -= Step;
        Indicator((byte)']', needsBlank: false);
    }

    /// <summary>What stands before each item of a list.</summary>
    public void BeginItem(bool isFirst)
    {
        if (!isFirst)
            Indicator((byte)',', needsBlank: false);
        if (_column > BestWidth)
            BreakIfNeeded();
    }

    /// <summary>A tag before a value.</summary>
    public void Tag(ReadOnlySpan<byte> tag)
    {
        BlankIfNeeded();
        Write(tag);
    }

    public void Plain(ReadOnlySpan<byte> value)
    {
        BlankIfNeeded();
        Write(value);
    }

    /// <summary>A hexadecimal number.</summary>
    public void Number(ulong value)
    {
        BlankIfNeeded();
        Write("0x"u8);
        int before = text.Bytes.Length;
        text.AddHex(value, 1);
        _column += text.Bytes.Length - before;
    }

    /// <summary>A string in double quotes, all of it ASCII.</summary>
    public void Quoted(ReadOnlySpan<byte> value)
    {
        Indicator((byte)'"', needsBlank: true);
        _indent += Step;
        bool isAfterSpace = false;
        for (int i = 0; i < value.Length; i++)
        {
            byte c = value[i];
            bool isSpace = c == ' ';
            if (isSpace && !isAfterSpace && _column > BestWidth && i > 0 && i < value.Length - 1)
            {
                BreakIfNeeded();
                if (value[i + 1] == ' ')
                    Write("\\"u8);
            }
            else if (c is < (byte)' ' or (byte)0x7f or (byte)'"' or (byte)'\\')
            {
                Escape(c);
            }
            else
            {
                text.Add(c);
                _column++;
                (_isAfterBlank, _isIndentOnly) = (false, false);
            }
            isAfterSpace = isSpace;
        }
        _indent -= Step;
        Indicator((byte)'"', needsBlank: false);
    }

    private void Escape(byte c)
    {
        byte letter = c switch
        {
            0 => (byte)'0',
            >= (byte)'\a' and <= (byte)'\r' => "abtnvfr"u8[c - '\a'],
            0x1b => (byte)'e',
            (byte)'"' or (byte)'\\' => c,
            _ => (byte)'x',
        };
        Write([(byte)'\\', letter]);
        if (letter == 'x')
            Write([Digit(c >> 4), Digit(c & 0xf)]);

        static byte Digit(int value) => "0123456789ABCDEF"u8[value];
    }

    /// <summary>
    /// True for names that need no quotes as keys. Names have none of the characters that would need double ones.
    /// </summary>
    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || name[0] is '#' or ',' or '*' or '@' || name is "?" or "-")
            return false;
        return !name.StartsWith("---", StringComparison.Ordinal) && !name.StartsWith("...", StringComparison.Ordinal);
    }

    private void Indicator(byte character, bool needsBlank, bool isIndent = false)
    {
        if (needsBlank)
            BlankIfNeeded();
        bool isIndentOnly = _isIndentOnly && isIndent;
        Write([character]);
        _isIndentOnly = isIndentOnly;
    }

    private void BlankIfNeeded()
    {
        if (_isAfterBlank || _column == 0)
            return;
        text.Add((byte)' ');
        _column++;
    }

    private void Write(ReadOnlySpan<byte> characters)
    {
        text.Add(characters);
        _column += characters.Length;
        (_isAfterBlank, _isIndentOnly) = (false, false);
    }

    /// <summary>Goes to the indent: on this line if nothing else is on it, else on the next.</summary>
    private void BreakIfNeeded()
    {
        if (!_isIndentOnly || _column > _indent || (_column == _indent && !_isAfterBlank && _column > 0))
            Break();
        text.AddRepeated((byte)' ', Math.Max(0, _indent - _column));
        _column = Math.Max(_column, _indent);
        (_isAfterBlank, _isIndentOnly) = (true, true);
    }

    private void Break()
    {
        text.Add((byte)'\n');
        _column = 0;
        (_isAfterBlank, _isIndentOnly) = (true, true);
    }
}
