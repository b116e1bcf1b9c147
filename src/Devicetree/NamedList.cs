using System.Collections;

namespace Devicetree;

/// <summary>What a <see cref="NamedList{T}"/> may hold.</summary>
internal interface INamed
{
    string Name { get; }
}

/// <summary>
/// An ordered list whose items have unique names. Adding at either end and looking up a name take constant time however wide the
/// list is, because the width of a node comes from files that nobody vouches for.
/// </summary>
internal sealed class NamedList<T> : IReadOnlyList<T>
    where T : class, INamed
{
    /// <summary>Up to here a linear search is as fast as a dictionary and costs no memory; most nodes stay below.</summary>
    private const int IndexFrom = 16;

    private readonly List<T> _back = [];

    /// <summary>Items added at the front, in reverse order; null until the first one.</summary>
    private List<T>? _front;

    private Dictionary<string, T>? _byName;

    public int Count => _back.Count + FrontCount;

    private int FrontCount => _front?.Count ?? 0;

    public T this[int index]
    {
        get
        {
            int front = FrontCount;
            return index < front ? _front![front - 1 - index] : _back[index - front];
        }
    }

    public T? Find(ReadOnlySpan<char> name)
    {
        if (_byName is not null)
            return _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out T? found) ? found : null;
        for (int i = 0; i < Count; i++)
        {
            if (name.SequenceEqual(this[i].Name))
                return this[i];
        }
        return null;
    }

    /// <summary>Adds at the end; false, and nothing changed, when the name is taken.</summary>
    public bool TryAdd(T item)
    {
        if (!TryIndex(item))
            return false;
        _back.Add(item);
        return true;
    }

    /// <summary>Adds before the first item; false, and nothing changed, when the name is taken.</summary>
    public bool TryAddFirst(T item)
    {
        if (!TryIndex(item))
            return false;
        (_front ??= []).Add(item);
        return true;
    }

    public T? Remove(string name)
    {
        if (Find(name) is not T item)
            return null;
        if (_front is null || !_front.Remove(item))
            _back.Remove(item);
        _byName?.Remove(name);
        return item;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryIndex(T item)
    {
        if (_byName is null && Count >= IndexFrom)
            _byName = this.ToDictionary(each => each.Name, StringComparer.Ordinal);
        if (_byName is not null)
            return _byName.TryAdd(item.Name, item);
        return Find(item.Name) is null;
    }
}
