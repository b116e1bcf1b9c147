using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.CapabilitySpaces;

/// <summary>
/// A two-level table of capabilities (gunyah-abi.md 4.1). Look-ups take no lock; one lock guards which slots are
/// used, and each object's own lock the capabilities that name it.
/// </summary>
internal sealed class CapabilitySpace : HypervisorObject, ICapabilityTable
{
    public const int Tables = 232;
    public const int SlotsPerTable = 62;
    public const int MostCapabilities = Tables * SlotsPerTable;

    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 4096;
    private const ulong TableFootprint = 1024;

    private readonly Lock _allocation = new();
    private readonly Table?[] _tables = new Table?[Tables];
    private readonly CapabilityNumbering _numbering;
    private int _most;
    private int _used;

    public CapabilitySpace(HypervisorContext context, IObjectHeap heap, bool randomizes)
        : base(context, ObjectType.CapabilitySpace, heap, Footprint)
    {
        _numbering = randomizes
            ? CapabilityNumbering.Draw(context.Platform, context.FollowsReference(Deviations.CapabilityIdsAlias))
            : CapabilityNumbering.Plain;
    }

    /// <summary>Slots in use: valid, revoked and set aside.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Sets how many capabilities fit; the last value before activation counts.</summary>
    public GunyahError Configure(uint most)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        if (most > MostCapabilities)
            return GunyahError.ArgumentInvalid;
        _most = (int)most;
        return GunyahError.Ok;
    }

    public CapId IdOf(Capability cap) => _numbering.Encode(cap.Slot);

    /// <inheritdoc/>
    public GunyahError Resolve(CapId id, ObjectRights needs, CapabilityLookup lookup, out HypervisorObject? found)
    {
        GunyahError error = Look(id, needs, lookup, out HypervisorObject? named, out bool typeFits);
        found = null;
        if (error != GunyahError.Ok)
            return error;
        if (!named!.TryAcquire())
            return GunyahError.CapNull;
        if (!typeFits)
        {
            named.Release();
            return GunyahError.WrongObjectType;
        }

        found = named;
        return GunyahError.Ok;
    }

    /// <inheritdoc/>
    public GunyahError Peek(CapId id, ObjectRights needs, CapabilityLookup lookup, out HypervisorObject? found)
    {
        GunyahError error = Look(id, needs, lookup, out found, out bool typeFits);
        if (error == GunyahError.Ok && !typeFits)
            error = GunyahError.WrongObjectType;
        if (error != GunyahError.Ok)
            found = null;
        return error;
    }

    /// <inheritdoc/>
    public GunyahError AddMaster(HypervisorObject created, out CapId id)
    {
        GunyahError error = Reserve(out Capability? slot);
        id = CapId.Invalid;
        if (error != GunyahError.Ok)
            return error;
        created.Capabilities.AddMaster(slot!);
        id = IdOf(slot!);
        return GunyahError.Ok;
    }

    /// <summary>
    /// Copies a capability into another space. The target's room is looked at before the source (gunyah-abi.md 4.1.5).
    /// </summary>
    public GunyahError CopyTo(CapabilitySpace target, CapId source, uint rightsMask, out CapId copy)
    {
        copy = default;
        GunyahError error = target.Reserve(out Capability? slot);
        if (error != GunyahError.Ok)
            return error;

        error = CopyInto(slot!, source, rightsMask);
        if (error == GunyahError.Ok)
        {
            copy = target.IdOf(slot!);
        }
        else
        {
            slot!.TryLeave(CapabilityState.Reserved, CapabilityState.Deleted);
            target.Free(slot);
        }

        return error;
    }

    /// <summary>Empties a slot, valid or revoked. With an object's last capability its reference goes.</summary>
    public GunyahError Delete(CapId id)
    {
        GunyahError error = Find(id, out Capability? cap);
        return error switch
        {
            GunyahError.Ok => DeleteValid(cap!),
            GunyahError.CapRevoked => DeleteRevoked(cap!),
            _ => error,
        };
    }

    /// <summary>Revokes every capability of an object but its master, in every space.</summary>
    public GunyahError RevokeCopies(CapId master)
    {
        GunyahError error = Find(master, out Capability? cap);
        if (error != GunyahError.Ok)
            return error;
        if (!cap!.IsMaster)
            return GunyahError.InsufficientRights;
        return cap.Object is { } named && named.Capabilities.TryRevokeCopies(cap) ? GunyahError.Ok : GunyahError.Busy;
    }

    /// <summary>Every used slot at this moment, for inspection.</summary>
    public IEnumerable<Capability> Snapshot()
    {
        foreach (Table? table in _tables)
        {
            if (table is null)
                continue;
            foreach (Capability? cap in table.Slots)
            {
                if (cap is { State: CapabilityState.Valid or CapabilityState.Revoked })
                    yield return cap;
            }
        }
    }

    private protected override GunyahError OnActivate() => _most == 0 ? GunyahError.ObjectConfig : GunyahError.Ok;

    private protected override void OnDeactivate()
    {
        foreach (Capability cap in Snapshot())
        {
            // A revocation may turn it from valid to revoked under our hands, but only once.
            GunyahError error = cap.State == CapabilityState.Valid ? DeleteValid(cap) : DeleteRevoked(cap);
            if (error == GunyahError.Busy)
                DeleteRevoked(cap);
        }

        Debug.Assert(_used == 0, "a space that is destroyed holds nothing");
    }

    /// <summary>The checks of a look-up up to the reference, before which the type does not count for a generic one.</summary>
    private GunyahError Look(
        CapId id, ObjectRights needs, CapabilityLookup lookup, out HypervisorObject? named, out bool typeFits)
    {
        named = null;
        typeFits = false;
        GunyahError error = Find(id, out Capability? cap);
        if (error != GunyahError.Ok)
            return error;

        named = cap!.Object;
        if (named is null)
            return cap.State == CapabilityState.Revoked ? GunyahError.CapRevoked : GunyahError.CapNull;

        typeFits = needs.Type == ObjectType.Any || named.Type == needs.Type;
        if (lookup != CapabilityLookup.Generic && !typeFits)
            return GunyahError.WrongObjectType;
        if ((cap.Rights & needs.Bits) != needs.Bits)
            return GunyahError.InsufficientRights;
        return lookup == CapabilityLookup.Active && named.State is ObjectState.Init or ObjectState.Failed
            ? GunyahError.ObjectState : GunyahError.Ok;
    }

    private GunyahError CopyInto(Capability slot, CapId source, uint rightsMask)
    {
        GunyahError error = Find(source, out Capability? cap);
        if (error != GunyahError.Ok)
            return error;
        uint rights = cap!.Rights & rightsMask;
        if (rights == 0)
            return GunyahError.InsufficientRights;
        return cap.Object is { } named && named.Capabilities.TryAddCopy(cap, slot, rights) ? GunyahError.Ok : GunyahError.Busy;
    }

    private GunyahError DeleteValid(Capability cap)
    {
        if (cap.Object is not { } named || !named.Capabilities.TryRemove(cap, out bool wasLast))
            return GunyahError.Busy;
        Free(cap);
        if (wasLast)
            named.Release();
        return GunyahError.Ok;
    }

    private GunyahError DeleteRevoked(Capability cap)
    {
        if (!cap.TryLeave(CapabilityState.Revoked, CapabilityState.Deleted))
            return GunyahError.Busy;
        Free(cap);
        return GunyahError.Ok;
    }

    /// <summary>Slot content by number: undecodable 1, empty 50, revoked 51 (with the capability).</summary>
    private GunyahError Find(CapId id, out Capability? cap)
    {
        cap = null;
        if (!_numbering.TryDecode(id, out int value))
            return GunyahError.ArgumentInvalid;
        int table = value >> 8;
        int slot = value & 0xFF;
        if (table >= Tables || slot >= SlotsPerTable)
            return GunyahError.ArgumentInvalid;

        cap = Volatile.Read(ref _tables[table]) is { } used ? Volatile.Read(ref used.Slots[slot]) : null;
        return cap?.State switch
        {
            CapabilityState.Valid => GunyahError.Ok,
            CapabilityState.Revoked => GunyahError.CapRevoked,
            _ => GunyahError.CapNull,
        };
    }

    /// <summary>Sets the lowest free slot aside.</summary>
    private GunyahError Reserve(out Capability? reserved)
    {
        reserved = null;
        lock (_allocation)
        {
            if (_used >= _most)
                return GunyahError.CapabilitySpaceFull;

            int index = Array.FindIndex(_tables, table => table is { Used: < SlotsPerTable });
            if (index < 0)
            {
                if (!Heap.TryCharge(TableFootprint))
                    return GunyahError.NoMemory;
                index = Array.IndexOf(_tables, null);
                Volatile.Write(ref _tables[index], new Table());
            }

            Table table = _tables[index]!;
            int slot = Array.IndexOf(table.Slots, null);
            reserved = new Capability((index << 8) | slot);
            Volatile.Write(ref table.Slots[slot], reserved);
            table.Used++;
            _used++;
            return GunyahError.Ok;
        }
    }

    private void Free(Capability cap)
    {
        lock (_allocation)
        {
            int index = cap.Slot >> 8;
            Table table = _tables[index]!;
            Volatile.Write(ref table.Slots[cap.Slot & 0xFF], null);
            table.Used--;
            _used--;
            if (table.Used > 0)
                return;
            Volatile.Write(ref _tables[index], null);
        }

        Heap.Refund(TableFootprint);
    }

    private sealed class Table
    {
        public Capability?[] Slots { get; } = new Capability?[SlotsPerTable];

        public int Used { get; set; }
    }
}
