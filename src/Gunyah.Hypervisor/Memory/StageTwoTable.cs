using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Memory;

/// <summary>A run of guest addresses that lead to a run of physical ones with one set of attributes.</summary>
/// <param name="Guest">The guest addresses.</param>
/// <param name="Physical">The physical address of the first.</param>
/// <param name="Attributes">The attribute word of addrspace_map.</param>
/// <param name="Extent">The extent that the mapping belongs to.</param>
internal readonly record struct StageTwoEntry(MemoryRange Guest, ulong Physical, ulong Attributes, HypervisorObject Extent)
    : IAddressed
{
    MemoryRange IAddressed.Addresses => Guest;

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
/// The translations of an address space. A change publishes a new tree, at the cost of what it touches; readers see the old or
/// the new one whole and take no lock. Changes are made under <see cref="MemoryMap.Gate"/>.
/// </summary>
internal sealed class StageTwoTable
{
    private AddressTree<StageTwoEntry>? _entries;
    private ulong _generation = 1;

    /// <summary>
    /// Another number after every change that took a translation away or made it another one; never 0. What is only added
    /// changes nothing. Read by engines whenever they like.
    /// </summary>
    public ref readonly ulong Generation => ref _generation;

    /// <summary>The entries at this moment.</summary>
    public AddressTree<StageTwoEntry>? Entries => Volatile.Read(ref _entries);

    /// <summary>Checks that the kernel of the guest may access a range, and copies nothing.</summary>
    /// <param name="entries">The translations.</param>
    /// <param name="address">The first address.</param>
    /// <param name="size">How many bytes; an access to none is always allowed.</param>
    /// <param name="needed">The access.</param>
    /// <param name="first">The entry of the first address, if all is well and there are bytes.</param>
    public static GunyahError Check(
        AddressTree<StageTwoEntry>? entries, ulong address, ulong size, MemoryAccess needed,
        out AddressTree<StageTwoEntry>? first)
    {
        first = null;
        ulong end = address + size;
        if (end < address)
            return GunyahError.AddressOverflow;

        for (ulong at = address; at < end;)
        {
            if (AddressTree<StageTwoEntry>.Find(entries, at) is not { } found)
                return GunyahError.AddressInvalid;
            if ((MapAttributes.KernelAccess(found.Value.Attributes) & needed) != needed)
                return GunyahError.Denied;
            first ??= found;
            at = found.Value.Guest.End;
        }

        return GunyahError.Ok;
    }

    /// <summary>After a change that calls for it, before the fence and the wait for those who use what was before.</summary>
    public ulong BeginGeneration()
    {
        ulong next = _generation + 1;
        Volatile.Write(ref _generation, next);
        return next;
    }

    /// <summary>Puts an entry over whatever was there.</summary>
    /// <returns>True if something was: it is to be recalled.</returns>
    public bool Overwrite(in StageTwoEntry added)
    {
        AddressTree<StageTwoEntry>? rest = Without(_entries, added.Guest, null);
        bool replaced = rest != _entries;
        Publish(Put(rest, added));
        return replaced;
    }

    /// <summary>Puts an entry only where nothing is mapped.</summary>
    public void FillHoles(in StageTwoEntry added)
    {
        AddressTree<StageTwoEntry>? next = _entries;
        ulong end = added.Guest.End;
        for (ulong at = added.Guest.Base; at < end;)
        {
            MemoryRange taken = AddressTree<StageTwoEntry>.FirstAbove(_entries, at)?.Value.Guest ?? new(end, 0);
            if (taken.Base > at)
                next = Put(next, added.Within(new(at, Math.Min(taken.Base, end) - at)));
            at = taken.End;
        }

        Publish(next);
    }

    /// <summary>Takes out what an extent maps inside a range.</summary>
    /// <returns>True if there was something: it is to be recalled.</returns>
    public bool Remove(MemoryRange guest, HypervisorObject extent)
    {
        AddressTree<StageTwoEntry>? rest = Without(_entries, guest, extent);
        bool removed = rest != _entries;
        Publish(rest);
        return removed;
    }

    /// <summary>Changes attributes and owner of what an extent maps inside a range.</summary>
    /// <returns>True if attributes are others now: what stood before is to be recalled.</returns>
    public bool Change(MemoryRange guest, HypervisorObject extent, Func<StageTwoEntry, StageTwoEntry> change)
    {
        AddressTree<StageTwoEntry>? next = Without(_entries, guest, extent);
        bool isOther = false;
        for (ulong at = guest.Base; AddressTree<StageTwoEntry>.FirstAbove(_entries, at) is { } found;)
        {
            if (found.Value.Guest.Base >= guest.End)
                break;
            if (found.Value.Extent == extent)
            {
                StageTwoEntry changed = change(found.Value.Within(guest));
                isOther |= changed.Attributes != found.Value.Attributes;
                next = Put(next, changed);
            }

            at = found.Value.Guest.End;
        }

        Publish(next);
        return isOther;
    }

    /// <summary>Takes out everything.</summary>
    /// <returns>True if there was something: it is to be recalled.</returns>
    public bool Clear()
    {
        bool removed = _entries is not null;
        Publish(null);
        return removed;
    }

    /// <summary>The entries without a range: of one extent, or of all.</summary>
    private static AddressTree<StageTwoEntry>? Without(
        AddressTree<StageTwoEntry>? entries, MemoryRange guest, HypervisorObject? extent)
    {
        AddressTree<StageTwoEntry>? rest = entries;
        for (ulong at = guest.Base; AddressTree<StageTwoEntry>.FirstAbove(entries, at) is { } found;)
        {
            StageTwoEntry entry = found.Value;
            if (entry.Guest.Base >= guest.End)
                break;
            at = entry.Guest.End;
            if (extent is not null && entry.Extent != extent)
                continue;
            rest = AddressTree<StageTwoEntry>.Remove(rest, entry.Guest.Base);
            if (entry.Guest.Base < guest.Base)
                rest = AddressTree<StageTwoEntry>.Add(
                    rest, entry.Within(new(entry.Guest.Base, guest.Base - entry.Guest.Base)));
            if (entry.Guest.End > guest.End)
                rest = AddressTree<StageTwoEntry>.Add(rest, entry.Within(new(guest.End, entry.Guest.End - guest.End)));
        }

        return rest;
    }

    /// <summary>Adds an entry where nothing is, as one with its neighbours where it continues them.</summary>
    private static AddressTree<StageTwoEntry> Put(AddressTree<StageTwoEntry>? entries, StageTwoEntry added)
    {
        if (added.Guest.Base > 0
            && AddressTree<StageTwoEntry>.Find(entries, added.Guest.Base - 1) is { } below && added.Continues(below.Value))
        {
            entries = AddressTree<StageTwoEntry>.Remove(entries, below.Value.Guest.Base);
            added = below.Value with { Guest = new(below.Value.Guest.Base, below.Value.Guest.Size + added.Guest.Size) };
        }

        if (AddressTree<StageTwoEntry>.Find(entries, added.Guest.End) is { } above && above.Value.Continues(added))
        {
            entries = AddressTree<StageTwoEntry>.Remove(entries, above.Value.Guest.Base);
            added = added with { Guest = new(added.Guest.Base, added.Guest.Size + above.Value.Guest.Size) };
        }

        return AddressTree<StageTwoEntry>.Add(entries, added);
    }

    private void Publish(AddressTree<StageTwoEntry>? entries) => Volatile.Write(ref _entries, entries);
}
