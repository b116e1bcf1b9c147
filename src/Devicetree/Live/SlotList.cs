using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Live;

/// <summary>
/// What a <see cref="SlotList{T}"/> holds: something with a name that can be deleted and come back in the same place.
/// </summary>
public abstract class Slot<T>
    where T : Slot<T>
{
    private LabelList? _labels;

    private protected Slot(string name) => Name = name;

    /// <summary>The name; empty for a root.</summary>
    public string Name { get; }

    /// <summary>Its labels that are not deleted, the newest first.</summary>
    public IEnumerable<Label> LiveLabels => HasLabels ? Labels.Live : [];

    /// <summary>Its labels, deleted ones too, the newest first.</summary>
    internal LabelList Labels => _labels ??= new LabelList();

    /// <summary>True when it has or had labels; asking so costs nothing where there are none.</summary>
    internal bool HasLabels => _labels is { Count: > 0 };

    /// <summary>True after a deletion, until the same name is set again.</summary>
    public bool Deleted { get; internal set; }

    /// <summary>The next item of the same name in the same list.</summary>
    internal T? NextSameName { get; set; }
}

/// <summary>
/// Properties or children as dtc keeps them: deleting leaves the place, and the same name may stand several times until checks
/// refuse it (devicetree.md 1.7).
/// </summary>
internal sealed class SlotList<T> : IReadOnlyList<T>
    where T : Slot<T>
{
    /// <summary>Up to here a linear search is as fast as a dictionary and costs no memory; most nodes stay below.</summary>
    private const int IndexFrom = 16;

    private const int FirstSize = 4;

    private T[] _items = [];
    private Dictionary<string, (T First, T Last)>? _byName;

    internal SlotList()
    {
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public T this[int index] => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>All items, deleted ones too, in order.</summary>
    public SlotList<T> All => this;

    /// <summary>The items that are not deleted, in order.</summary>
    public LiveSlots<T> Live => new(this);

    /// <summary>The items as memory.</summary>
    internal ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    internal void Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(FirstSize, 2 * Count));
        if (_byName is null && Count >= IndexFrom)
            MakeIndex();
        if (_byName is not null)
            Index(item);
        else if (LastOf(item.Name) is T last)
            last.NextSameName = item;
        _items[Count++] = item;
    }

    /// <summary>
    /// Makes the items of a name, which are all deleted, be found no more. Else each one that is deleted and comes back would be
    /// asked for ever.
    /// </summary>
    internal void Forget(string name) => _byName?.Remove(name);

    /// <summary>The first item of a name, deleted or not.</summary>
    public bool TryGetFirst(string name, [NotNullWhen(true)] out T? first)
    {
        if (_byName is null)
        {
            first = FirstOf(name);
            return first is not null;
        }
        bool found = _byName.TryGetValue(name, out (T First, T Last) same);
        first = same.First;
        return found;
    }

    /// <summary>The first item of a name that is not deleted.</summary>
    public T? FindLive(ReadOnlySpan<char> name)
    {
        T? item = _byName is null ? FirstOf(name)
            : _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out (T First, T Last) same) ? same.First : null;
        while (item is { Deleted: true })
            item = item.NextSameName;
        return item;
    }

    /// <summary>Goes through all items, deleted ones too. Allocates nothing.</summary>
    public LiveSlots<T>.Enumerator GetEnumerator() => new(this, withDeleted: true);

    IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        foreach (T item in this)
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <summary>Sorts by name, byte by byte; deleted items too. The order of the same name stays.</summary>
    internal void Sort()
    {
        T[] sorted = [.. this.OrderBy(item => item.Name, StringComparer.Ordinal)];
        sorted.CopyTo(_items, 0);
    }

    /// <summary>True when the last item of a name is deleted: another deletion of it would say nothing new.</summary>
    internal bool EndsDeleted(string name) =>
        _byName is null ? LastOf(name) is { Deleted: true } : _byName.TryGetValue(name, out (T First, T Last) same)
        && same.Last.Deleted;

    private T? FirstOf(ReadOnlySpan<char> name)
    {
        foreach (T item in Items)
        {
            if (name.SequenceEqual(item.Name))
                return item;
        }
        return null;
    }

    private T? LastOf(string name)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (_items[i].Name == name)
                return _items[i];
        }
        return null;
    }

    private void MakeIndex()
    {
        _byName = new(2 * IndexFrom, StringComparer.Ordinal);
        foreach (T item in Items)
            Index(item);
    }

    private void Index(T item)
    {
        if (_byName!.TryGetValue(item.Name, out (T First, T Last) same))
        {
            same.Last.NextSameName = item;
            _byName[item.Name] = (same.First, item);
        }
        else
        {
            _byName.Add(item.Name, (item, item));
        }
    }
}

/// <summary>The items of a list that are not deleted, in order. Going through them allocates nothing.</summary>
/// <param name="list">The list.</param>
internal readonly struct LiveSlots<T>(SlotList<T> list) : IEnumerable<T>
    where T : Slot<T>
{
    /// <summary>Goes through the items. What is added meanwhile is seen, what is deleted before its turn is not.</summary>
    public Enumerator GetEnumerator() => new(list, withDeleted: false);

    IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        foreach (T item in this)
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <summary>A place in the list.</summary>
    public struct Enumerator
    {
        /// <summary>Null in the default value, which is the list of nothing.</summary>
        private readonly SlotList<T>? _list;
        private readonly bool _withDeleted;
        private int _at;

        internal Enumerator(SlotList<T>? list, bool withDeleted)
        {
            _list = list;
            _withDeleted = withDeleted;
            _at = -1;
        }

        /// <summary>The item.</summary>
        public readonly T Current => _list![_at];

        /// <summary>Goes to the next item; false at the end.</summary>
        public bool MoveNext()
        {
            while (_list is not null && ++_at < _list.Count)
            {
                if (_withDeleted || !_list[_at].Deleted)
                    return true;
            }
            return false;
        }
    }
}
