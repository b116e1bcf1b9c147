namespace Devicetree.Tool;

/// <summary>Things, each as often as it was added.</summary>
internal sealed class Multiset<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _counts;

    /// <summary>One without anything in it.</summary>
    public Multiset() => _counts = [];

    private Multiset(Dictionary<T, int> counts) => _counts = counts;

    /// <summary>How many things are in it.</summary>
    public long Count => _counts.Values.Sum(count => (long)count);

    /// <summary>What is in it, and how often, in no order.</summary>
    public IReadOnlyDictionary<T, int> Counts => _counts;

    /// <summary>One with the same things in it.</summary>
    public Multiset<T> Copy() => new(new(_counts));

    /// <summary>Adds a thing so many times.</summary>
    public void Add(T item, int times = 1) =>
        _counts[item] = (int)Math.Min(_counts.GetValueOrDefault(item) + (long)times, int.MaxValue);

    /// <summary>Takes a thing out once; false when it is not in it, or not any more.</summary>
    public bool Take(T item)
    {
        if (!_counts.TryGetValue(item, out int count))
            return false;
        if (count == 1)
            _counts.Remove(item);
        else
            _counts[item] = count - 1;
        return true;
    }
}
