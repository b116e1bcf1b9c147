using System.Buffers;
using System.Globalization;
using System.Text;
using Devicetree.Diagnostics;

namespace Devicetree.Source;

/// <summary>
/// Cuts source text into tokens exactly where dtc does (reference 1.1). Which characters make a token depends on what came before:
/// names may hold almost anything, so they are only looked for where one can stand.
/// </summary>
internal sealed class DtsLexer(SourceStack sources, DiagnosticBag diagnostics)
{
    private enum State
    {
        Value,
        Name,
        Bytes,
    }

    private static readonly (string Text, DtsTokenKind Kind)[] Keywords =
    [
        ("/dts-v1/", DtsTokenKind.Version),
        ("/plugin/", DtsTokenKind.Plugin),
        ("/memreserve/", DtsTokenKind.MemReserve),
        ("/bits/", DtsTokenKind.Bits),
        ("/delete-property/", DtsTokenKind.DeleteProperty),
        ("/delete-node/", DtsTokenKind.DeleteNode),
        ("/omit-if-no-ref/", DtsTokenKind.OmitIfNoRef),
    ];

    private static readonly string[] TwoCharacterSymbols = ["<<", ">>", "<=", ">=", "==", "!=", "&&", "||"];

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,._+*#?@-"u8);

    private static readonly SearchValues<byte> PathBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,._+*#?@-/"u8);

    private static readonly SearchValues<byte> IdentifierBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\n\v\f\r"u8);

    private const int MaxUnterminatedStrings = 20;

    private State _state = State.Value;
    private int _unterminatedStrings;

    public DtsToken Next()
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = sources.Rest;
            if (rest.IsEmpty)
            {
                if (!sources.TryLeave())
                    return Token(DtsTokenKind.End, 0, "");
            }
            else if (Run(rest, WhiteSpace) is int blanks and > 0)
            {
                sources.Position += blanks;
            }
            else if (rest[0] != '/' || !TrySkipCommentOrInclude(rest))
            {
                if (rest[0] != '#' || !TrySkipLineMarker(rest))
                    return Scan(rest);
            }
        }
    }

    /// <summary>
    /// Reads a token again as if a semicolon stood before it. Only for the token read last, in the file that is being read.
    /// </summary>
    public bool TryRestartAfterSemicolon(DtsToken token)
    {
        if (token.Kind is not (DtsTokenKind.Stray or DtsTokenKind.Integer or DtsTokenKind.Symbol) || token.Span.Source != sources.Source)
            return false;
        sources.Position = token.Span.Start;
        _state = State.Name;
        return true;
    }

    private DtsToken Scan(ReadOnlySpan<byte> rest)
    {
        // The longest match wins, so the order of these questions matters where two could be answered with yes.
        int identifier = char.IsAsciiDigit((char)rest[0]) ? 0 : Run(rest, IdentifierBytes);
        if (identifier > 0 && identifier < rest.Length && rest[identifier] == ':')
            return Token(DtsTokenKind.Label, identifier + 1, Ascii(rest[..identifier]));
        if (rest[0] == '"')
            return ScanString(rest);
        if (rest[0] == '\'' && CharacterEnd(rest) is int end and > 0)
            return Token(DtsTokenKind.Character, end + 1, Encoding.Latin1.GetString(rest[1..end]));
        if (rest[0] == '&' && TryScanReference(rest) is DtsToken reference)
            return reference;
        if (_state == State.Name && TryScanName(rest) is DtsToken name)
            return name;
        if (_state == State.Bytes && rest.Length >= 2 && Run(rest[..2], HexDigits) == 2)
            return Token(DtsTokenKind.Byte, 2, Ascii(rest[..2]));
        if (_state == State.Value && char.IsAsciiDigit((char)rest[0]))
            return ScanInteger(rest);
        return TryScanKeyword(rest) ?? ScanSymbol(rest);
    }

    private DtsToken? TryScanKeyword(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != '/')
            return null;
        foreach ((string text, DtsTokenKind kind) in Keywords)
        {
            if (!StartsWith(rest, text))
                continue;
            _state = kind switch
            {
                DtsTokenKind.DeleteProperty or DtsTokenKind.DeleteNode or DtsTokenKind.OmitIfNoRef => State.Name,
                DtsTokenKind.Plugin => _state,
                _ => State.Value,
            };
            return Token(kind, text.Length, text);
        }
        const string IncBin = "/incbin/";
        return _state == State.Value && StartsWith(rest, IncBin) ? Token(DtsTokenKind.IncBin, IncBin.Length, IncBin) : null;
    }

    private DtsToken? TryScanReference(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > 1 && rest[1] == '{')
        {
            int path = Run(rest[2..], PathBytes);
            bool closed = 2 + path < rest.Length && rest[2 + path] == '}';
            return closed && path > 0 && rest[2] == '/' ? Token(DtsTokenKind.PathReference, path + 3, Ascii(rest.Slice(2, path))) : null;
        }
        int label = rest.Length > 1 && !char.IsAsciiDigit((char)rest[1]) ? Run(rest[1..], IdentifierBytes) : 0;
        return label > 0 ? Token(DtsTokenKind.LabelReference, label + 1, Ascii(rest.Slice(1, label))) : null;
    }

    private DtsToken? TryScanName(ReadOnlySpan<byte> rest)
    {
        int skipped = rest[0] == '\\' ? 1 : 0;
        int length = Run(rest[skipped..], NameBytes);
        if (length == 0)
            return null;
        _state = State.Value;
        return Token(DtsTokenKind.Name, skipped + length, Ascii(rest.Slice(skipped, length)));
    }

    private DtsToken ScanInteger(ReadOnlySpan<byte> rest)
    {
        int length = Run(rest, Digits);
        if (rest[0] == '0' && rest.Length > 2 && (rest[1] | 0x20) == 'x' && Run(rest[2..], HexDigits) is int hex and > 0)
            length = 2 + hex;
        foreach (string suffix in new[] { "ULL", "UL", "LL", "U", "L" })
        {
            if (!StartsWith(rest[length..], suffix))
                continue;
            length += suffix.Length;
            break;
        }
        return Token(DtsTokenKind.Integer, length, Ascii(rest[..length]));
    }

    private DtsToken ScanString(ReadOnlySpan<byte> rest)
    {
        int end = StringEnd(rest, out int brokenAt);
        bool closed = end < rest.Length;
        if (closed && brokenAt < 0)
            return Token(DtsTokenKind.String, end + 1, "\"\"");
        int wrong = sources.Position + Math.Max(brokenAt, 0);
        diagnostics.Report(DtsRules.UnterminatedString, sources.Source.Span(wrong, wrong + 1));
        if (closed)
            return Token(DtsTokenKind.String, end + 1, "\"\"");
        // What follows on the line is most likely inside the string too. Going on after it means to search the rest for quotes again,
        // so a text that does this very often is skipped as far as it was searched.
        int line = rest.IndexOf((byte)'\n');
        return Token(DtsTokenKind.String, line >= 0 && ++_unterminatedStrings <= MaxUnterminatedStrings ? line : end, "\"");
    }

    private DtsToken ScanSymbol(ReadOnlySpan<byte> rest)
    {
        foreach (string symbol in TwoCharacterSymbols)
        {
            if (StartsWith(rest, symbol))
                return Token(DtsTokenKind.Symbol, 2, symbol);
        }
        // A word where none can stand is one mistake, not one for each letter.
        if (char.IsAsciiLetterOrDigit((char)rest[0]) || rest[0] is (byte)'_' or (byte)'#')
        {
            int word = Run(rest, NameBytes);
            return Token(DtsTokenKind.Stray, word, Ascii(rest[..word]));
        }
        _state = rest[0] switch
        {
            (byte)'[' => State.Bytes,
            (byte)']' when _state == State.Bytes => State.Value,
            (byte)'{' or (byte)';' => State.Name,
            _ => _state,
        };
        string text = Encoding.Latin1.GetString(rest[..1]);
        return Token("{}[]()<>;:,=/&|^~!+-*%?".Contains(text[0], StringComparison.Ordinal) ? DtsTokenKind.Symbol : DtsTokenKind.Stray, 1, text);
    }

    private bool TrySkipCommentOrInclude(ReadOnlySpan<byte> rest)
    {
        const string Include = "/include/";
        int length;
        if (StartsWith(rest, "//"))
        {
            length = rest.IndexOf((byte)'\n') + 1;
        }
        else if (StartsWith(rest, "/*"))
        {
            int end = rest[2..].IndexOf("*/"u8);
            length = end < 0 ? 0 : end + 4;
        }
        else if (StartsWith(rest, Include))
        {
            int quote = Include.Length + Run(rest[Include.Length..], WhiteSpace);
            return TryInclude(rest, quote);
        }
        else
        {
            return false;
        }
        if (length == 0)
        {
            diagnostics.Report(DtsRules.UnterminatedComment, sources.Source.Span(sources.Position, sources.Position + 2));
            length = rest.Length;
        }
        sources.Position += length;
        return true;
    }

    private bool TryInclude(ReadOnlySpan<byte> rest, int quote)
    {
        int end = quote < rest.Length && rest[quote] == '"' ? quote + StringEnd(rest[quote..], out _) : rest.Length;
        if (end >= rest.Length || rest[end] != '"')
            return false;
        SourceSpan span = sources.Source.Span(sources.Position + quote, sources.Position + end + 1);
        sources.Position += end + 1;
        sources.Include(DtsLiterals.FileName(rest[(quote + 1)..end]), span);
        return true;
    }

    /// <summary>Skips <c># 12 "file" 1 3</c> or <c>#line 12 "file"</c> in the first column and notes what it says.</summary>
    private bool TrySkipLineMarker(ReadOnlySpan<byte> rest)
    {
        if (sources.Position > 0 && sources.Source.Bytes.Span[sources.Position - 1] != '\n')
            return false;
        int at = StartsWith(rest, "#line") ? 5 : 1;
        int blanks = Run(rest[at..], Blanks);
        int digits = Run(rest[(at + blanks)..], Digits);
        int more = Run(rest[(at + blanks + digits)..], Blanks);
        int quote = at + blanks + digits + more;
        if (blanks == 0 || digits == 0 || more == 0 || quote >= rest.Length || rest[quote] != '"')
            return false;
        int end = quote + StringEnd(rest[quote..], out _);
        if (end >= rest.Length || rest[end] != '"'
            || !int.TryParse(rest.Slice(at + blanks, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int line))
        {
            return false;
        }
        int length = end + 1;
        while (Run(rest[length..], Blanks) is int gap and > 0 && Run(rest[(length + gap)..], Digits) is int flag and > 0)
            length += gap + flag;
        sources.Position += length;
        // The number is that of the next line, which begins at the newline after the marker.
        sources.Source.MapFollowing(sources.Position, DtsLiterals.FileName(rest[(quote + 1)..end]), line - 1);
        return true;
    }

    /// <summary>Where the string that starts at 0 ends: at its closing quote, or at the end of the text when it has none.</summary>
    /// <param name="rest">The text.</param>
    /// <param name="brokenAt">Where a backslash stands before a newline, which makes the string illegal; -1 when nowhere.</param>
    private static int StringEnd(ReadOnlySpan<byte> rest, out int brokenAt)
    {
        brokenAt = -1;
        int at = 1;
        while (at < rest.Length && rest[at] != '"')
        {
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] == '\n')
                brokenAt = at;
            at += rest[at] == '\\' ? 2 : 1;
        }
        return Math.Min(at, rest.Length);
    }

    /// <summary>
    /// Where the character literal that starts at 0 ends, 0 when it does not. As in dtc the longest match counts: a quote after a
    /// backslash ends it only if no other quote follows, even when that backslash is escaped itself.
    /// </summary>
    private static int CharacterEnd(ReadOnlySpan<byte> rest)
    {
        int end = 0;
        for (int at = 1; at < rest.Length; at++)
        {
            if (rest[at] != '\'')
                continue;
            end = at;
            if (rest[at - 1] != '\\')
                break;
        }
        return end;
    }

    private DtsToken Token(DtsTokenKind kind, int length, string text)
    {
        int start = sources.Position;
        sources.Position += length;
        return new(kind, sources.Source.Span(start, start + length), text);
    }

    private static int Run(ReadOnlySpan<byte> bytes, SearchValues<byte> allowed) =>
        bytes.IndexOfAnyExcept(allowed) is int end and >= 0 ? end : bytes.Length;

    private static bool StartsWith(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length < text.Length)
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (bytes[i] != text[i])
                return false;
        }
        return true;
    }

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
