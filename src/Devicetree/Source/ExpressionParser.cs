using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>
/// Reads numbers: literals, and expressions in parentheses. All arithmetic is unsigned, 64 bits wide and wraps around; every
/// operand is computed, also the one that is not chosen (devicetree.md 1.5).
/// </summary>
internal sealed class ExpressionParser(TokenReader tokens, DtsParserOptions options)
{
    private int _depth;

    /// <summary>Reads a literal or an expression in parentheses; false, reported, when there is none.</summary>
    public bool TryPrimary(out ulong value)
    {
        if (tokens.Kind is DtsTokenKind.Integer or DtsTokenKind.Character)
        {
            value = tokens.Current.Number;
            tokens.Take();
            return true;
        }
        value = 0;
        if (tokens.Kind == DtsTokenKind.Word)
        {
            tokens.TakeWord();
            return true;
        }
        return tokens.Expect(DtsTokenKind.OpenParenthesis, SyntaxRemedies.Operand)
            && TryExpression(out value) && tokens.Expect(DtsTokenKind.CloseParenthesis, "')'");
    }

    private bool TryExpression(out ulong value)
    {
        value = 0;
        if (_depth >= options.MaxDepth)
        {
            tokens.Fail(DtsRules.TooDeep, tokens.Current.Span, "expressions", options.MaxDepth);
            return false;
        }
        _depth++;
        bool good = TryConditional(out value);
        _depth--;
        return good;
    }

    private bool TryConditional(out ulong value)
    {
        if (!TryBinary(0, out value))
            return false;
        if (!tokens.TryTake(DtsTokenKind.Question))
            return true;
        if (!TryExpression(out ulong whenTrue) || !tokens.Expect(DtsTokenKind.Colon, "':'")
            || !TryExpression(out ulong whenFalse))
            return false;
        value = value != 0 ? whenTrue : whenFalse;
        return true;
    }

    /// <summary>
    /// Reads operators that bind at least as tightly as <paramref name="precedence"/>; all of them bind to the left.
    /// </summary>
    private bool TryBinary(int precedence, out ulong left)
    {
        SourceSpan start = tokens.Current.Span;
        if (!TryUnary(out left))
            return false;
        while (tokens.Kind is DtsTokenKind sign and >= DtsTokenKind.Or && Precedence(sign) is int found && found >= precedence)
        {
            tokens.Take();
            SourceSpan operatorSpan = tokens.Previous.Span;
            if (!TryBinary(found + 1, out ulong right))
                return false;
            if (right == 0 && sign is DtsTokenKind.Slash or DtsTokenKind.Percent)
            {
                // dtc names the whole term, people look for the operator.
                tokens.Report(DtsRules.DivisionByZero, options.Recover ? operatorSpan : start.To(tokens.Previous.Span));
                left = 0;
            }
            else
            {
                left = Compute(sign, left, right);
            }
        }
        return true;
    }

    private bool TryUnary(out ulong value)
    {
        Stack<DtsTokenKind>? signs = null;
        while (tokens.Kind is DtsTokenKind.Minus or DtsTokenKind.Tilde or DtsTokenKind.Not)
        {
            (signs ??= new()).Push(tokens.Kind);
            tokens.Take();
        }
        if (!TryPrimary(out value))
            return false;
        while (signs?.TryPop(out DtsTokenKind sign) == true)
            value = sign switch { DtsTokenKind.Minus => 0 - value, DtsTokenKind.Tilde => ~value, _ => Bool(value == 0) };
        return true;
    }

    private static int Precedence(DtsTokenKind sign) => sign switch
    {
        DtsTokenKind.Or => 0,
        DtsTokenKind.And => 1,
        DtsTokenKind.BitOr => 2,
        DtsTokenKind.BitXor => 3,
        DtsTokenKind.BitAnd => 4,
        DtsTokenKind.Equal or DtsTokenKind.NotEqual => 5,
        DtsTokenKind.Less or DtsTokenKind.Greater or DtsTokenKind.LessOrEqual or DtsTokenKind.GreaterOrEqual => 6,
        DtsTokenKind.ShiftLeft or DtsTokenKind.ShiftRight => 7,
        DtsTokenKind.Plus or DtsTokenKind.Minus => 8,
        _ => 9,
    };

    private static ulong Compute(DtsTokenKind sign, ulong left, ulong right) => sign switch
    {
        DtsTokenKind.Or => Bool(left != 0 || right != 0),
        DtsTokenKind.And => Bool(left != 0 && right != 0),
        DtsTokenKind.BitOr => left | right,
        DtsTokenKind.BitXor => left ^ right,
        DtsTokenKind.BitAnd => left & right,
        DtsTokenKind.Equal => Bool(left == right),
        DtsTokenKind.NotEqual => Bool(left != right),
        DtsTokenKind.Less => Bool(left < right),
        DtsTokenKind.Greater => Bool(left > right),
        DtsTokenKind.LessOrEqual => Bool(left <= right),
        DtsTokenKind.GreaterOrEqual => Bool(left >= right),
        DtsTokenKind.ShiftLeft => right < 64 ? left << (int)right : 0,
        DtsTokenKind.ShiftRight => right < 64 ? left >> (int)right : 0,
        DtsTokenKind.Plus => left + right,
        DtsTokenKind.Minus => left - right,
        DtsTokenKind.Times => left * right,
        DtsTokenKind.Slash => left / right,
        _ => left % right,
    };

    private static ulong Bool(bool value) => value ? 1ul : 0ul;
}
