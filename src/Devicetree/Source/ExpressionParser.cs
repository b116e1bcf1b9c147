namespace Devicetree.Source;

/// <summary>
/// Reads numbers: literals, and expressions in parentheses. All arithmetic is unsigned, 64 bits wide and wraps around; every operand is
/// computed, also the one that is not chosen (reference 1.5).
/// </summary>
internal sealed class ExpressionParser(TokenReader tokens, DtsParserOptions options)
{
    private int _depth;

    /// <summary>Reads a literal or an expression in parentheses; null, reported, when there is none.</summary>
    public ulong? TryPrimary()
    {
        DtsToken token = tokens.Current;
        switch (token.Kind)
        {
            case DtsTokenKind.Integer:
                tokens.Take();
                return Integer(token);
            case DtsTokenKind.Character:
                tokens.Take();
                return Character(token);
        }
        if (!token.Is("("))
        {
            tokens.Unexpected("a number or '('");
            return null;
        }
        tokens.Take();
        ulong? value = TryExpression();
        return value is not null && tokens.Expect(")") ? value : null;
    }

    /// <summary>The value of a literal; 0, reported, when it has none.</summary>
    public ulong Integer(DtsToken token)
    {
        if (!DtsLiterals.TryInteger(token.Text, out ulong value))
            tokens.Diagnostics.Report(DtsRules.BadInteger, token.Span, token.Text);
        return value;
    }

    private ulong Character(DtsToken token)
    {
        ReadOnlySpan<byte> text = token.Span.Source!.Bytes.Span[(token.Span.Start + 1)..(token.Span.End - 1)];
        byte[]? bytes = DtsLiterals.Unescape(text);
        if (bytes is { Length: 1 })
            return bytes[0];
        if (bytes is null)
            tokens.Diagnostics.Report(DtsRules.BadEscape, token.Span);
        else
            tokens.Diagnostics.Report(DtsRules.BadCharacter, token.Span, bytes.Length);
        return 0;
    }

    private ulong? TryExpression()
    {
        if (++_depth > options.MaxDepth)
        {
            tokens.Diagnostics.Report(DtsRules.TooDeep, tokens.Current.Span, "expressions", options.MaxDepth);
            _depth--;
            return null;
        }
        ulong? value = TryConditional();
        _depth--;
        return value;
    }

    private ulong? TryConditional()
    {
        if (TryBinary(0) is not ulong condition)
            return null;
        if (!tokens.TryTake("?"))
            return condition;
        if (TryExpression() is not ulong whenTrue || !tokens.Expect(":") || TryExpression() is not ulong whenFalse)
            return null;
        return condition != 0 ? whenTrue : whenFalse;
    }

    /// <summary>Reads operators that bind at least as tightly as <paramref name="precedence"/>; all of them bind to the left.</summary>
    private ulong? TryBinary(int precedence)
    {
        if (TryUnary() is not ulong left)
            return null;
        while (tokens.Current.Kind == DtsTokenKind.Symbol && Precedence(tokens.Current.Text) is int found && found >= precedence)
        {
            DtsToken sign = tokens.Take();
            if (TryBinary(found + 1) is not ulong right)
                return null;
            if (right == 0 && sign.Text is ("/" or "%"))
            {
                tokens.Diagnostics.Report(DtsRules.DivisionByZero, sign.Span);
                left = 0;
            }
            else
            {
                left = Compute(sign.Text, left, right);
            }
        }
        return left;
    }

    private ulong? TryUnary()
    {
        var signs = new Stack<string>();
        while (tokens.Current.Is("-") || tokens.Current.Is("~") || tokens.Current.Is("!"))
            signs.Push(tokens.Take().Text);
        if (TryPrimary() is not ulong value)
            return null;
        while (signs.TryPop(out string? sign))
            value = sign switch { "-" => 0 - value, "~" => ~value, _ => Bool(value == 0) };
        return value;
    }

    private static int? Precedence(string sign) => sign switch
    {
        "||" => 0,
        "&&" => 1,
        "|" => 2,
        "^" => 3,
        "&" => 4,
        "==" or "!=" => 5,
        "<" or ">" or "<=" or ">=" => 6,
        "<<" or ">>" => 7,
        "+" or "-" => 8,
        "*" or "/" or "%" => 9,
        _ => null,
    };

    private static ulong Compute(string sign, ulong left, ulong right) => sign switch
    {
        "||" => Bool(left != 0 || right != 0),
        "&&" => Bool(left != 0 && right != 0),
        "|" => left | right,
        "^" => left ^ right,
        "&" => left & right,
        "==" => Bool(left == right),
        "!=" => Bool(left != right),
        "<" => Bool(left < right),
        ">" => Bool(left > right),
        "<=" => Bool(left <= right),
        ">=" => Bool(left >= right),
        "<<" => right < 64 ? left << (int)right : 0,
        ">>" => right < 64 ? left >> (int)right : 0,
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        _ => left % right,
    };

    private static ulong Bool(bool value) => value ? 1ul : 0ul;
}
