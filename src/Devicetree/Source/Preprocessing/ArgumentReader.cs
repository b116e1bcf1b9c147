namespace Devicetree.Source.Preprocessing;

/// <summary>The arguments of one call, as ranges of the <see cref="TokenArena"/>. Used again for the next call.</summary>
internal sealed class CallArguments
{
    /// <summary>The tokens as they are written, each followed by an end.</summary>
    public Refilled<(int Start, int Count)> Written { get; } = new();

    /// <summary>The tokens fully expanded; a start of -1 where nobody needed that so far.</summary>
    public Refilled<(int Start, int Count)> Expanded { get; } = new();

    /// <summary>Whether the variadic argument is left out altogether, so that a comma pasted to it goes away.</summary>
    public bool OmitsVariadic { get; set; }

    public void Clear()
    {
        Written.Truncate(0);
        Expanded.Truncate(0);
        OmitsVariadic = false;
    }

    public void Add(int start, int count)
    {
        Written.Add((start, count));
        Expanded.Add((-1, 0));
    }
}

/// <summary>Reads the arguments of macro calls.</summary>
internal sealed class ArgumentReader(PreprocessorState state, MacroExpander expander)
{
    private readonly Stack<CallArguments> _idle = new();

    /// <summary>Reads the arguments after the opening parenthesis. Null, reported, when they do not fit the macro.</summary>
    public CallArguments? Read(MacroDefinition macro, in PpToken name)
    {
        CallArguments arguments = _idle.TryPop(out CallArguments? idle) ? idle : new();
        arguments.Clear();
        int wanted = macro.Parameters!.Length;
        int count = 0;
        PpKind end;
        do
        {
            count++;
            (int start, int length) = ReadOne(takesCommas: macro.IsVariadic && count == wanted, out end);
            // A parenthesis with nothing in it is no argument where none is wanted.
            if (count <= Math.Max(wanted, 1))
                arguments.Add(start, length);
        }
        while (end is not (PpKind.CloseParenthesis or PpKind.End) && !state.IsStopped);

        if (wanted == 0 && count == 1 && arguments.Written[0].Count == 0)
            count = 0;
        if (end == PpKind.End)
            state.Report(PreprocessorRules.UnterminatedCall, name, state.NameOf(macro));
        else if (count == wanted || (macro.IsVariadic && count + 1 == wanted))
            return Complete(arguments, macro, count);
        else
            state.Report(PreprocessorRules.WrongArguments, name, state.NameOf(macro), wanted, count);
        Return(arguments);
        return null;
    }

    public void Return(CallArguments arguments) => _idle.Push(arguments);

    private CallArguments Complete(CallArguments arguments, MacroDefinition macro, int count)
    {
        int wanted = macro.Parameters!.Length;
        arguments.OmitsVariadic = macro.IsVariadic && (count < wanted || (count == 1 && arguments.Written[0].Count == 0));
        if (count < wanted)
            arguments.Add(expander.Arena.Add([PpToken.End]), 0);
        return arguments;
    }

    /// <summary>Reads one argument into the arena, without the paddings at its ends.</summary>
    private (int Start, int Count) ReadOne(bool takesCommas, out PpKind end)
    {
        Refilled<PpToken> tokens = expander.Arena.RentList();
        int depth = 0;
        while (true)
        {
            expander.Next(out PpToken token);
            if (token.Kind == PpKind.Padding && tokens.Count == 0)
                continue;
            if (token.Kind == PpKind.OpenParenthesis)
                depth++;
            bool ends = token.Kind switch
            {
                PpKind.CloseParenthesis => depth-- == 0,
                PpKind.Comma => depth == 0 && !takesCommas,
                PpKind.End => true,
                PpKind.Hash => token.Has(PpFlags.LineStart),
                _ => false,
            };
            if (ends || state.IsStopped)
            {
                end = state.IsStopped ? PpKind.End : token.Kind;
                break;
            }
            tokens.Add(token);
            expander.Count(1);
        }
        while (tokens.Count > 0 && tokens[tokens.Count - 1].Kind == PpKind.Padding)
            tokens.Truncate(tokens.Count - 1);
        int count = tokens.Count;
        tokens.Add(PpToken.End);
        int start = expander.Arena.Add(tokens.AsSpan());
        expander.Arena.ReturnList(tokens);
        return (start, count);
    }
}
