using System.Text;

namespace Devicetree.Formatting;

/// <summary>
/// Lays out one statement: single spaces, values behind <c>=</c>, further lines below the first value or the bracket they are in.
/// The author's line breaks inside a value stay, and so do the gaps of a table; a value without any is broken after commas where
/// it is too wide.
/// </summary>
internal sealed class StatementLayout(ReadOnlyMemory<byte> source, int width)
{
    private readonly StringBuilder _line = new();
    private readonly List<string> _lines = [];

    /// <summary>
    /// For each open bracket, where lines inside it begin, and where its closing one stands at the start of a line.
    /// </summary>
    private readonly Stack<(char Close, int Inside, int Outside)> _brackets = new();

    private int _indent;
    private int _valueColumn;
    private bool _isTable;

    /// <summary>
    /// The lines of a statement that begins at a depth of bodies; its last token is a brace, a semicolon or whatever ends it.
    /// </summary>
    public IReadOnlyList<string> Lay(ReadOnlySpan<FormatToken> tokens, int depth)
    {
        Write(tokens, depth, wrap: false);
        bool isBroken = _lines.Count > 1;
        if (!isBroken && WidthOf(_lines[0]) > width)
            Write(tokens, depth, wrap: true);
        return _lines.ToArray();
    }

    private void Write(ReadOnlySpan<FormatToken> tokens, int depth, bool wrap)
    {
        _lines.Clear();
        _line.Clear();
        _brackets.Clear();
        _indent = depth * Columns.Tab;
        _valueColumn = 0;
        _isTable = TableRows.AreAligned(tokens);
        Columns.Indent(_line, _indent);
        bool forceBreak = false;
        for (int i = 0; i < tokens.Length; i++)
        {
            FormatToken token = tokens[i];
            FormatToken? previous = i > 0 ? tokens[i - 1] : null;
            if (token.Kind == FormatTokenKind.Directive)
            {
                EndLine();
                _lines.Add(Text(token));
                forceBreak = true;
                continue;
            }
            bool authorBreak = token.Newlines > 0 && _valueColumn > 0 && !token.Is(';');
            if (authorBreak && previous?.Is('=') == true && _brackets.Count == 0)
                _valueColumn = _indent + Columns.Tab;
            bool wrapBreak = wrap && _brackets.Count == 0 && previous?.Is(',') == true && !FitsUpToComma(tokens[i..]);
            if (i > 0 && (forceBreak || authorBreak || wrapBreak))
                BreakBefore(token);
            else if (previous is FormatToken before)
                _line.Append(Gap(before, token));
            forceBreak = token.Kind == FormatTokenKind.LineComment;
            Place(token, i + 1 < tokens.Length ? tokens[i + 1] : null);
        }
        EndLine();
    }

    private void Place(FormatToken token, FormatToken? next)
    {
        string text = Text(token);
        if (token.Kind == FormatTokenKind.BlockComment && text.Contains('\n', StringComparison.Ordinal))
        {
            string[] lines = CommentLayout.Lines(text, ColumnOf(token.Start), Columns.WidthOf(_line));
            for (int i = 0; i < lines.Length; i++)
            {
                _line.Append(lines[i]);
                if (i + 1 < lines.Length)
                    EndLine();
            }
            return;
        }
        _line.Append(text);
        if (token.Is('=') && _brackets.Count == 0 && _valueColumn == 0)
            _valueColumn = Columns.WidthOf(_line) + 1;
        else if (token.Is('(') || token.Is('[') || (token.Is('<') && !InParentheses))
            Open(token, next);
        else if (_brackets.TryPeek(out (char Close, int, int) open) && token.Is(open.Close))
            _brackets.Pop();
    }

    private bool InParentheses => _brackets.TryPeek(out (char Close, int, int) open) && open.Close == ')';

    /// <summary>
    /// Lines in a bracket that ends its own line hang one tab further in; else they stand below what follows the bracket.
    /// </summary>
    private void Open(FormatToken token, FormatToken? next)
    {
        char close = token.First switch { (byte)'(' => ')', (byte)'[' => ']', _ => '>' };
        bool hangs = next is { Newlines: > 0 };
        _isTable = hangs || _isTable;
        int outer = _brackets.TryPeek(out (char, int Inside, int) open) ? open.Inside : _indent;
        if (hangs)
            _brackets.Push((close, outer + Columns.Tab, outer));
        else
            _brackets.Push((close, Columns.WidthOf(_line), Columns.WidthOf(_line) - 1));
    }

    private void BreakBefore(FormatToken token)
    {
        EndLine();
        int column = _valueColumn > 0 ? _valueColumn : _indent;
        if (_brackets.TryPeek(out (char Close, int Inside, int Outside) open))
            column = token.Is(open.Close) ? open.Outside : open.Inside;
        Columns.Indent(_line, column);
    }

    private void EndLine()
    {
        if (!string.IsNullOrWhiteSpace(_line.ToString()))
            _lines.Add(_line.ToString());
        _line.Clear();
    }

    /// <summary>What stands between two tokens of one line.</summary>
    private string Gap(FormatToken before, FormatToken token)
    {
        if (token.IsComment || before.IsComment)
            return token.Is(';') ? "" : TableGap(before, token) ?? " ";
        if (token.Is(';') || token.Is(','))
            return "";
        if (token.Is('{') || token.Is('}'))
            return " ";
        if (_brackets.Count == 0)
        {
            if (token.Is('=') || before.Is('=') || before.Is(','))
                return " ";
            // A label: only a word can have a colon right behind it.
            if (before.Is(':') && !before.SpaceBefore)
                return " ";
        }
        if (_brackets.TryPeek(out (char Close, int, int) open) && open.Close != ')')
        {
            if (before.Is('<') || before.Is('[') || token.Is(open.Close))
                return "";
        }
        return token.SpaceBefore ? TableGap(before, token) ?? " " : "";
    }

    /// <summary>The author's gap in a row of a table, where it may align columns; null where one space is enough.</summary>
    private string? TableGap(FormatToken before, FormatToken token)
    {
        if (token.Newlines > 0 || !(_isTable && _brackets.Count > 0 || token.IsComment))
            return null;
        string gap = Encoding.UTF8.GetString(source.Span[before.End..token.Start]);
        return gap.Length > 1 || gap == "\t" ? gap : null;
    }

    private bool FitsUpToComma(ReadOnlySpan<FormatToken> rest)
    {
        int end = 0;
        int depth = 0;
        while (end < rest.Length - 1 && !(depth == 0 && rest[end].Is(',')))
        {
            depth += rest[end].Is('<') || rest[end].Is('(') ? 1 : rest[end].Is('>') || rest[end].Is(')') ? -1 : 0;
            end++;
        }
        return Columns.WidthOf(_line) + 1 + (rest[end].End - rest[0].Start) <= width;
    }

    private static int WidthOf(string line) => Columns.WidthOf(new StringBuilder(line));

    private string Text(FormatToken token) =>
        Encoding.UTF8.GetString(source.Span[token.Start..token.End]).Replace("\r\n", "\n", StringComparison.Ordinal);

    private int ColumnOf(int offset)
    {
        int start = offset > 0 ? source.Span[..offset].LastIndexOf((byte)'\n') + 1 : 0;
        return WidthOf(Encoding.UTF8.GetString(source.Span[start..offset]));
    }
}
