namespace Devicetree.Schema.Patterns;

/// <summary>A state of the deterministic automaton of a <see cref="PatternSet"/>.</summary>
internal sealed class SetState
{
    /// <summary>For characters below this the next state is remembered; names hardly ever have others.</summary>
    private const int CachedCharacters = 128;

    // Most states are on the way of one name only, so the table comes with the second character.
    private Edge? _first;
    private SetState?[]? _others;

    /// <param name="threads">The steps where the patterns stand, rising; only those that take a character or wait for the
    /// end.</param>
    /// <param name="matched">The patterns that have matched, whatever follows; rising.</param>
    /// <param name="isFinal">True where no further character can change anything.</param>
    public SetState(int[] threads, int[] matched, bool isFinal)
    {
        Threads = threads;
        Matched = matched;
        IsFinal = isFinal;
        Key = string.Create(threads.Length + 1 + matched.Length, (threads, matched), static (key, parts) =>
        {
            for (int i = 0; i < parts.threads.Length; i++)
                key[i] = (char)parts.threads[i];
            key[parts.threads.Length] = char.MaxValue;
            for (int i = 0; i < parts.matched.Length; i++)
                key[parts.threads.Length + 1 + i] = (char)parts.matched[i];
        });
    }

    public int[] Threads { get; }

    public int[] Matched { get; }

    public bool IsFinal { get; }

    /// <summary>Equal for equal states.</summary>
    public string Key { get; }

    /// <summary>The patterns that match when the text ends here; null until somebody asked.</summary>
    public int[]? AtEnd;

    /// <summary>The state after a character, when it is remembered. May be called while another thread remembers one.</summary>
    public SetState? Next(char c)
    {
        if (Volatile.Read(ref _first) is Edge first && first.Character == c)
            return first.State;
        return c < CachedCharacters && Volatile.Read(ref _others) is SetState?[] others ? Volatile.Read(ref others[c]) : null;
    }

    /// <summary>Remembers the state after a character. One thread at a time.</summary>
    public void Remember(char c, SetState next)
    {
        if (c >= CachedCharacters)
            return;
        if (_first is null)
            Volatile.Write(ref _first, new Edge(c, next));
        else if (_others is SetState?[] others)
            Volatile.Write(ref others[c], next);
        else
            Volatile.Write(ref _others, Table(c, next));
    }

    private static SetState?[] Table(char c, SetState next)
    {
        var table = new SetState?[CachedCharacters];
        table[c] = next;
        return table;
    }

    private sealed record Edge(char Character, SetState State);
}
