using System.Buffers;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Formatting;

/// <summary>
/// Cuts source text, not preprocessed, into pieces that layout may move apart or together. Coarser than the compiler's lexer:
/// what has no blank inside stays in one piece or at least side by side, so no name can change its meaning.
/// </summary>
internal sealed class FormatLexer(SourceText source, DiagnosticBag diagnostics)
{
    private static readonly SearchValues<byte> _wordBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+*#?@-\\"u8);

    private static readonly SearchValues<byte> _nameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+*#?@-\\,"u8);

    private static readonly SearchValues<byte> _keywordBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private static readonly SearchValues<byte> _directiveBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_"u8);

    /// <summary>What follows '#' in a directive; any other word is a name such as <c>#address-cells</c>.</summary>
    private static readonly string[] _directives =
    [
        "include", "include_next", "define", "undef", "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif",
        "error", "warning",
        "line", "pragma", "ident",
    ];

    private int _at = source.Bytes.Span.StartsWith("\uFEFF"u8) ? 3 : 0;

    private ReadOnlySpan<byte> Text => source.Bytes.Span;

    /// <summary>All tokens, the end last.</summary>
    public List<FormatToken> Read()
    {
        var tokens = new List<FormatToken>();
        do
        {
            tokens.Add(Next(atLineStart: tokens.Count == 0));
        }
        while (tokens[^1].Kind != FormatTokenKind.End);
        return tokens;
    }

    private FormatToken Next(bool atLineStart)
    {
        int gap = _at;
        int newlines = 0;
        // A line that is joined to the next one by a backslash is one to the preprocessor: for layout that is a space.
        while (_at < Text.Length && (IsBlank(Text[_at]) || IsSplice(Text[_at..])))
        {
            if (Text[_at] == '\\')
                _at += Text[_at + 1] == '\r' ? 2 : 1;
            else if (Text[_at] == '\n')
                newlines++;
            _at++;
        }
        bool space = _at > gap;
        if (_at >= Text.Length)
            return new(FormatTokenKind.End, _at, _at, newlines, space, 0);
        int start = _at;
        FormatTokenKind kind = Scan(Text[_at..], atLineStart || newlines > 0, out int length);
        _at += length;
        return new(kind, start, _at, newlines, space, Text[start]);
    }

    private FormatTokenKind Scan(ReadOnlySpan<byte> rest, bool atLineStart, out int length)
    {
        if (rest[0] == '#' && IsDirective(rest))
        {
            if (!atLineStart)
                diagnostics.Report(FormatRules.DirectiveInLine, source.Span(_at, _at + 1));
            length = LogicalLine(rest);
            return FormatTokenKind.Directive;
        }
        if (rest[0] == '"' || rest[0] == '\'')
        {
            length = Literal(rest, rest[0]);
            return FormatTokenKind.Literal;
        }
        if (rest.StartsWith("//"u8))
        {
            length = LogicalLine(rest);
            return FormatTokenKind.LineComment;
        }
        if (rest.StartsWith("/*"u8))
        {
            int end = rest[2..].IndexOf("*/"u8);
            length = end < 0 ? Refuse(rest.Length, "comment") : end + 4;
            return FormatTokenKind.BlockComment;
        }
        if (rest[0] == '/' && rest[1..].IndexOfAnyExcept(_keywordBytes) is int word and > 0 && rest[1 + word] == '/')
        {
            length = word + 2;
            return FormatTokenKind.Keyword;
        }
        if (rest.StartsWith("&{"u8) && rest.IndexOfAny((byte)'}', (byte)'\n') is int close and > 0 && rest[close] == '}')
        {
            length = close + 1;
            return FormatTokenKind.Word;
        }
        length = rest[0] == ',' && !CanBeginName() ? 0 : NameLength(rest);
        if (length > 0)
        {
            if (rest[length - 1] == '\\')
                diagnostics.Report(FormatRules.StrayBackslash, source.Span(_at + length - 1, _at + length));
            return FormatTokenKind.Word;
        }
        length = 1;
        return FormatTokenKind.Symbol;
    }

    /// <summary>The length of the name at the start. Commas are part of names, but the last ones separate.</summary>
    private static int NameLength(ReadOnlySpan<byte> rest)
    {
        int run = rest.IndexOfAnyExcept(_nameBytes);
        return rest[..(run < 0 ? rest.Length : run)].TrimEnd((byte)',').Length;
    }

    /// <summary>False right behind a value, where a comma separates even if no blank follows it.</summary>
    private bool CanBeginName() => _at == 0 || IsBlank(Text[_at - 1]) || "{};:/"u8.Contains(Text[_at - 1]);

    private int Literal(ReadOnlySpan<byte> rest, byte quote)
    {
        for (int at = 1; at < rest.Length; at++)
        {
            if (rest[at] == '\\')
                at++;
            else if (rest[at] == quote)
                return at + 1;
            else if (rest[at] == '\n' && quote == '\'')
                break;
        }
        return Refuse(rest.Length, quote == '"' ? "string" : "character");
    }

    private int Refuse(int length, string what)
    {
        diagnostics.Report(FormatRules.NoEnd, source.Span(_at, _at + 1), what);
        return length;
    }

    /// <summary>
    /// The length of a line with those that a backslash or a block comment joins to it, without the last newline.
    /// </summary>
    private static int LogicalLine(ReadOnlySpan<byte> rest)
    {
        bool isComment = rest[0] == '/';
        int at = 0;
        while (at < rest.Length && rest[at] != '\n')
        {
            if (rest[at] == '\\' && at + 1 < rest.Length)
                at += rest[at + 1] == '\r' && at + 2 < rest.Length ? 3 : 2;
            else if (!isComment && rest[at..].StartsWith("/*"u8) && rest[(at + 2)..].IndexOf("*/"u8) is int end and >= 0)
                at += end + 4;
            else
                at++;
        }
        while (at > 0 && IsBlank(rest[at - 1]))
            at--;
        return at;
    }

    private static bool IsDirective(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> word = rest[1..].TrimStart(" \t"u8);
        int length = word.IndexOfAnyExcept(_directiveBytes);
        length = length < 0 ? word.Length : length;
        // A line marker has a number there.
        if (length == 0)
            return word.Length < rest.Length - 1 && !word.IsEmpty && char.IsAsciiDigit((char)word[0]);
        if (length < word.Length && (_wordBytes.Contains(word[length]) || word[length] == ','))
            return false;
        foreach (string directive in _directives)
        {
            if (Ascii.Equals(word[..length], directive))
                return true;
        }
        return false;
    }

    private static bool IsSplice(ReadOnlySpan<byte> rest) => rest.StartsWith("\\\n"u8) || rest.StartsWith("\\\r\n"u8);

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f';
}
