using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>Numbers, characters and strings, and what stands between tokens: comments, line markers, included files.</summary>
internal sealed partial class DtsLexer
{
    private void ScanInteger(ref DtsToken token)
    {
        byte[] text = _text;
        int start = _at;
        int end;
        ulong value = 0;
        bool fits = true;
        if (text[start] == '0' && start + 2 < _end && (text[start + 1] | 0x20) == 'x'
            && ByteClass.Is(text[start + 2], ByteClass.HexDigit))
        {
            for (end = start + 2; end < _end && ByteClass.Is(text[end], ByteClass.HexDigit); end++)
            {
                fits &= value >> 60 == 0;
                value = (value << 4) | (uint)DtsLiterals.Digit(text[end]);
            }
            value = fits ? value : ulong.MaxValue;
        }
        else
        {
            end = ByteClass.End(text, start, _end, ByteClass.Digit);
            ReadOnlySpan<byte> digits = text.AsSpan(start, end - start);
            fits = digits[0] == '0' ? DtsLiterals.TryOctal(digits, out value) : DtsLiterals.TryDecimal(digits, out value);
        }
        if (end < _end && text[end] is (byte)'U' or (byte)'L')
            end += SuffixLength(text.AsSpan(end, _end - end));
        Finish(ref token, DtsTokenKind.Integer, end);
        token.Number = value;
        if (!fits)
            Report(DtsRules.BadInteger, token, Encoding.ASCII.GetString(text, start, end - start));
    }

    private static int SuffixLength(ReadOnlySpan<byte> rest) => rest switch
    {
        _ when rest.StartsWith("ULL"u8) => 3,
        _ when rest.StartsWith("UL"u8) || rest.StartsWith("LL"u8) => 2,
        _ => 1,
    };

    /// <summary>The value of a character literal; 0, reported, when it has none.</summary>
    private ulong Character(in DtsToken token)
    {
        byte[]? bytes = DtsLiterals.Unescape(token.Contents);
        if (bytes is null)
            Fail(DtsRules.BadEscape, token.Span);
        else if (bytes.Length != 1)
            Report(DtsRules.BadCharacter, token, bytes.Length);
        return bytes is [byte first, ..] ? first : 0u;
    }

    private void ScanString(ref DtsToken token)
    {
        int start = _at;
        int closing = _text.AsSpan(start + 1, _end - start - 1).IndexOfAny((byte)'"', (byte)'\\');
        if (closing >= 0 && _text[start + 1 + closing] == '"')
        {
            Finish(ref token, DtsTokenKind.String, start + closing + 2);
            return;
        }
        ReadOnlySpan<byte> rest = _text.AsSpan(start, _end - start);
        int end = StringEnd(rest, out int brokenAt);
        bool closed = end < rest.Length;
        if (closed && brokenAt < 0)
        {
            Finish(ref token, DtsTokenKind.String, start + end + 1);
            if (!_recovers && DtsLiterals.Unescape(token.Contents) is null)
                Fail(DtsRules.BadEscape, token.Span);
            return;
        }
        if (!_recovers)
        {
            Finish(ref token, DtsTokenKind.Stray, start + 1);
            return;
        }
        int wrong = start + Math.Max(brokenAt, 0);
        _diagnostics.Report(DtsRules.UnterminatedString, _source.Span(wrong, wrong + 1));
        // What follows on the line is most likely inside the string too. Going on after it means to search the rest for quotes
        // again, so a text that does this very often is skipped as far as it was searched.
        int line = rest.IndexOf((byte)'\n');
        int length = closed ? end + 1 : line >= 0 && ++_unterminatedStrings <= MaxUnterminatedStrings ? line : end;
        Finish(ref token, DtsTokenKind.String, start + length);
    }

    private bool TrySkipCommentOrInclude()
    {
        ReadOnlySpan<byte> rest = _text.AsSpan(_at, _end - _at);
        if (rest.Length < 2 || rest[1] is not ((byte)'/' or (byte)'*' or (byte)'i'))
            return false;
        int length;
        if (rest[1] == '/')
        {
            length = rest.IndexOf((byte)'\n') + 1;
        }
        else if (rest[1] == '*')
        {
            int end = rest[2..].IndexOf("*/"u8);
            length = end < 0 ? 0 : end + 4;
        }
        else
        {
            return TryInclude(rest);
        }
        if (length == 0)
        {
            // dtc sees two operators.
            if (!_recovers)
                return false;
            _diagnostics.Report(DtsRules.UnterminatedComment, _source.Span(_at, _at + 2));
            length = rest.Length;
        }
        SkipTo(_at + length);
        return true;
    }

    private bool TryInclude(ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith("/include/"u8))
            return false;
        int quote = ByteClass.End(_text, _at + "/include/".Length, _end, ByteClass.WhiteSpace) - _at;
        int brokenAt = 0;
        int end = quote < rest.Length && rest[quote] == '"' ? quote + StringEnd(rest[quote..], out brokenAt) : rest.Length;
        if (end >= rest.Length || (brokenAt >= 0 && !_recovers))
            return false;
        SourceSpan span = _source.Span(_at + quote, _at + end + 1);
        SkipTo(_at + end + 1);
        _sources.Position = _at;
        if (_sources.Include(DtsLiterals.RawFileName(rest[(quote + 1)..end]), span))
            Load();
        else
            StopUnlessRecovering();
        return true;
    }

    /// <summary>Skips <c># 12 "file" 1 3</c> or <c>#line 12 "file"</c> in the first column and notes what it says.</summary>
    private bool TrySkipLineMarker()
    {
        byte[] text = _text;
        if (_at > 0 && text[_at - 1] != '\n')
            return false;
        int blanks = _at + (text.AsSpan(_at, _end - _at).StartsWith("#line"u8) ? 5 : 1);
        int digits = ByteClass.End(text, blanks, _end, ByteClass.Blank);
        int more = ByteClass.End(text, digits, _end, ByteClass.Digit);
        int quote = ByteClass.End(text, more, _end, ByteClass.Blank);
        if (digits == blanks || more == digits || quote == more || quote >= _end || text[quote] != '"'
            || !DtsLiterals.TryDecimal(text.AsSpan(digits, more - digits), out ulong line) || line > int.MaxValue)
        {
            return false;
        }
        int end = quote + StringEnd(text.AsSpan(quote, _end - quote), out int brokenAt);
        if (end >= _end || brokenAt >= 0)
            return false;
        ReadOnlySpan<byte> name = text.AsSpan(quote + 1, end - quote - 1);
        int after = end + 1;
        while (ByteClass.End(text, after, _end, ByteClass.Blank) is int flag && flag > after
            && ByteClass.End(text, flag, _end, ByteClass.Digit) is int flagEnd && flagEnd > flag)
        {
            after = flagEnd;
        }
        int start = _at;
        SkipTo(after);
        MapFollowing(name, (int)line, _source.Span(start, after));
        return true;
    }

    /// <summary>The number is that of the next line, which begins at the newline after the marker.</summary>
    private void MapFollowing(ReadOnlySpan<byte> name, int line, SourceSpan marker)
    {
        string path;
        if (Ascii.IsValid(name) && !name.ContainsAny((byte)'\\', (byte)0))
        {
            path = _names.Intern(name);
        }
        else
        {
            byte[]? bytes = DtsLiterals.Unescape(name);
            if (bytes is null)
            {
                Fail(DtsRules.BadEscape, marker);
                return;
            }
            if (bytes.Contains((byte)0))
                _diagnostics.Report(DtsRules.NulInMarker, marker);
            path = DtsLiterals.FileName(name);
        }
        FirstMarker ??= path;
        _source.MapFollowing(_at, path, line - 1);
    }

    private void Fail(DiagnosticRule rule, SourceSpan span)
    {
        _diagnostics.Report(rule, span);
        StopUnlessRecovering();
    }

    private void StopUnlessRecovering() => Stopped |= !_recovers;

    /// <summary>
    /// Where the string that starts at 0 ends: at its closing quote, or at the end of the text when it has none.
    /// </summary>
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
    /// backslash ends it only if no other quote follows, even when that backslash is escaped itself. As in C it is the first
    /// quote that no backslash escapes, where there is one on the line
    /// (<see cref="Compatibility.StrictChoices.CharactersAsInC"/>).
    /// </summary>
    private static int CharacterEnd(ReadOnlySpan<byte> rest, bool isAsInC)
    {
        if (isAsInC && CharacterEndInC(rest) is int first and > 0)
            return first;
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

    private static int CharacterEndInC(ReadOnlySpan<byte> rest)
    {
        for (int at = 1; at < rest.Length && rest[at] is not (byte)'\n'; at += rest[at] == '\\' ? 2 : 1)
        {
            if (rest[at] == '\'')
                return at;
        }
        return 0;
    }
}
