namespace Devicetree.Source.Preprocessing;

internal ref partial struct FileScanner
{
    /// <summary>
    /// The directives, those that stand most often first. Other words after a <c>#</c> are text in assembler mode.
    /// </summary>
    private static readonly (byte[] Word, StepKind Kind)[] _directives =
    [
        ("define"u8.ToArray(), StepKind.Define),
        ("include"u8.ToArray(), StepKind.Include),
        ("endif"u8.ToArray(), StepKind.EndIf),
        ("ifndef"u8.ToArray(), StepKind.IfNotDefined),
        ("ifdef"u8.ToArray(), StepKind.IfDefined),
        ("if"u8.ToArray(), StepKind.If),
        ("else"u8.ToArray(), StepKind.Else),
        ("elif"u8.ToArray(), StepKind.ElseIf),
        ("undef"u8.ToArray(), StepKind.Undefine),
        ("error"u8.ToArray(), StepKind.Error),
        ("warning"u8.ToArray(), StepKind.Warning),
        ("pragma"u8.ToArray(), StepKind.Pragma),
        ("line"u8.ToArray(), StepKind.Line),
        ("include_next"u8.ToArray(), StepKind.IncludeNext),
        ("import"u8.ToArray(), StepKind.Import),
        ("elifdef"u8.ToArray(), StepKind.ElseIfDefined),
        ("elifndef"u8.ToArray(), StepKind.ElseIfNotDefined),
        ("ident"u8.ToArray(), StepKind.Ignored),
        ("sccs"u8.ToArray(), StepKind.Ignored),
        ("assert"u8.ToArray(), StepKind.Ignored),
        ("unassert"u8.ToArray(), StepKind.Ignored),
    ];

    /// <summary>Reads the directive at a <c>#</c>; false, and nothing happened, when there is none.</summary>
    private bool TryScanDirective()
    {
        CountSplices(_position);
        (int hash, int line, int lineStart, int splice) = (_position++, _line, _lineStart, _spliceIndex);
        SkipBlanks();
        if (_position >= _text.Length || _text[_position] == '\n')
            return true; // a # alone means nothing

        int word = _position;
        while (_position < _text.Length && ByteClasses.IsIdentifier(_text[_position]))
            _position++;
        if (!TryFind(_text[word.._position], out StepKind kind))
        {
            (_position, _line, _lineStart, _spliceIndex) = (hash, line, lineStart, splice);
            return false;
        }
        EndBlock();
        SkipBlanks();
        int start = _length;
        if (kind is StepKind.Include or StepKind.IncludeNext or StepKind.Import)
            CopyHeaderName();
        CopyTokens(namesMatter: false);
        CountSplices(_position);
        AddDirective(new() { Kind = kind, Line = line, At = hash, Start = start, End = _length, Finish = _line });
        _normal[_length++] = (byte)'\n';
        return true;
    }

    private static bool TryFind(ReadOnlySpan<byte> word, out StepKind kind)
    {
        foreach ((byte[] known, StepKind meaning) in _directives)
        {
            if (!word.SequenceEqual(known))
                continue;
            kind = meaning;
            return true;
        }
        kind = default;
        return false;
    }

    /// <summary>Between <c>&lt;</c> and <c>&gt;</c> nothing is a comment or a quote.</summary>
    private void CopyHeaderName()
    {
        if (_position >= _text.Length || _text[_position] != '<')
            return;
        int end = _text[_position..].IndexOfAny((byte)'>', (byte)'\n');
        if (end < 0 || _text[_position + end] == '\n')
            return;
        Copy(_position, _position + end + 1);
        _position += end + 1;
        if (SkipBlanks())
            _normal[_length++] = (byte)' ';
    }

    private readonly void AddDirective(Step step)
    {
        int at = step.Start;
        bool any = TokenScanner.TryRead(_normal, ref at, step.End, out PpToken first);
        switch (step.Kind)
        {
            case StepKind.Define:
                step.Payload = MacroDefinition.Read(_normal, step.Start, step.End, _identifiers);
                step.Id = (step.Payload as MacroDefinition)?.Id ?? 0;
                break;
            case StepKind.Undefine or StepKind.IfDefined or StepKind.IfNotDefined or StepKind.ElseIfDefined
                or StepKind.ElseIfNotDefined:
                if (any && first.Kind == PpKind.Name)
                    step.Id = _identifiers.Intern(first.Bytes);
                else
                    step.Payload = new DirectiveProblem(any
                        ? PreprocessorRules.BadMacroName : PreprocessorRules.MissingMacroName, step.Start, at, any
                        ? Text(first.Bytes) : Word(step.Kind));
                if (any && at < step.End)
                    step.Flags |= StepFlags.ExtraTokens;
                break;
            case StepKind.Else or StepKind.EndIf:
                if (any)
                    step.Flags |= StepFlags.ExtraTokens;
                break;
        }
        int index = _buffers.Steps.Count;
        Link(ref step, index);
        _buffers.Steps.Add(step);
    }

    /// <summary>The word of a directive.</summary>
    public static string Word(StepKind kind) => Text(Array.Find(_directives, known => known.Kind == kind).Word);

    /// <summary>Ties the branches of a conditional together.</summary>
    private readonly void Link(ref Step step, int index)
    {
        switch (step.Kind)
        {
            case StepKind.If or StepKind.IfDefined or StepKind.IfNotDefined:
                _buffers.Open.Push((index, index));
                break;
            case StepKind.ElseIf or StepKind.ElseIfDefined or StepKind.ElseIfNotDefined or StepKind.Else:
                if (!_buffers.Open.TryPop(out (int First, int Last) open))
                {
                    step.Flags |= StepFlags.Orphan;
                    break;
                }
                ref Step last = ref _buffers.Steps[open.Last];
                if (last.Kind == StepKind.Else || last.Flags.HasFlag(StepFlags.AfterElse))
                {
                    step.Flags |= StepFlags.AfterElse;
                    _buffers.Steps[open.First].Flags |= StepFlags.HasBadBranch;
                }
                last.Next = index;
                _buffers.Open.Push((open.First, index));
                break;
            case StepKind.EndIf:
                if (_buffers.Open.TryPop(out (int First, int Last) ended))
                    Finish(ended, index);
                else
                    step.Flags |= StepFlags.Orphan;
                break;
        }
    }

    private readonly void CloseConditionals()
    {
        while (_buffers.Open.TryPop(out (int First, int Last) open))
        {
            _buffers.Steps[open.First].Flags |= StepFlags.Unterminated;
            Finish(open, _buffers.Steps.Count);
        }
    }

    private readonly void Finish((int First, int Last) conditional, int end)
    {
        _buffers.Steps[conditional.Last].Next = end;
        for (int branch = conditional.First; branch < end; branch = _buffers.Steps[branch].Next)
            _buffers.Steps[branch].Finish = end;
    }

    /// <summary>The macro of an <c>#ifndef</c> or <c>#if !defined</c> around the whole file; 0 when there is none.</summary>
    private static int FindGuard(Step[] steps, byte[] normal, IdentifierTable identifiers)
    {
        if (steps.Length < 2 || steps[0].Next != steps.Length - 1 || steps[^1].Kind != StepKind.EndIf)
            return 0;
        return steps[0].Kind switch
        {
            StepKind.IfNotDefined => steps[0].Id,
            StepKind.If => NotDefined(normal, steps[0], identifiers),
            _ => 0,
        };
    }

    private static int NotDefined(byte[] normal, in Step step, IdentifierTable identifiers)
    {
        int at = step.Start;
        if (!TokenScanner.TryRead(normal, ref at, step.End, out PpToken token) || token.Kind != PpKind.Not)
            return 0;
        if (!TokenScanner.TryRead(normal, ref at, step.End, out token) || !token.Bytes.SequenceEqual("defined"u8))
            return 0;
        bool inParentheses = TokenScanner.TryRead(normal, ref at, step.End, out token) && token.Kind == PpKind.OpenParenthesis;
        if (inParentheses)
            TokenScanner.TryRead(normal, ref at, step.End, out token);
        if (token.Kind != PpKind.Name)
            return 0;
        int name = identifiers.Intern(token.Bytes);
        if (inParentheses && !(TokenScanner.TryRead(normal, ref at, step.End, out token)
            && token.Kind == PpKind.CloseParenthesis))
            return 0;
        return at == step.End ? name : 0;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
