namespace Devicetree.Schema.Patterns;

/// <summary>A state of the deterministic automaton of a <see cref="PatternSet"/>.</summary>
internal sealed class SetState
{
    /// <summary>For characters below this the next state is remembered; names hardly ever have others.</summary>
    public const int CachedCharacters = 128;

    /// <param name="threads">The steps where the patterns stand, rising; only those that take a character or wait for the end.</param>
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

    public SetState?[] Next { get; } = new SetState?[CachedCharacters];

    /// <summary>The patterns that match when the text ends here; null until somebody asked.</summary>
    public int[]? AtEnd;
}
