using System.Collections.Concurrent;

namespace Devicetree.Schema.Patterns;

/// <summary>
/// Several regular expressions that are searched for in a text at once, in time proportional to its length: which of them match,
/// not where. Python's <c>re.search</c> decides what a pattern means. The deterministic automaton is built step by step as texts
/// ask for it, and shared by all threads.
/// </summary>
internal sealed class PatternSet
{
    /// <summary>Beyond so many states the automaton is begun again, so that no sequence of texts makes it large.</summary>
    private const int MaxStates = 2000;

    /// <summary>How many answers of a set with patterns beside the automaton are remembered.</summary>
    private const int MaxRemembered = 8192;

    private readonly Automaton _automaton = new();
    private readonly List<(int Number, Predicate<string> IsMatch)> _others = [];
    private readonly ConcurrentDictionary<string, int[]>? _remembered;
    private readonly Lock _building = new();
    private readonly Dictionary<string, SetState> _states = new(StringComparer.Ordinal);
    private readonly StateBuilder _builder;
    private SetState? _start;

    /// <summary>A set of patterns.</summary>
    /// <param name="patterns">The patterns; the answers are indexes into this list.</param>
    public PatternSet(IReadOnlyList<string> patterns)
    {
        for (int i = 0; i < patterns.Count; i++)
        {
            if (!PatternParser.TryParse(patterns[i], out PatternNode? node))
                _others.Add((i, new RegexFallback(patterns[i]).IsMatch));
            else if (!_automaton.TryAdd(node, i))
                _others.Add((i, new PositionPattern(node).IsMatch));
        }
        if (_others.Count > 0)
            _remembered = new(StringComparer.Ordinal);
        _builder = new StateBuilder(_automaton);
    }

    /// <summary>Whether any pattern matches.</summary>
    public bool IsMatch(string text) => Match(text).Length > 0;

    /// <summary>The indexes of the patterns that match, rising. The array is shared; do not change it.</summary>
    public int[] Match(string text)
    {
        if (_remembered is null)
            return MatchAutomaton(text);
        if (_remembered.TryGetValue(text, out int[]? known))
            return known;
        int[] found = [.. MatchAutomaton(text).Concat(
            _others.Where(each => each.IsMatch(text)).Select(each => each.Number)).Order()];
        if (_remembered.Count < MaxRemembered)
            _remembered[text] = found;
        return found;
    }

    private int[] MatchAutomaton(string text)
    {
        if (_automaton.Count == 0)
            return [];
        SetState state = Volatile.Read(ref _start) ?? Start();
        // '$' also matches before a newline that ends the text.
        int[] beforeNewline = [];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' && i == text.Length - 1)
                beforeNewline = AtEnd(state, isStart: i == 0);
            state = state.Next(c) ?? Follow(state, c);
            if (state.IsFinal)
                break;
        }
        int[] found = AtEnd(state, isStart: text.Length == 0);
        return beforeNewline.Length == 0 ? found : [.. found.Union(beforeNewline).Order()];
    }

    private SetState Start()
    {
        lock (_building)
            return _start ??= Intern(_builder.Start());
    }

    private SetState Follow(SetState state, char c)
    {
        lock (_building)
        {
            if (_states.Count >= MaxStates)
            {
                // Those who are under way go on with the states they hold.
                _states.Clear();
                Volatile.Write(ref _start, null);
            }
            SetState next = Intern(_builder.Follow(state, c));
            state.Remember(c, next);
            return next;
        }
    }

    private int[] AtEnd(SetState state, bool isStart)
    {
        // Where the text ends as it starts, what needs the start still goes on; a state may be met later too, so that is not
        // kept.
        if (!isStart && Volatile.Read(ref state.AtEnd) is int[] known)
            return known;
        lock (_building)
        {
            int[] found = _builder.AtEnd(state, isStart);
            if (isStart)
                return found;
            Volatile.Write(ref state.AtEnd, found);
            return found;
        }
    }

    private SetState Intern(SetState state)
    {
        if (_states.TryGetValue(state.Key, out SetState? known))
            return known;
        _states.Add(state.Key, state);
        return state;
    }
}
