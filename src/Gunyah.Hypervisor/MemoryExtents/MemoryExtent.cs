using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.MemoryExtents;

/// <summary>
/// A basic memory extent: one range of physical memory that it took from its partition or from a parent extent, and up to
/// four mappings of it (gunyah-abi.md 4.6.3 to 4.6.5).
/// </summary>
internal sealed class MemoryExtent(
    HypervisorContext context, IObjectHeap heap, PhysicalMemory physical, MemoryMap map)
    : HypervisorObject(context, ObjectType.MemoryExtent, heap, Footprint), IMappedExtent
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 512;

    private const int MostMappings = 4;

    /// <summary>How much is zeroed before others may map: less than a millisecond's work.</summary>
    private const ulong ZeroedAtOnce = 1024 * 1024;

    /// <summary>Guarded, once active, by <see cref="MemoryMap.Gate"/>.</summary>
    private readonly List<Mapping> _mappings = [];
    private MemoryExtent? _parent;
    private ExtentAttributes _attributes;

    public MemoryRange Range { get; private set; }

    private object Giver => _parent is null ? Heap : _parent;

    /// <summary>memextent_configure: memory of the partition.</summary>
    public GunyahError Configure(MemoryRange range, uint attributeWord)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        if (range.Size == 0 || range.Wraps)
            return GunyahError.ArgumentInvalid;
        if (!range.IsPageAligned)
            return GunyahError.ArgumentAlignment;
        GunyahError error = ParseBasic(attributeWord, out ExtentAttributes attributes);
        if (error != GunyahError.Ok)
            return error;
        return Accept(null, range, attributes);
    }

    /// <summary>memextent_configure_derive: memory of an active parent, to which this extent keeps a reference.</summary>
    public GunyahError ConfigureDerived(MemoryExtent parent, ulong offset, ulong size, uint attributeWord)
    {
        MemoryExtent? replaced;
        using (EnterConfiguration())
        {
            if (State != ObjectState.Init)
                return GunyahError.ObjectState;
            if (size == 0)
                return GunyahError.ArgumentInvalid;
            if (offset > parent.Range.Size || size > parent.Range.Size - offset)
                return GunyahError.AddressInvalid;
            var range = new MemoryRange(parent.Range.Base + offset, size);
            if (!range.IsPageAligned)
                return GunyahError.ArgumentAlignment;
            GunyahError error = ParseBasic(attributeWord, out ExtentAttributes attributes);
            if (error != GunyahError.Ok)
                return error;
            ExtentAttributes limit = parent._attributes;
            if ((attributes.Access & ~limit.Access) != 0
                || (limit.MemoryType != ExtentMemoryType.Any && limit.MemoryType != attributes.MemoryType))
                return GunyahError.ArgumentInvalid;

            parent.Acquire();
            replaced = _parent;
            Accept(parent, range, attributes);
        }

        replaced?.Release();
        return GunyahError.Ok;
    }

    /// <summary>addrspace_map of the whole extent. What was mapped at these addresses before is replaced.</summary>
    public GunyahError Map(IEventActor? caller, AddressSpace space, ulong address, ulong attributes)
    {
        if (!Page.IsAligned(address))
            return GunyahError.ArgumentAlignment;
        if (!_attributes.Allows(attributes))
            return GunyahError.ArgumentInvalid;
        var guest = new MemoryRange(address, Range.Size);
        if (guest.Wraps)
            return GunyahError.AddressOverflow;

        lock (map.Gate)
        {
            int known = IndexOf(space, address);
            if (known < 0 && _mappings.Count == MostMappings)
                return GunyahError.MappingsFull;
            if (address >= GuestAddressSpace.End)
                return GunyahError.AddressInvalid;
            if (guest.End > GuestAddressSpace.End)
                return GunyahError.AddressOverflow;

            var mapping = new Mapping(space, address, attributes);
            if (known < 0)
                _mappings.Add(mapping);
            else
                _mappings[known] = mapping;
            space.AddExtent(this);
            bool replaced = false;
            foreach (MemoryRange part in map.OwnedParts(Range, this))
                replaced |= space.Table.Overwrite(mapping.Entry(part, this));
            if (replaced)
                space.Recall();
        }

        EmitMapping(caller, EventKind.MemoryMapped, space, guest);
        return GunyahError.Ok;
    }

    /// <summary>
    /// The partial forms of map (with attributes) and unmap or update (without): a basic extent has none, but the arguments
    /// are checked first (gunyah-abi.md 4.6.4, steps 3 to 9).
    /// </summary>
    public GunyahError RefusePartial(ulong address, ulong offset, ulong size, bool attributesAllowed)
    {
        if (!Page.IsAligned(address) || !Page.IsAligned(offset) || !Page.IsAligned(size))
            return GunyahError.ArgumentAlignment;
        if (size == 0 || offset > Range.Size || size > Range.Size - offset)
            return GunyahError.ArgumentSize;
        if (!attributesAllowed)
            return GunyahError.ArgumentInvalid;
        return new MemoryRange(address, size).Wraps ? GunyahError.AddressOverflow : GunyahError.ExtentType;
    }

    public bool Allows(ulong mapAttributes) => _attributes.Allows(mapAttributes);

    public bool AllowsAccess(ulong accessBits) => _attributes.AllowsAccess(accessBits);

    /// <summary>addrspace_unmap of the whole extent.</summary>
    public GunyahError Unmap(IEventActor? caller, AddressSpace space, ulong address)
    {
        if (!Page.IsAligned(address))
            return GunyahError.ArgumentAlignment;
        lock (map.Gate)
        {
            int index = IndexOf(space, address);
            if (index < 0)
                return MissingMapping;
            RemoveAt(index);
        }

        EmitMapping(caller, EventKind.MemoryUnmapped, space, new(address, Range.Size));
        return GunyahError.Ok;
    }

    /// <summary>addrspace_update_access of the whole extent.</summary>
    public GunyahError UpdateAccess(AddressSpace space, ulong address, ulong accessBits)
    {
        if (!Page.IsAligned(address))
            return GunyahError.ArgumentAlignment;
        if (!_attributes.AllowsAccess(accessBits))
            return GunyahError.ArgumentInvalid;
        lock (map.Gate)
        {
            int index = IndexOf(space, address);
            if (index < 0)
                return MissingMapping;
            Mapping mapping = _mappings[index];
            ulong attributes = (mapping.Attributes & ~MapAttributes.AccessBits(MemoryAccess.All)) | accessBits;
            _mappings[index] = mapping with { Attributes = attributes };
            if (space.Table.Change(mapping.Guest(Range), this, entry => entry with { Attributes = attributes }))
                space.Recall();
        }

        return GunyahError.Ok;
    }

    /// <summary>addrspace_lookup: what this extent maps at an address.</summary>
    public GunyahError Lookup(AddressSpace space, MemoryRange guest, out ulong offset, out ulong size, out ulong attributes)
    {
        offset = size = attributes = 0;
        if (guest.Size == 0)
            return GunyahError.ArgumentSize;
        if (guest.Wraps)
            return GunyahError.AddressOverflow;
        if (!guest.IsPageAligned)
            return GunyahError.ArgumentAlignment;

        if (AddressTree<StageTwoEntry>.Find(space.Table.Entries, guest.Base) is not { } entry)
            return GunyahError.AddressInvalid;
        if (entry.Value.Extent != this)
            return GunyahError.MemoryNotOwned;

        StageTwoEntry found = entry.Value.Within(guest);
        offset = found.Physical - Range.Base;
        size = found.Guest.Size;
        attributes = found.Attributes;
        return GunyahError.Ok;
    }

    /// <summary>memextent_modify.</summary>
    public GunyahError Modify(IEventActor? caller, ulong flags, ulong offset, ulong size)
    {
        bool noSync = (flags & ExtentModify.NoSync) != 0;
        switch (flags & 0xFF)
        {
            case ExtentModify.UnmapAll:
                UnmapAll(caller);
                return GunyahError.Ok;
            case ExtentModify.Zero or ExtentModify.CacheClean or ExtentModify.CacheFlush when noSync:
                return ModifyRange((flags & 0xFF) == ExtentModify.Zero, offset, size);
            case ExtentModify.SyncAll when !noSync:
                return GunyahError.Ok;
            default:
                return GunyahError.ArgumentInvalid;
        }
    }

    /// <inheritdoc/>
    public void Forget(AddressSpace space) => _mappings.RemoveAll(mapping => mapping.Space == space);

    private protected override GunyahError OnActivate()
    {
        if (Range.Size == 0)
            return GunyahError.ObjectConfig;
        lock (map.Gate)
        {
            if (!map.TryTransfer(Range, Giver, this))
                return GunyahError.MemoryNotOwned;
            if (_parent is not null)
                Inherit(_parent);
            return GunyahError.Ok;
        }
    }

    private protected override void OnDeactivate()
    {
        lock (map.Gate)
        {
            while (_mappings.Count > 0)
                RemoveAt(_mappings.Count - 1);
            bool returned = map.TryTransfer(Range, this, Giver);
            Debug.Assert(returned, "an extent without children owns its whole range");
            _parent?.MapAgain(Range);
        }
    }

    private protected override void OnDestroy() => _parent?.Release();

    /// <summary>Sparse extents take memory by donation, which is not built yet: docs/decisions/0202.</summary>
    private static GunyahError ParseBasic(uint word, out ExtentAttributes attributes)
    {
        GunyahError error = ExtentAttributes.Parse(word, out attributes);
        return error == GunyahError.Ok && attributes.IsSparse ? GunyahError.ArgumentInvalid : error;
    }

    private GunyahError MissingMapping =>
        Context.FollowsReference(Deviations.MissingMappingIsAddressInvalid)
        ? GunyahError.AddressInvalid : GunyahError.ArgumentInvalid;

    private GunyahError Accept(MemoryExtent? parent, MemoryRange range, ExtentAttributes attributes)
    {
        _parent = parent;
        Range = range;
        _attributes = attributes;
        return GunyahError.Ok;
    }

    /// <summary>The parent's mappings of this range become this extent's own, with no more access than it allows.</summary>
    private void Inherit(MemoryExtent parent)
    {
        foreach (Mapping mapping in parent._mappings)
        {
            ulong attributes = _attributes.Mask(mapping.Attributes);
            var inherited = new Mapping(mapping.Space, mapping.Address + (Range.Base - parent.Range.Base), attributes);
            _mappings.Add(inherited);
            mapping.Space.AddExtent(this);
            if (mapping.Space.Table.Change(inherited.Guest(Range), parent,
                entry => entry with { Attributes = attributes, Extent = this }))
                mapping.Space.Recall();
        }
    }

    /// <summary>
    /// A child gave a range back: what this extent maps shows it again, except where something else is mapped now.
    /// </summary>
    private void MapAgain(MemoryRange returned)
    {
        foreach (Mapping mapping in _mappings)
            mapping.Space.Table.FillHoles(mapping.Entry(returned, this));
    }

    private void UnmapAll(IEventActor? caller)
    {
        Mapping[] removed;
        lock (map.Gate)
        {
            removed = [.. _mappings];
            while (_mappings.Count > 0)
                RemoveAt(_mappings.Count - 1);
        }

        foreach (Mapping mapping in removed)
            EmitMapping(caller, EventKind.MemoryUnmapped, mapping.Space, mapping.Guest(Range));
    }

    private GunyahError ModifyRange(bool zero, ulong offset, ulong size)
    {
        if (_attributes.MemoryType == ExtentMemoryType.Device || !_attributes.Access.HasFlag(MemoryAccess.Write))
            return GunyahError.Denied;
        if (!Page.IsAligned(offset) || !Page.IsAligned(size))
            return GunyahError.ArgumentAlignment;
        if (size == 0)
            return GunyahError.ArgumentSize;
        if (offset > Range.Size || size > Range.Size - offset)
            return GunyahError.ArgumentInvalid;
        if (!zero)
            return GunyahError.Ok;

        for (ulong done = 0; done < size; done += ZeroedAtOnce)
            ZeroPiece(new(Range.Base + offset + done, Math.Min(size - done, ZeroedAtOnce)));
        return GunyahError.Ok;
    }

    /// <summary>
    /// Zeroes what the extent owns in a range. The call is as long as its caller's extent is large, as in the original; others
    /// wait for one piece of it at most.
    /// </summary>
    private void ZeroPiece(MemoryRange piece)
    {
        lock (map.Gate)
        {
            foreach (MemoryRange part in map.OwnedParts(piece, this))
                physical.TryZero(part);
        }
    }

    /// <summary>Takes a mapping out; when it returns nobody uses it any more.</summary>
    private void RemoveAt(int index)
    {
        Mapping mapping = _mappings[index];
        _mappings.RemoveAt(index);
        if (mapping.Space.Table.Remove(mapping.Guest(Range), this))
            mapping.Space.Recall();
        if (!_mappings.Exists(other => other.Space == mapping.Space))
            mapping.Space.RemoveExtent(this);
    }

    private int IndexOf(AddressSpace space, ulong address) =>
        _mappings.FindIndex(mapping => mapping.Space == space && mapping.Address == address);

    private void EmitMapping(IEventActor? caller, EventKind kind, AddressSpace space, MemoryRange guest)
    {
        if (Context.Events.Wants(kind))
            Context.Emit(caller, kind, new(space.Vmid, guest.Base, guest.Size, (ulong)Id));
    }

    /// <summary>One mapping of the whole extent: parts that children took are their mappings, not this one's.</summary>
    private readonly record struct Mapping(AddressSpace Space, ulong Address, ulong Attributes)
    {
        public MemoryRange Guest(MemoryRange physical) => new(Address, physical.Size);

        public StageTwoEntry Entry(MemoryRange part, MemoryExtent extent) =>
            new(new(Address + (part.Base - extent.Range.Base), part.Size), part.Base, Attributes, extent);
    }
}
