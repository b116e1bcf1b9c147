namespace Devicetree.Source.Preprocessing;

/// <summary>
/// Holds the tokens of arguments and expanded bodies until the outermost call is done. Tokens are never changed once they are in,
/// so that a reader of the array from before it grew sees the same.
/// </summary>
internal sealed class TokenArena
{
    private const int MostKept = 64 * 1024;

    private readonly Stack<Refilled<PpToken>> _lists = new();
    private int _count;

    /// <summary>The array that holds all tokens added so far; a larger one later.</summary>
    public PpToken[] Tokens { get; private set; } = new PpToken[256];

    public ref PpToken this[int index] => ref Tokens[index];

    /// <summary>Adds tokens one after the other and gives where they start.</summary>
    public int Add(ReadOnlySpan<PpToken> tokens)
    {
        while (Tokens.Length - _count < tokens.Length)
        {
            var larger = new PpToken[Tokens.Length * 2];
            Tokens.AsSpan(0, _count).CopyTo(larger);
            Tokens = larger;
        }
        tokens.CopyTo(Tokens.AsSpan(_count));
        _count += tokens.Length;
        return _count - tokens.Length;
    }

    public void Clear()
    {
        if (_count == 0)
            return;
        if (Tokens.Length > MostKept)
            Tokens = new PpToken[MostKept];
        else
            Tokens.AsSpan(0, _count).Clear();
        _count = 0;
    }

    /// <summary>A list to collect tokens in while others are added.</summary>
    public Refilled<PpToken> RentList() => _lists.TryPop(out Refilled<PpToken>? list) ? list : new();

    public void ReturnList(Refilled<PpToken> list)
    {
        list.Clear();
        _lists.Push(list);
    }
}
