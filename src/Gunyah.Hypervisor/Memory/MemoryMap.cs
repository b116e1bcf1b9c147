using System.Diagnostics;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Who owns which physical memory: every byte of RAM belongs to a partition or to one memory extent. Its lock also guards the
/// mappings of all extents, because what an extent maps depends on what it owns; messages and interrupts never take it.
/// </summary>
internal sealed class MemoryMap
{
    /// <summary>Without gaps inside a RAM range; neighbours of one owner are one entry.</summary>
    private AddressTree<Entry>? _entries;

    /// <summary>Guards this map, the mappings of extents and changes of page tables.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Gives RAM its first owner. Called at boot.</summary>
    public void Add(MemoryRange range, object owner) =>
        _entries = AddressTree<Entry>.Add(_entries, new(range, owner));

    /// <summary>Hands a range over, if all of it belongs to the giver. Call with <see cref="Gate"/> held.</summary>
    /// <returns>False, with nothing changed, if any byte of it is not the giver's.</returns>
    public bool TryTransfer(MemoryRange range, object from, object to)
    {
        Debug.Assert(Gate.IsHeldByCurrentThread, "ownership changes under the gate");
        // What is the giver's is one entry: neighbours of one owner were merged.
        if (range.Size == 0 || range.Wraps || AddressTree<Entry>.Find(_entries, range.Base) is not { } found
            || found.Value.Owner != from || !found.Value.Range.Contains(range))
            return false;

        MemoryRange whole = found.Value.Range;
        _entries = AddressTree<Entry>.Remove(_entries, whole.Base);
        if (whole.Base < range.Base)
            Add(new(whole.Base, range.Base - whole.Base), from);
        if (range.End < whole.End)
            Add(new(range.End, whole.End - range.End), from);
        Put(range, to);
        return true;
    }

    /// <summary>The parts of a range that belong to somebody. Call with <see cref="Gate"/> held.</summary>
    public List<MemoryRange> OwnedParts(MemoryRange range, object owner)
    {
        var parts = new List<MemoryRange>();
        for (ulong at = range.Base; AddressTree<Entry>.FirstAbove(_entries, at) is { } found;)
        {
            Entry entry = found.Value;
            if (entry.Range.Base >= range.End)
                break;
            at = entry.Range.End;
            if (entry.Owner != owner)
                continue;
            ulong start = Math.Max(entry.Range.Base, range.Base);
            parts.Add(new(start, Math.Min(entry.Range.End, range.End) - start));
        }

        return parts;
    }

    /// <summary>Adds a range where nothing is, as one with its neighbours of the same owner.</summary>
    private void Put(MemoryRange range, object owner)
    {
        if (range.Base > 0
            && AddressTree<Entry>.Find(_entries, range.Base - 1) is { } below && below.Value.Owner == owner)
        {
            _entries = AddressTree<Entry>.Remove(_entries, below.Value.Range.Base);
            range = new(below.Value.Range.Base, below.Value.Range.Size + range.Size);
        }

        if (AddressTree<Entry>.Find(_entries, range.End) is { } above && above.Value.Owner == owner)
        {
            _entries = AddressTree<Entry>.Remove(_entries, above.Value.Range.Base);
            range = new(range.Base, range.Size + above.Value.Range.Size);
        }

        Add(range, owner);
    }

    private readonly record struct Entry(MemoryRange Range, object Owner) : IAddressed
    {
        MemoryRange IAddressed.Addresses => Range;
    }
}
