using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>A run of guest addresses that lead to a run of physical ones with one set of attributes.</summary>
/// <param name="Guest">The guest addresses.</param>
/// <param name="Physical">The physical address of the first.</param>
/// <param name="Attributes">The attribute word of addrspace_map.</param>
/// <param name="Extent">The extent that the mapping belongs to.</param>
internal readonly record struct StageTwoEntry(MemoryRange Guest, ulong Physical, ulong Attributes, MemoryExtent Extent)
{
    /// <summary>The part of this entry inside other guest addresses, which it must overlap.</summary>
    public StageTwoEntry Within(MemoryRange guest)
    {
        ulong start = Math.Max(Guest.Base, guest.Base);
        ulong end = Math.Min(Guest.End, guest.End);
        return this with { Guest = new(start, end - start), Physical = Physical + (start - Guest.Base) };
    }

    public bool Continues(in StageTwoEntry below) =>
        below.Guest.End == Guest.Base
        && below.Physical + below.Guest.Size == Physical
        && below.Attributes == Attributes
        && below.Extent == Extent;
}

/// <summary>
/// The translations of an address space. A change publishes a new table; readers see the old or the new one whole and take
/// no lock. Changes are made under <see cref="MemoryMap.Gate"/>.
/// </summary>
internal sealed class StageTwoTable
{
    private StageTwoEntry[] _entries = [];

    /// <summary>The entries at this moment: sorted, not overlapping.</summary>
    public ReadOnlySpan<StageTwoEntry> Entries => Volatile.Read(ref _entries);

    /// <summary>Checks that the kernel of the guest may access a range, and copies nothing.</summary>
    public static GunyahError Check(ReadOnlySpan<StageTwoEntry> entries, ulong address, ulong size, MemoryAccess needed)
    {
        if (address + size < address)
            return GunyahError.AddressOverflow;

        ulong end = address + size;
        for (int i = IndexOf(entries, address); address < end; i++)
        {
            if ((uint)i >= (uint)entries.Length || !entries[i].Guest.Contains(address, 1))
                return GunyahError.AddressInvalid;
            if ((MapAttributes.KernelAccess(entries[i].Attributes) & needed) != needed)
                return GunyahError.Denied;
            address = entries[i].Guest.End;
        }

        return GunyahError.Ok;
    }

    /// <summary>The last entry that begins at or below an address; −1 if none does.</summary>
    public static int IndexOf(ReadOnlySpan<StageTwoEntry> entries, ulong address)
    {
        int low = 0;
        int high = entries.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (entries[middle].Guest.Base <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    /// <summary>Puts an entry over whatever was there.</summary>
    public void Overwrite(in StageTwoEntry added)
    {
        List<StageTwoEntry> next = Without(added.Guest, null);
        next.Add(added);
        Publish(next);
    }

    /// <summary>Puts an entry only where nothing is mapped.</summary>
    public void FillHoles(in StageTwoEntry added)
    {
        var next = new List<StageTwoEntry>(_entries);
        ulong position = added.Guest.Base;
        foreach (StageTwoEntry entry in _entries)
        {
            if (!entry.Guest.Overlaps(added.Guest))
                continue;
            if (entry.Guest.Base > position)
                next.Add(added.Within(new(position, entry.Guest.Base - position)));
            position = entry.Guest.End;
        }

        if (position < added.Guest.End)
            next.Add(added.Within(new(position, added.Guest.End - position)));
        Publish(next);
    }

    /// <summary>Takes out what an extent maps inside a range.</summary>
    public void Remove(MemoryRange guest, MemoryExtent extent) => Publish(Without(guest, extent));

    /// <summary>Changes what an extent maps inside a range.</summary>
    public void Change(MemoryRange guest, MemoryExtent extent, Func<StageTwoEntry, StageTwoEntry> change)
    {
        List<StageTwoEntry> next = Without(guest, extent);
        foreach (StageTwoEntry entry in _entries)
        {
            if (entry.Extent == extent && entry.Guest.Overlaps(guest))
                next.Add(change(entry.Within(guest)));
        }

        Publish(next);
    }

    public void Clear() => Volatile.Write(ref _entries, []);

    /// <summary>The entries without a range: of one extent, or of all.</summary>
    private List<StageTwoEntry> Without(MemoryRange guest, MemoryExtent? extent)
    {
        var rest = new List<StageTwoEntry>(_entries.Length + 2);
        foreach (StageTwoEntry entry in _entries)
        {
            if (!entry.Guest.Overlaps(guest) || (extent is not null && entry.Extent != extent))
            {
                rest.Add(entry);
                continue;
            }

            if (entry.Guest.Base < guest.Base)
                rest.Add(entry.Within(new(entry.Guest.Base, guest.Base - entry.Guest.Base)));
            if (entry.Guest.End > guest.End)
                rest.Add(entry.Within(new(guest.End, entry.Guest.End - guest.End)));
        }

        return rest;
    }

    private void Publish(List<StageTwoEntry> entries)
    {
        entries.Sort((a, b) => a.Guest.Base.CompareTo(b.Guest.Base));
        var merged = new List<StageTwoEntry>(entries.Count);
        foreach (StageTwoEntry entry in entries)
        {
            if (merged.Count > 0 && entry.Continues(merged[^1]))
                merged[^1] = merged[^1] with { Guest = new(merged[^1].Guest.Base, merged[^1].Guest.Size + entry.Guest.Size) };
            else
                merged.Add(entry);
        }

        Volatile.Write(ref _entries, [.. merged]);
    }
}
