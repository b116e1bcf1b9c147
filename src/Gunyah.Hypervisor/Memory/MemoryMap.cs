using System.Diagnostics;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Who owns which physical memory: every byte of RAM belongs to a partition or to one memory extent. Its lock also guards the
/// mappings of all extents, because what an extent maps depends on what it owns; messages and interrupts never take it.
/// </summary>
internal sealed class MemoryMap
{
    /// <summary>Sorted, without gaps inside a RAM range; neighbours of one owner are one entry.</summary>
    private readonly List<Entry> _entries = [];

    /// <summary>Guards this map, the mappings of extents and changes of page tables.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gives RAM its first owner. Called at boot, in ascending order.</summary>
    public void Add(MemoryRange range, HypervisorObject owner) => _entries.Add(new(range, owner));

    /// <summary>Hands a range over, if all of it belongs to the giver. Call with <see cref="Gate"/> held.</summary>
    /// <returns>False, with nothing changed, if any byte of it is not the giver's.</returns>
    public bool TryTransfer(MemoryRange range, HypervisorObject from, HypervisorObject to)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "ownership changes under the gate");
        if (range.Size == 0 || range.Wraps || !IsOwnedBy(range, from))
            return false;

        // What is the giver's is one run of entries: neighbours of one owner were merged, so it is one entry.
        int index = IndexOf(range.Base);
        Entry whole = _entries[index];
        _entries.RemoveAt(index);
        int next = index;
        if (whole.Range.Base < range.Base)
            _entries.Insert(next++, new(new(whole.Range.Base, range.Base - whole.Range.Base), from));
        _entries.Insert(next, new(range, to));
        if (range.End < whole.Range.End)
            _entries.Insert(next + 1, new(new(range.End, whole.Range.End - range.End), from));
        MergeAround(next);
        AssertInvariants();
        return true;
    }

    /// <summary>The parts of a range that belong to somebody. Call with <see cref="Gate"/> held.</summary>
    public List<MemoryRange> OwnedParts(MemoryRange range, HypervisorObject owner)
    {
        var parts = new List<MemoryRange>();
        for (int i = Math.Max(IndexOf(range.Base), 0); i < _entries.Count && _entries[i].Range.Base < range.End; i++)
        {
            Entry entry = _entries[i];
            if (entry.Owner != owner || !entry.Range.Overlaps(range))
                continue;
            ulong start = Math.Max(entry.Range.Base, range.Base);
            parts.Add(new(start, Math.Min(entry.Range.End, range.End) - start));
        }

        return parts;
    }

    private bool IsOwnedBy(MemoryRange range, HypervisorObject owner)
    {
        int index = IndexOf(range.Base);
        return index >= 0 && _entries[index].Owner == owner && _entries[index].Range.Contains(range);
    }

    /// <summary>The last entry that begins at or below an address; −1 if none does.</summary>
    private int IndexOf(ulong address)
    {
        int low = 0;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].Range.Base <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private void MergeAround(int index)
    {
        if (index + 1 < _entries.Count)
            TryMerge(index);
        if (index > 0)
            TryMerge(index - 1);
    }

    private void TryMerge(int index)
    {
        Entry a = _entries[index];
        Entry b = _entries[index + 1];
        if (a.Owner != b.Owner || a.Range.End != b.Range.Base)
            return;
        _entries[index] = new(new(a.Range.Base, a.Range.Size + b.Range.Size), a.Owner);
        _entries.RemoveAt(index + 1);
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        for (int i = 1; i < _entries.Count; i++)
        {
            Entry below = _entries[i - 1];
            Entry entry = _entries[i];
            Debug.Assert(below.Range.End <= entry.Range.Base, "entries are sorted and do not overlap");
            Debug.Assert(below.Range.End < entry.Range.Base || below.Owner != entry.Owner,
                "neighbours of one owner are one entry");
        }
    }

    private readonly record struct Entry(MemoryRange Range, HypervisorObject Owner);
}
