using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Live;

/// <summary>What a <see cref="SlotList{T}"/> holds: something with a name that can be deleted and come back in the same place.</summary>
public abstract class Slot<T>
    where T : Slot<T>
{
    private protected Slot(string name) => Name = name;

    /// <summary>The name; empty for a root.</summary>
    public string Name { get; }

    /// <summary>True after a deletion, until the same name is set again.</summary>
    public bool Deleted { get; internal set; }

    /// <summary>The next item of the same name in the same list.</summary>
    internal T? NextSameName { get; set; }
}

/// <summary>
/// Properties or children as dtc keeps them: deleting leaves the place, and the same name may stand several times until checks refuse
/// it (reference 1.7).
/// </summary>
public sealed class SlotList<T>
    where T : Slot<T>
{
    private readonly List<T> _items = [];
    private readonly Dictionary<string, (T First, T Last)> _byName = new(StringComparer.Ordinal);

    /// <summary>All items, deleted ones too, in order.</summary>
    public IReadOnlyList<T> All => _items;

    /// <summary>The items that are not deleted, in order.</summary>
    public IEnumerable<T> Live => _items.Where(item => !item.Deleted);

    internal SlotList()
    {
    }

    internal void Add(T item)
    {
        _items.Add(item);
        if (_byName.TryGetValue(item.Name, out (T First, T Last) same))
        {
            same.Last.NextSameName = item;
            _byName[item.Name] = (same.First, item);
        }
        else
        {
            _byName.Add(item.Name, (item, item));
        }
    }

    /// <summary>The first item of a name, deleted or not.</summary>
    public bool TryGetFirst(string name, [NotNullWhen(true)] out T? first)
    {
        bool found = _byName.TryGetValue(name, out (T First, T Last) same);
        first = same.First;
        return found;
    }

    /// <summary>The first item of a name that is not deleted.</summary>
    public T? FindLive(ReadOnlySpan<char> name)
    {
        T? item = _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out (T First, T Last) same) ? same.First : null;
        while (item is { Deleted: true })
            item = item.NextSameName;
        return item;
    }

    /// <summary>Sorts by name, byte by byte; deleted items too. The order of the same name stays.</summary>
    internal void Sort()
    {
        T[] sorted = [.. _items.OrderBy(item => item.Name, StringComparer.Ordinal)];
        _items.Clear();
        _items.AddRange(sorted);
    }

    /// <summary>True when the last item of a name is deleted: another deletion of it would say nothing new.</summary>
    internal bool EndsDeleted(string name) => _byName.TryGetValue(name, out (T First, T Last) same) && same.Last.Deleted;
}
