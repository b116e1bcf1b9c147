namespace Devicetree.Schema.Patterns;

/// <summary>What a step of an automaton does.</summary>
internal enum StepKind : byte
{
    /// <summary>Takes a character of a set.</summary>
    Take,

    /// <summary>Goes on in two places.</summary>
    Split,

    /// <summary>Goes on at the start of the text only.</summary>
    Start,

    /// <summary>Goes on at the end of the text only.</summary>
    End,

    /// <summary>A pattern has matched.</summary>
    Match,
}

/// <summary>A step of an automaton.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Set">The characters that it takes.</param>
/// <param name="Next">The step after it.</param>
/// <param name="Other">The second step after a split; for a match, which pattern.</param>
internal readonly record struct Step(StepKind Kind, CharSet? Set, int Next, int Other);

/// <summary>The steps of several patterns, without backtracking: Thompson's construction.</summary>
internal sealed class Automaton
{
    /// <summary>Nested counts multiply; a pattern that needs more is left to <see cref="PositionPattern"/>.</summary>
    private const int MaxStepsOfOnePattern = 4000;

    /// <summary>Steps have numbers of 16 bits in the keys of states.</summary>
    private const int MaxSteps = 60_000;

    private readonly List<Step> _steps = [];

    /// <summary>The first step of each pattern.</summary>
    public List<int> Entries { get; } = [];

    public int Count => _steps.Count;

    public Step this[int index] => _steps[index];

    /// <summary>Adds a pattern; false, with nothing added, when it becomes too large or looks ahead or behind.</summary>
    /// <param name="node">The pattern.</param>
    /// <param name="number">Its number, for <see cref="StepKind.Match"/>.</param>
    public bool TryAdd(PatternNode node, int number)
    {
        int before = _steps.Count;
        int entry = Emit(node, Add(new(StepKind.Match, null, 0, number)), before + MaxStepsOfOnePattern);
        if (entry < 0 || _steps.Count > MaxSteps)
        {
            _steps.RemoveRange(before, _steps.Count - before);
            return false;
        }
        Entries.Add(entry);
        return true;
    }

    private int Add(Step step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }

    /// <summary>
    /// Adds what a node does before it goes on at <paramref name="next"/>; its first step, negative beyond the limit and for
    /// what no step does.
    /// </summary>
    private int Emit(PatternNode node, int next, int limit)
    {
        if (next < 0 || _steps.Count > limit)
            return -1;
        switch (node)
        {
            case SetNode set:
                return Add(new(StepKind.Take, set.Set, next, 0));
            case StartNode:
                return Add(new(StepKind.Start, null, next, 0));
            case EndNode:
                return Add(new(StepKind.End, null, next, 0));
            case SequenceNode sequence:
                for (int i = sequence.Parts.Count - 1; i >= 0; i--)
                    next = Emit(sequence.Parts[i], next, limit);
                return next;
            case ChoiceNode choice:
                int options = Emit(choice.Options[^1], next, limit);
                for (int i = choice.Options.Count - 2; i >= 0 && options >= 0; i--)
                {
                    int option = Emit(choice.Options[i], next, limit);
                    options = option < 0 ? -1 : Add(new(StepKind.Split, null, option, options));
                }
                return options;
            case RepeatNode repeat:
                return EmitRepeat(repeat, next, limit);
            case LookNode:
                return -1;
            default:
                return next;
        }
    }

    private int EmitRepeat(RepeatNode repeat, int next, int limit)
    {
        int entry = next;
        if (repeat.Max is int max)
        {
            for (int i = repeat.Min; i < max && entry >= 0; i++)
            {
                int part = Emit(repeat.Part, entry, limit);
                entry = part < 0 ? -1 : Add(new(StepKind.Split, null, part, next));
            }
        }
        else
        {
            int loop = Add(default);
            int part = Emit(repeat.Part, loop, limit);
            if (part < 0)
                return -1;
            _steps[loop] = new(StepKind.Split, null, part, next);
            entry = loop;
        }
        for (int i = 0; i < repeat.Min; i++)
            entry = Emit(repeat.Part, entry, limit);
        return entry;
    }
}
