using System.Runtime.InteropServices;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Formatting;

/// <summary>
/// Lays out devicetree source text, preprocessor directives and comments included, in the style of the Linux kernel: a tab a
/// level, one statement a line, a blank line around nodes, values below each other. Only blanks, line breaks and the places of
/// comments change, so the text means what it meant; laid out twice it stays as it is.
/// </summary>
public sealed class DtsFormatter
{
    /// <summary>
    /// The width at which a value without breaks of its author is broken: the limit of the kernel's own style check.
    /// </summary>
    public const int DefaultWidth = 100;

    private const int MaxDepth = 256;

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<FormatToken> _tokens;
    private readonly StatementLayout _layout;
    private readonly LineList _lines = new();

    /// <summary>The depth at each open <c>#if</c>: its branches begin at the same one.</summary>
    private readonly Stack<int> _conditions = new();

    private int _next;
    private int _depth;

    private DtsFormatter(SourceText source, DiagnosticBag diagnostics, int width)
    {
        _source = source;
        _diagnostics = diagnostics;
        _tokens = new FormatLexer(source, diagnostics).Read();
        _layout = new StatementLayout(source.Bytes, width);
    }

    /// <summary>Lays out a text.</summary>
    /// <param name="source">The text, UTF-8.</param>
    /// <param name="diagnostics">Gets why it cannot be laid out, by <see cref="FormatRules"/>.</param>
    /// <param name="width">The width at which long values are broken, in columns with tabs of eight.</param>
    /// <returns>The new text with a newline at the end of each line; null after an error.</returns>
    public static string? Format(SourceText source, DiagnosticBag diagnostics, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        int errorsBefore = diagnostics.ErrorCount;
        if (!FormatInput.IsText(source, diagnostics))
            return null;
        var formatter = new DtsFormatter(source, diagnostics, width);
        if (diagnostics.ErrorCount > errorsBefore)
            return null;
        formatter.Run();
        return diagnostics.ErrorCount > errorsBefore ? null : formatter._lines.ToText();
    }

    private FormatToken Current => _tokens[_next];

    private void Run()
    {
        while (Current.Kind != FormatTokenKind.End)
        {
            FormatToken token = Current;
            if (token.Kind == FormatTokenKind.Directive)
                Directive(token);
            else if (StartsVerbatim())
                Verbatim();
            else if (token.IsComment)
                Comment(token);
            else if (token.Is('}'))
                Close(token);
            else
                Statement();
        }
        if (_depth > 0)
            _diagnostics.Report(FormatRules.Unbalanced, _source.Span(Current.Start, Current.End), "{");
    }

    private void Directive(FormatToken token)
    {
        _next++;
        string text = Text(token);
        Count(text);
        bool blank = token.Newlines > 1;
        foreach (string line in text.Split('\n'))
        {
            _lines.Add(line, LineKind.Directive, blank);
            blank = false;
        }
    }

    /// <summary>The branches of a condition begin at the same depth.</summary>
    private void Count(string directive)
    {
        string word = directive.AsSpan(1).TrimStart().ToString();
        if (word.StartsWith("if", StringComparison.Ordinal))
            _conditions.Push(_depth);
        else if (word.StartsWith("el", StringComparison.Ordinal) && _conditions.TryPeek(out int depth))
            _depth = depth;
        else if (word.StartsWith("endif", StringComparison.Ordinal))
            _conditions.TryPop(out _);
    }

    /// <summary>True where a marker comes that switches layout off, or the statement that begins here has one inside.</summary>
    private bool StartsVerbatim()
    {
        ReadOnlySpan<byte> source = _source.Bytes.Span;
        for (int at = _next; ; at++)
        {
            FormatToken token = _tokens[at];
            if (FormatMarkers.IsOff(source, token))
                return true;
            if (token.Kind == FormatTokenKind.End || token.IsComment && at == _next || token.Is(';') || token.Is('{')
                || token.Is('}'))
                return false;
        }
    }

    /// <summary>
    /// Copies the lines from here up to the marker that switches layout on again and to the end of the statement that it is in.
    /// Braces and conditions are counted all the same, for what follows.
    /// </summary>
    private void Verbatim()
    {
        ReadOnlySpan<byte> source = _source.Bytes.Span;
        FormatToken first = Current;
        int start = source[..first.Start].LastIndexOf((byte)'\n') + 1;
        bool continuesLine = first.Newlines == 0 && _next > 0;
        bool isOff = false, isDone = false;
        FormatToken last = first;
        while (Current.Kind != FormatTokenKind.End && !isDone)
        {
            last = Current;
            isOff = FormatMarkers.IsOff(source, last) || (isOff && !FormatMarkers.IsOn(source, last));
            if (last.Kind == FormatTokenKind.Directive)
                Count(Text(last));
            else if (last.Is('{'))
                _depth++;
            else if (last.Is('}'))
                Leave(last);
            _next++;
            bool startsLine = Current.Newlines > 0 || Current.Kind == FormatTokenKind.End;
            isDone = !isOff && startsLine && (last.IsComment && !IsInStatement(first) || last.Is(';') || last.Is('{'));
        }
        string text = Encoding.UTF8.GetString(source[(continuesLine ? first.Start : start)..last.End])
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        _lines.AddVerbatim(text, continuesLine, first.Newlines > 1);
    }

    /// <summary>True behind a marker that stands inside of the statement that began with a token.</summary>
    private bool IsInStatement(FormatToken first)
    {
        int at = _next - 1;
        while (at >= 0 && _tokens[at].IsComment && _tokens[at].Start >= first.Start)
            at--;
        return at >= 0 && _tokens[at].Start >= first.Start
            && !(_tokens[at].Is(';') || _tokens[at].Is('{') || _tokens[at].Kind == FormatTokenKind.Directive);
    }

    private void Comment(FormatToken token)
    {
        FormatToken? previous = _next > 0 ? _tokens[_next - 1] : null;
        _next++;
        string text = Text(token);
        if (token.Newlines == 0 && previous is FormatToken before && !_lines.IsEmpty)
        {
            string gap = Encoding.UTF8.GetString(_source.Bytes.Span[before.End..token.Start]);
            _lines.Append((gap.Length > 0 ? gap : " ") + text.Split('\n')[0].TrimEnd());
            AddRest(CommentLayout.Lines(text, 0, 0).AsSpan(1));
            return;
        }
        var indent = new StringBuilder();
        Columns.Indent(indent, _depth * Columns.Tab);
        string[] lines = CommentLayout.Lines(text, ColumnOf(token), _depth * Columns.Tab);
        _lines.Add(indent + lines[0], LineKind.Comment, token.Newlines > 1);
        AddRest(lines.AsSpan(1));
    }

    private void AddRest(ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            _lines.Add(line, LineKind.Comment, blankBefore: false);
    }

    private void Close(FormatToken token)
    {
        Leave(token);
        int first = _next++;
        // What stands between the brace and its semicolon stays there.
        int end = _next;
        while (_tokens[end].Kind == FormatTokenKind.BlockComment)
            end++;
        if (_tokens[end].Is(';'))
            _next = end + 1;
        Add(first, LineKind.Close);
    }

    private void Leave(FormatToken brace)
    {
        if (_depth == 0)
            _diagnostics.Report(FormatRules.Unbalanced, _source.Span(brace.Start, brace.End), "}");
        _depth = Math.Max(0, _depth - 1);
    }

    private void Statement()
    {
        int first = _next;
        int nesting = 0;
        while (true)
        {
            FormatToken token = Current;
            if (token.Kind == FormatTokenKind.End || (token.Is('}') && nesting == 0))
                break;
            _next++;
            if (token.Is('(') || token.Is('['))
                nesting++;
            else if (token.Is(')') || token.Is(']'))
                nesting = Math.Max(0, nesting - 1);
            if (nesting > 0)
                continue;
            if (token.Is('{') && Current.Is('}') && _tokens[_next + 1].Is(';'))
            {
                // An empty body stays on its line.
                _next += 2;
                break;
            }
            if (token.Is('{'))
            {
                if (Add(first, LineKind.Open) && ++_depth > MaxDepth)
                {
                    _diagnostics.Report(FormatRules.TooDeep, _source.Span(token.Start, token.End), MaxDepth);
                    _next = _tokens.Count - 1;
                    _depth = 0;
                }
                return;
            }
            if (token.Is(';') || EndsMacro(first))
                break;
        }
        Add(first, LineKind.Statement);
    }

    /// <summary>Ends at the first statement that is none; whatever follows is not what it looks like.</summary>
    private bool Accept(ReadOnlySpan<FormatToken> tokens)
    {
        if (StatementGrammar.FirstStray(tokens, _source.Bytes.Span) is not int stray)
            return true;
        FormatToken found = tokens[Math.Min(stray, tokens.Length - 1)];
        if (stray < tokens.Length)
            _diagnostics.Report(FormatRules.NotSource, _source.Span(found.Start, found.End), $"found '{Shown(found)}'");
        else
            _diagnostics.Report(FormatRules.NoEnd, _source.Span(found.Start, found.End), "statement");
        _next = _tokens.Count - 1;
        _depth = 0;
        return false;
    }

    private string Shown(FormatToken token)
    {
        const int Longest = 40;
        string text = Text(token).Split('\n')[0];
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    /// <summary>
    /// True behind the call of a macro that stands for whole statements: a name, its arguments, and nothing more on the line.
    /// </summary>
    private bool EndsMacro(int first)
    {
        if (!_tokens[_next - 1].Is(')') || _tokens[first].Kind != FormatTokenKind.Word || !_tokens[first + 1].Is('('))
            return false;
        FormatToken after = Current;
        return after.Newlines > 0 && !(after.Is('{') || after.Is('=') || after.Is(';') || after.Is(':') || after.Is(','));
    }

    /// <summary>Lays out a statement; false for what is none, see <see cref="Accept"/>.</summary>
    private bool Add(int first, LineKind kind)
    {
        ReadOnlySpan<FormatToken> tokens = CollectionsMarshal.AsSpan(_tokens)[first.._next];
        if (kind != LineKind.Close && !Accept(tokens))
            return false;
        IReadOnlyList<string> lines = _layout.Lay(tokens, _depth);
        for (int i = 0; i < lines.Count; i++)
        {
            bool isLast = i == lines.Count - 1;
            LineKind line = kind == LineKind.Statement && i > 0 || kind == LineKind.Open && !isLast
                ? LineKind.Continuation : kind;
            _lines.Add(lines[i], line, i == 0 && tokens[0].Newlines > 1);
        }
        return true;
    }

    private string Text(FormatToken token) =>
        Encoding.UTF8.GetString(_source.Bytes.Span[token.Start..token.End]).Replace("\r\n", "\n", StringComparison.Ordinal);

    private int ColumnOf(FormatToken token)
    {
        int start = _source.Bytes.Span[..token.Start].LastIndexOf((byte)'\n') + 1;
        return Columns.WidthOf(new StringBuilder(Encoding.UTF8.GetString(_source.Bytes.Span[start..token.Start])));
    }
}
