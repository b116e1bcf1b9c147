namespace Devicetree.Source.Preprocessing;

/// <summary>Cuts text in the normal form into preprocessing tokens.</summary>
internal static class TokenScanner
{
    /// <summary>Reads the token at <paramref name="at"/>, after a space if there is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where to read; afterwards the offset after the token.</param>
    /// <param name="end">Where the text ends.</param>
    /// <param name="token">The token. The number of a name is not set.</param>
    /// <returns>False at the end.</returns>
    public static bool TryRead(byte[] text, ref int at, int end, out PpToken token)
    {
        token = default;
        while (at < end && text[at] is (byte)' ' or (byte)'\n')
        {
            at++;
            token.Flags = PpFlags.White;
        }
        if (at >= end)
            return false;
        int start = at;
        token.Kind = ReadKind(text.AsSpan(0, end), ref at);
        token.Buffer = text;
        token.Start = token.At = start;
        token.Length = at - start;
        return true;
    }

    /// <summary>Reads the token at <paramref name="at"/>, where one must begin.</summary>
    public static PpKind ReadKind(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at++;
        switch (ByteClasses.Of(text[start]))
        {
            case ByteClass.Name:
                while (at < text.Length && ByteClasses.IsIdentifier(text[at]))
                    at++;
                if (at == start + 1 && text[start] == 'L' && at < text.Length && ByteClasses.Of(text[at]) == ByteClass.Quote)
                {
                    int quote = at;
                    at = QuotedEnd(text, quote);
                    return IsClosed(text, quote, at) ? PpKind.Wide : PpKind.Other;
                }
                return PpKind.Name;
            case ByteClass.Digit:
                at = NumberEnd(text, start);
                return PpKind.Number;
            case ByteClass.Dot when at < text.Length && ByteClasses.Of(text[at]) == ByteClass.Digit:
                at = NumberEnd(text, at);
                return PpKind.Number;
            case ByteClass.Quote:
                at = QuotedEnd(text, start);
                return !IsClosed(text, start, at) ? PpKind.Other : text[start] == '"' ? PpKind.String : PpKind.Character;
            default:
                return ReadOperator(text, start, ref at);
        }
    }

    /// <summary>
    /// Where the number that has a digit at <paramref name="at"/> ends: numbers take letters, dots, and signs after exponents.
    /// </summary>
    public static int NumberEnd(ReadOnlySpan<byte> text, int at)
    {
        while (++at < text.Length)
        {
            byte b = text[at];
            if (ByteClasses.IsIdentifier(b) || b == '.')
                continue;
            if (b is not ((byte)'+' or (byte)'-') || (text[at - 1] | 0x20) is not ('e' or 'p'))
                break;
        }
        return at;
    }

    /// <summary>
    /// Where the string or character that begins at <paramref name="at"/> ends; at the end of the line when nothing closes it.
    /// </summary>
    public static int QuotedEnd(ReadOnlySpan<byte> text, int at)
    {
        byte quote = text[at++];
        while (at < text.Length)
        {
            byte b = text[at];
            if (b == quote)
                return at + 1;
            if (b == '\n')
                return at;
            at += b == '\\' && at + 1 < text.Length && text[at + 1] != '\n' ? 2 : 1;
        }
        return at;
    }

    /// <summary>
    /// The kind of the token that ends before <paramref name="end"/>, where a name begins: so it is neither a name nor a number.
    /// </summary>
    public static PpKind KindEndingAt(ReadOnlySpan<byte> text, int end)
    {
        int start = end - 1;
        if (!ByteClasses.Operator.Contains(text[start]))
            return text[start] switch
            {
                (byte)'"' or (byte)'\'' => PpKind.String,
                (byte)'\\' => PpKind.Backslash,
                _ =>
                PpKind.Bracket
            };
        while (start > 0 && ByteClasses.Operator.Contains(text[start - 1]))
            start--;
        PpKind kind = PpKind.None;
        while (start < end)
            kind = ReadKind(text[..end], ref start);
        return kind;
    }

    private static bool IsClosed(ReadOnlySpan<byte> text, int start, int end)
    {
        if (end - start < 2 || text[end - 1] != text[start])
            return false;
        // The last quote may belong to a backslash, of which the first of each pair belongs to the second.
        int backslashes = 0;
        while (text[end - 2 - backslashes] == '\\' && end - 2 - backslashes > start)
            backslashes++;
        return backslashes % 2 == 0;
    }

    private static PpKind ReadOperator(ReadOnlySpan<byte> text, int start, ref int at)
    {
        byte next = at < text.Length ? text[at] : (byte)0;
        byte third = at + 1 < text.Length ? text[at + 1] : (byte)0;
        switch (text[start])
        {
            case (byte)'=': return Two(next == '=', PpKind.EqualsEquals, PpKind.Equals, ref at);
            case (byte)'!': return Two(next == '=', PpKind.NotEquals, PpKind.Not, ref at);
            case (byte)'+': return Two(next == '+', PpKind.PlusPlus, Assigning(next, PpKind.Plus, ref at), ref at);
            case (byte)'-' when next == '>':
                at++;
                return PpKind.Arrow;
            case (byte)'-': return Two(next == '-', PpKind.MinusMinus, Assigning(next, PpKind.Minus, ref at), ref at);
            case (byte)'*': return Assigning(next, PpKind.Times, ref at);
            case (byte)'/': return Assigning(next, PpKind.Divide, ref at);
            case (byte)'%': return Assigning(next, PpKind.Modulo, ref at);
            case (byte)'^': return Assigning(next, PpKind.Xor, ref at);
            case (byte)'&': return Two(next == '&', PpKind.AndAnd, Assigning(next, PpKind.And, ref at), ref at);
            case (byte)'|': return Two(next == '|', PpKind.OrOr, Assigning(next, PpKind.Or, ref at), ref at);
            case (byte)'<' or (byte)'>': return ReadComparison(text[start], next, third, ref at);
            case (byte)'?': return PpKind.Question;
            case (byte)':': return PpKind.Colon;
            case (byte)',': return PpKind.Comma;
            case (byte)'(': return PpKind.OpenParenthesis;
            case (byte)')': return PpKind.CloseParenthesis;
            case (byte)'~': return PpKind.Complement;
            case (byte)'#': return Two(next == '#', PpKind.HashHash, PpKind.Hash, ref at);
            case (byte)'.' when next == '.' && third == '.':
                at += 2;
                return PpKind.Ellipsis;
            case (byte)'.': return PpKind.Dot;
            case (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)';': return PpKind.Bracket;
            case (byte)'\\': return PpKind.Backslash;
            default: return ReadOther(text, start, ref at);
        }
    }

    private static PpKind ReadComparison(byte first, byte next, byte third, ref int at)
    {
        bool less = first == '<';
        if (next == '=')
        {
            at++;
            return less ? PpKind.LessEquals : PpKind.GreaterEquals;
        }
        if (next != first)
            return less ? PpKind.Less : PpKind.Greater;
        at++;
        return Assigning(third, less ? PpKind.ShiftLeft : PpKind.ShiftRight, ref at);
    }

    /// <summary>A character of UTF-8 is one token; anything else that means nothing is one token for each byte.</summary>
    private static PpKind ReadOther(ReadOnlySpan<byte> text, int start, ref int at)
    {
        if (text[start] >= 0x80
            && System.Text.Rune.DecodeFromUtf8(text[start..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at = start + length;
        return PpKind.Other;
    }

    private static PpKind Two(bool isTwo, PpKind two, PpKind one, ref int at)
    {
        if (!isTwo)
            return one;
        at++;
        return two;
    }

    private static PpKind Assigning(byte next, PpKind plain, ref int at)
    {
        if (next != '=')
            return plain;
        at++;
        return PpKind.Assignment;
    }
}
