using System.Numerics;

namespace Devicetree.Schema.Patterns;

/// <summary>A set of positions in a text, its end included.</summary>
internal readonly struct PositionSet
{
    private const int BitsOfWord = 64;

    private readonly ulong[] _words;

    /// <summary>An empty set.</summary>
    /// <param name="length">The length of the text; its end is the largest position.</param>
    public PositionSet(int length) => _words = new ulong[WordsFor(length)];

    private PositionSet(ulong[] words) => _words = words;

    /// <summary>True where no position is in it.</summary>
    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>How many words a set for a text of this length takes.</summary>
    public static int WordsFor(int length) => length / BitsOfWord + 1;

    /// <summary>Every position of a text.</summary>
    public static PositionSet All(int length)
    {
        var all = new PositionSet(length);
        for (int position = 0; position <= length; position++)
            all.Add(position);
        return all;
    }

    /// <summary>Adds a position.</summary>
    public void Add(int position) => _words[position / BitsOfWord] |= 1UL << (position % BitsOfWord);

    /// <summary>Adds what another set of the same text holds.</summary>
    public void Add(PositionSet other)
    {
        for (int i = 0; i < _words.Length; i++)
            _words[i] |= other._words[i];
    }

    /// <summary>A set that can be changed on its own.</summary>
    public PositionSet Copy() => new([.. _words]);

    /// <summary>Removes what another set of the same text holds.</summary>
    public void Remove(PositionSet other)
    {
        for (int i = 0; i < _words.Length; i++)
            _words[i] &= ~other._words[i];
    }

    /// <summary>The first position of the set that is not before another; -1 where there is none.</summary>
    public int Next(int position)
    {
        int index = position / BitsOfWord;
        if (index >= _words.Length)
            return -1;
        ulong rest = _words[index] >> (position % BitsOfWord) << (position % BitsOfWord);
        while (rest == 0)
        {
            if (++index == _words.Length)
                return -1;
            rest = _words[index];
        }
        return (index * BitsOfWord) + BitOperations.TrailingZeroCount(rest);
    }
}
