using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.AddressSpaces;

/// <summary>The guest-physical addresses of one VM (gunyah-abi.md 4.6).</summary>
internal sealed class AddressSpace(HypervisorContext context, IObjectHeap heap, MemoryMap map, VmidTable vmids)
    : HypervisorObject(context, ObjectType.AddressSpace, heap, Footprint)
{
    /// <summary>What the object is charged for.</summary>
    public const ulong Footprint = 8192;

    private readonly Lock _threads = new();
    private readonly IAddressSpaceUser?[] _attached = new IAddressSpaceUser?[VcpuLimits.MaxVcpus];

    private IVmEngine? _engine;

    /// <summary>Extents with a mapping here; guarded by <see cref="MemoryMap.Gate"/>.</summary>
    private readonly HashSet<IMappedExtent> _extents = [];

    public ushort Vmid { get; private set; }

    /// <summary>What executes the VM; null until its first vCPU starts.</summary>
    public IVmEngine? Engine => Volatile.Read(ref _engine);

    public StageTwoTable Table { get; } = new();

    /// <summary>Frames of the hypervisor's own devices that were placed here.</summary>
    public VirtualDeviceMap Devices { get; } = new();

    /// <summary>Pages mapped at this moment.</summary>
    public ulong MappedPages
    {
        get
        {
            ulong bytes = 0;
            AddressTree<StageTwoEntry>? entries = Table.Entries;
            for (ulong at = 0; AddressTree<StageTwoEntry>.FirstAbove(entries, at) is { } found; at = found.Value.Guest.End)
                bytes += found.Value.Guest.Size;
            return bytes / Page.Size;
        }
    }

    public GunyahError Configure(ushort vmid)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        if (vmid is 0 or >= VmidTable.Count)
            return GunyahError.ArgumentInvalid;
        Vmid = vmid;
        return GunyahError.Ok;
    }

    /// <summary>Makes the VM the one whose vCPUs may have the HLOS option.</summary>
    /// <returns>False if another VM is that already.</returns>
    public bool TryTakeHlos() => vmids.TryTakeHlos(this);

    /// <summary>Decides what executes the VM, unless that is decided.</summary>
    /// <returns>What does.</returns>
    public IVmEngine Decide(IVmEngine engine) => Interlocked.CompareExchange(ref _engine, engine, null) ?? engine;

    /// <summary>Takes one of the places for threads.</summary>
    public bool TryAttach(IAddressSpaceUser vcpu)
    {
        lock (_threads)
        {
            int free = Array.IndexOf(_attached, null);
            if (free < 0)
                return false;
            _attached[free] = vcpu;
            return true;
        }
    }

    public void Detach(IAddressSpaceUser vcpu)
    {
        lock (_threads)
        {
            int index = Array.IndexOf(_attached, vcpu);
            if (index >= 0)
                _attached[index] = null;
        }
    }

    /// <summary>The attached vCPUs at this moment, for inspection.</summary>
    public IAddressSpaceUser[] Users()
    {
        lock (_threads)
            return [.. _attached.OfType<IAddressSpaceUser>()];
    }

    /// <summary>
    /// Returns when no vCPU uses a translation from before the last change any more: a TLB invalidation, and the wait for it.
    /// Call with <see cref="MemoryMap.Gate"/> held, before the memory goes to anybody else: another change must not hand on
    /// what this one still waits for. Whom it waits for never waits itself: a copy takes no lock, and an engine in a slice none
    /// that is held across the gate; a vCPU in a call, the caller's own too, has left its slice.
    /// </summary>
    public void Recall()
    {
        Debug.Assert(map.Gate.IsHeldByCurrentThread, "memory changes under the gate");
        ulong generation = Table.BeginGeneration();
        lock (_threads)
        {
            if (Array.TrueForAll(_attached, static vcpu => vcpu is null))
                return;
            GuestMemory.FenceAll();
            foreach (IAddressSpaceUser? vcpu in _attached)
            {
                vcpu?.Memory.WaitUntilIdle();
                vcpu?.Memory.Pages.WaitForRecall(generation);
            }
        }
    }

    public void AddExtent(IMappedExtent extent) => _extents.Add(extent);

    public void RemoveExtent(IMappedExtent extent) => _extents.Remove(extent);

    private protected override GunyahError OnActivate() =>
        vmids.TryTake(Vmid, this) ? GunyahError.Ok : GunyahError.Busy;

    private protected override void OnDeactivate()
    {
        lock (map.Gate)
        {
            foreach (IMappedExtent extent in _extents)
                extent.Forget(this);
            _extents.Clear();
            if (Table.Clear())
                Recall();
        }

        Devices.Clear();
        vmids.Free(this);
    }
}
