using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>Computes the conditions of <c>#if</c> and <c>#elif</c>: whole numbers of 64 bits with the operators of C.</summary>
internal sealed class ConditionReader(PreprocessorState state)
{
    private PpToken _token;
    private FileFrame? _file;
    private bool _failed;
    private int _depth;

    /// <summary>
    /// More than 0 while a part is read that does not count, as after <c>0 &amp;&amp;</c>: it may divide by zero.
    /// </summary>
    private int _unused;

    /// <summary>Whether a condition holds; false, reported, when it cannot be computed.</summary>
    public bool Evaluate(FileFrame file, in Step step)
    {
        (_file, _failed, _depth, _unused) = (file, false, 0, 0);
        state.Expander.BeginDirective(file, step.Start, step.End);
        Advance();
        ConditionValue value = default;
        if (_token.Kind == PpKind.End)
        {
            _failed = true;
            state.Diagnostics.Report(PreprocessorRules.EmptyCondition, file.Span(step), FileScanner.Word(step.Kind));
        }
        else
        {
            value = Comma();
            if (_token.Kind == PpKind.CloseParenthesis)
                Fail("')' without '('");
            else if (_token.Kind != PpKind.End)
                Fail($"an operator is missing before '{Spelling()}'");
        }
        state.Expander.EndDirective();
        return !_failed && value.IsTrue;
    }

    private ConditionValue Comma()
    {
        ConditionValue value = Conditional();
        while (_token.Kind == PpKind.Comma && !_failed)
        {
            Advance();
            value = Conditional();
        }
        return value;
    }

    private ConditionValue Conditional()
    {
        ConditionValue condition = Binary(0);
        if (_token.Kind != PpKind.Question || !Deepen())
            return condition;
        Advance();
        ConditionValue yes = Unused(!condition.IsTrue, static reader => reader.Comma());
        if (_token.Kind == PpKind.Colon)
            Advance();
        else
            Fail("'?' without ':'");
        ConditionValue no = Unused(condition.IsTrue, static reader => reader.Conditional());
        _depth--;
        ConditionValue value = condition.IsTrue ? yes : no;
        return value with { IsUnsigned = yes.IsUnsigned || no.IsUnsigned };
    }

    private ConditionValue Binary(int level)
    {
        ConditionValue left = Unary();
        while (!_failed && LevelOf(_token.Kind) is int found && found > level)
        {
            PpToken operation = _token;
            Advance();
            bool skips = operation.Kind == PpKind.AndAnd ? !left.IsTrue : operation.Kind == PpKind.OrOr && left.IsTrue;
            if (skips)
                _unused++;
            ConditionValue right = Binary(found);
            if (skips)
                _unused--;
            if (operation.Kind is PpKind.Divide or PpKind.Modulo && right.Bits == 0)
            {
                if (_unused == 0 && !_failed)
                    FailWith(PreprocessorRules.DivisionByZero, operation);
                left = default;
                continue;
            }
            left = ConditionValue.Compute(operation.Kind, left, right);
        }
        return left;
    }

    private ConditionValue Unary()
    {
        if (_failed || !Deepen())
            return default;
        ConditionValue value = default;
        PpToken first = _token;
        switch (first.Kind)
        {
            case PpKind.Plus or PpKind.Minus or PpKind.Not or PpKind.Complement:
                Advance();
                value = Unary().Apply(first.Kind);
                break;
            case PpKind.OpenParenthesis:
                Advance();
                value = Comma();
                if (_token.Kind == PpKind.CloseParenthesis)
                    Advance();
                else
                    Fail("')' is missing");
                break;
            case PpKind.Number:
                if (!ConditionValue.TryParse(first.Bytes, out value))
                    Fail($"'{Spelling()}' is no whole number of at most 64 bits");
                Advance();
                break;
            case PpKind.Character or PpKind.Wide:
                if (!ConditionValue.TryParseCharacter(first.Bytes, out value))
                    Fail($"{Spelling()} is no character");
                Advance();
                break;
            case PpKind.Name:
                value = Name(first);
                break;
            case PpKind.End:
                Fail("it ends where a number or a name is missing");
                break;
            default:
                Fail($"'{Spelling()}' stands where a number or a name is missing");
                break;
        }
        _depth--;
        return value;
    }

    private ConditionValue Name(in PpToken name)
    {
        if (name.Bytes.SequenceEqual("defined"u8))
            return Defined();
        BuiltInMacro meaning = state.Macros[name.Id]?.BuiltIn ?? BuiltInMacro.None;
        if (meaning is BuiltInMacro.HasInclude or BuiltInMacro.HasIncludeNext)
            return HasInclude(meaning);
        Advance();
        // A name that is no macro counts as 0.
        return default;
    }

    private ConditionValue Defined()
    {
        state.Expander.NextUnexpanded(out _token);
        bool inParentheses = _token.Kind == PpKind.OpenParenthesis;
        if (inParentheses)
            state.Expander.NextUnexpanded(out _token);
        if (_token.Kind != PpKind.Name)
        {
            Fail("'defined' needs a name");
            return default;
        }
        bool isDefined = state.Macros[_token.Id] is not null;
        if (inParentheses)
        {
            state.Expander.NextUnexpanded(out _token);
            if (_token.Kind != PpKind.CloseParenthesis)
                Fail("')' is missing after 'defined('");
        }
        Advance();
        return ConditionValue.Of(isDefined);
    }

    private ConditionValue HasInclude(BuiltInMacro meaning)
    {
        Advance();
        string? name = null;
        bool isQuoted = false;
        if (_token.Kind == PpKind.OpenParenthesis)
            name = IncludeReader.ReadTokens(state.Expander, out isQuoted);
        Advance();
        if (name is null || _token.Kind != PpKind.CloseParenthesis)
        {
            Fail("'__has_include' needs a file name in parentheses");
            return default;
        }
        Advance();
        IncludeSearch search = meaning == BuiltInMacro.HasIncludeNext && state.Files.Level > 0 ? IncludeSearch.Next
            : isQuoted ? IncludeSearch.Beside : IncludeSearch.Directories;
        return ConditionValue.Of(state.Files.Exists(name, search));
    }

    private ConditionValue Unused(bool isUnused, Func<ConditionReader, ConditionValue> read)
    {
        if (isUnused)
            _unused++;
        ConditionValue value = read(this);
        if (isUnused)
            _unused--;
        return value;
    }

    private void Advance() => state.Expander.Next(out _token);

    private bool Deepen()
    {
        if (++_depth <= state.Options.MaxNesting)
            return true;
        _depth--;
        if (!_failed)
            state.Diagnostics.Report(PreprocessorRules.TooDeep, SpanOf(_token), "parentheses and operators",
                state.Options.MaxNesting);
        _failed = true;
        return false;
    }

    private void Fail(string what)
    {
        // What a limit cut off is no error of the condition.
        if (!_failed && !state.IsStopped)
            state.Diagnostics.Report(PreprocessorRules.BadCondition, SpanOf(_token), what);
        _failed = true;
    }

    private void FailWith(DiagnosticRule rule, in PpToken token)
    {
        state.Diagnostics.Report(rule, SpanOf(token));
        _failed = true;
    }

    private SourceSpan SpanOf(in PpToken token) =>
        token.Kind == PpKind.End ? _file!.Span(_file.Current) : state.Origins.SpanOf(token);

    private string Spelling() => Encoding.UTF8.GetString(_token.Bytes);

    /// <summary>How tightly an operator of two operands binds; 0 for other tokens.</summary>
    private static int LevelOf(PpKind kind) => kind switch
    {
        PpKind.OrOr => 1,
        PpKind.AndAnd => 2,
        PpKind.Or => 3,
        PpKind.Xor => 4,
        PpKind.And => 5,
        PpKind.EqualsEquals or PpKind.NotEquals => 6,
        PpKind.Less or PpKind.Greater or PpKind.LessEquals or PpKind.GreaterEquals => 7,
        PpKind.ShiftLeft or PpKind.ShiftRight => 8,
        PpKind.Plus or PpKind.Minus => 9,
        PpKind.Times or PpKind.Divide or PpKind.Modulo => 10,
        _ => 0,
    };
}
