namespace Devicetree.Schema.Patterns;

/// <summary>Works out states from the steps of an automaton: the subset construction. One thread at a time.</summary>
internal sealed class StateBuilder
{
    private readonly Automaton _automaton;
    private readonly int[] _seen;
    private readonly Stack<int> _pending = new();
    private readonly List<int> _threads = [];
    private readonly SortedSet<int> _matched = [];
    private int _round;

    /// <summary>Where a pattern may begin after the start of the text: the entries of those that are not tied to it.</summary>
    private readonly int[] _restarts;

    public StateBuilder(Automaton automaton)
    {
        _automaton = automaton;
        _seen = new int[automaton.Count];
        _restarts = [.. automaton.Entries.Where(CanBeginLater)];
    }

    /// <summary>The state before the first character.</summary>
    public SetState Start()
    {
        Begin();
        foreach (int entry in _automaton.Entries)
            Close(entry, atStart: true, atEnd: false);
        return Finish();
    }

    /// <summary>The state after a character.</summary>
    public SetState Follow(SetState state, char c)
    {
        Begin();
        _matched.UnionWith(state.Matched);
        foreach (int thread in state.Threads)
        {
            Step step = _automaton[thread];
            if (step.Kind == StepKind.Take && step.Set!.Contains(c))
                Close(step.Next, atStart: false, atEnd: false);
        }
        foreach (int entry in _restarts)
            Close(entry, atStart: false, atEnd: false);
        return Finish();
    }

    /// <summary>The patterns that match when the text ends in a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isStart">Whether nothing was read.</param>
    public int[] AtEnd(SetState state, bool isStart)
    {
        Begin();
        _matched.UnionWith(state.Matched);
        foreach (int thread in state.Threads)
        {
            if (_automaton[thread].Kind == StepKind.End)
                Close(_automaton[thread].Next, atStart: isStart, atEnd: true);
        }
        return [.. _matched];
    }

    private bool CanBeginLater(int entry)
    {
        Begin();
        Close(entry, atStart: false, atEnd: false);
        return _threads.Count > 0 || _matched.Count > 0;
    }

    private void Begin()
    {
        _round++;
        _threads.Clear();
        _matched.Clear();
    }

    private SetState Finish()
    {
        _threads.Sort();
        return new SetState([.. _threads], [.. _matched], _threads.Count == 0 && _restarts.Length == 0);
    }

    /// <summary>Follows everything that takes no character from a step on.</summary>
    private void Close(int from, bool atStart, bool atEnd)
    {
        _pending.Push(from);
        while (_pending.TryPop(out int index))
        {
            if (_seen[index] == _round)
                continue;
            _seen[index] = _round;
            Step step = _automaton[index];
            switch (step.Kind)
            {
                case StepKind.Split:
                    _pending.Push(step.Other);
                    _pending.Push(step.Next);
                    break;
                case StepKind.Start:
                    if (atStart)
                        _pending.Push(step.Next);
                    break;
                case StepKind.End:
                    _threads.Add(index);
                    if (atEnd)
                        _pending.Push(step.Next);
                    break;
                case StepKind.Match:
                    _matched.Add(step.Other);
                    break;
                default:
                    _threads.Add(index);
                    break;
            }
        }
    }
}
