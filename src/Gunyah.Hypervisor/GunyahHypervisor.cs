using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.HardwareInterrupts;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Inspection;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.MemoryExtents;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor;

/// <summary>
/// A Gunyah hypervisor. The machine makes one, lets it boot, writes what the root VM shall find into memory, starts the root
/// vCPU, and then runs every vCPU that <see cref="IPlatform.MakeRunnable"/> names.
/// </summary>
public sealed class GunyahHypervisor
{
    private readonly HypervisorOptions _options;
    private readonly HypervisorRooms _rooms;
    private Vcpu? _rootVcpu;

    /// <summary>Makes a hypervisor with nothing in it.</summary>
    /// <param name="options">Its memory and its manners.</param>
    /// <param name="platform">Time, entropy, scheduler, timers.</param>
    /// <param name="engines">Chooses what executes each VM, by the image that is started first in it.</param>
    /// <param name="events">Where everything observable goes.</param>
    /// <exception cref="ArgumentException">The memory, the counter or an interrupt of the options is not usable.</exception>
    public GunyahHypervisor(HypervisorOptions options, IPlatform platform, IVmEngineLoader engines, EventStream events)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(engines);
        ArgumentNullException.ThrowIfNull(events);
        if (!options.RootMemory.IsPageAligned || options.RootMemory.Size == 0
            || !options.PhysicalMemory.Any(range => range.Contains(options.RootMemory)))
            throw new ArgumentException("the root VM's memory is not a page-aligned part of one RAM range", nameof(options));
        if (options.CounterFrequency == 0)
            throw new ArgumentException("the system counter stands still", nameof(options));
        if (options.HardwareInterrupts.Any(static intid => intid is < InterruptIds.FirstSpi or > InterruptIds.LastSpi)
            || options.HardwareInterrupts.Distinct().Count() != options.HardwareInterrupts.Length)
            throw new ArgumentException("the hardware interrupts are not shared ones, each named once", nameof(options));
        _options = options;
        _rooms = new(options, platform, engines, events);
        _rooms.Open(_rooms.All);
        Inspection = new(_rooms.Context, _rooms.AddressSpaces.Vmids);
    }

    /// <summary>The machine's RAM, for the machine to put boot data into and to look at.</summary>
    public PhysicalMemory PhysicalMemory => _rooms.Physical;

    /// <summary>Counts and look-ups for the host.</summary>
    internal HypervisorInspection Inspection { get; }

    /// <summary>What it consists of.</summary>
    internal HypervisorRooms Rooms => _rooms;

    /// <summary>The root VM's vCPU.</summary>
    /// <exception cref="InvalidOperationException">Nothing has booted yet.</exception>
    internal Vcpu RootVcpu => _rootVcpu ?? throw new InvalidOperationException("the hypervisor has not booted");

    /// <summary>Makes the root VM: partition, spaces, interrupt controller, vCPU (off), memory. Once.</summary>
    /// <returns>What the root VM owns.</returns>
    /// <exception cref="InvalidOperationException">It booted already, or the heap is too small for the root VM.</exception>
    public BootEnvironment Boot()
    {
        if (_rootVcpu is not null)
            throw new InvalidOperationException("the hypervisor boots once");

        var partition = new Partition(_rooms.Context, _options.PartitionHeap);
        Require(partition.Activate(null));
        var space = Make(partition, CapabilitySpace.Footprint, _rooms.CapabilitySpaces.Make);
        Require(space.Configure((uint)_options.RootCapabilities));
        Require(space.Activate(null));
        CapId partitionCap = Name(space, partition);
        CapId spaceCap = Name(space, space);

        var addressSpace = Make(partition, AddressSpace.Footprint, _rooms.AddressSpaces.Make);
        Require(addressSpace.Configure(BootEnvironment.RootVmid));
        Require(addressSpace.Activate(null));
        var vic = Make(partition, Vic.Footprint, _rooms.Vics.Make);
        Require(vic.Configure(1, BootEnvironment.SharedInterrupts, 0, 0));
        Require(vic.Activate(null));
        _rootVcpu = MakeRootVcpu(partition, space, addressSpace, vic);

        var environment = new BootEnvironment(
            partitionCap, spaceCap, Name(space, addressSpace), Name(space, vic), Name(space, _rootVcpu), default, [],
            [.. _options.HardwareInterrupts.Select(intid => MakeInterrupt(partition, space, intid))]);
        ImmutableArray<(BootExtent Boot, MemoryExtent Extent)> extents =
            [.. _rooms.Physical.Ranges.Select(range => MakeExtent(partition, space, range))];
        return environment with
        {
            Extents = [.. extents.Select(extent => extent.Boot)],
            RootMemory = MakeRootMemory(partition, space, addressSpace, extents),
        };
    }

    /// <summary>
    /// Puts a device of the machine into the address space of a VM, whether there is one of that number yet or not; it stays
    /// there for every VM of that number. It is found where no memory is mapped. Call after boot and before the machine runs.
    /// </summary>
    /// <param name="vmid">The VM.</param>
    /// <param name="range">The guest addresses.</param>
    /// <param name="device">The device.</param>
    /// <param name="intid">The interrupt line of the board that it drives, one of
    /// <see cref="HypervisorOptions.HardwareInterrupts"/>; null for a device without one.</param>
    /// <returns>Its line; null where it has none.</returns>
    /// <exception cref="ArgumentException">The range is empty or wraps, another device of that VM is there, or the board has no
    /// such line, or another device drives it.</exception>
    /// <exception cref="InvalidOperationException">Nothing has booted yet.</exception>
    public DeviceLine? AttachDevice(ushort vmid, MemoryRange range, IDevice device, uint? intid = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (_rootVcpu is null)
            throw new InvalidOperationException("the hypervisor has not booted");
        if (range.Size == 0 || range.Wraps)
            throw new ArgumentException("a device needs a range of addresses", nameof(range));
        DeviceLine? line = null;
        if (intid is { } number)
        {
            HardwareInterrupt interrupt = _rooms.HardwareInterrupts.Find(number)
                ?? throw new ArgumentException("the board has no such interrupt line", nameof(intid));
            line = new(device, interrupt);
            if (!interrupt.TryWire(line))
                throw new ArgumentException("another device drives that interrupt line", nameof(intid));
        }

        return _rooms.Vcpus.Devices.TryAttach(vmid, range, device)
            ? line
            : throw new ArgumentException("another device is there", nameof(range));
    }

    /// <summary>The memory of a VM as a device of it reaches it, whether there is a VM of that number yet or not.</summary>
    /// <param name="vmid">The VM.</param>
    public DeviceMemory MemoryOf(ushort vmid) => new(vmid, _rooms.AddressSpaces.Vmids, _rooms.Map, _rooms.Physical);

    /// <summary>Powers the root vCPU on.</summary>
    /// <param name="entry">The guest address of its image, in the root VM's memory.</param>
    /// <param name="context">X0; by the arm64 boot protocol the address of the devicetree.</param>
    /// <exception cref="InvalidOperationException">It runs already or has been killed.</exception>
    public void StartRoot(ulong entry, ulong context) => Require(RootVcpu.Thread.PowerOn(null, new(entry, context)));

    private static void Require(GunyahError error)
    {
        if (error != GunyahError.Ok)
            throw new InvalidOperationException($"the root VM cannot be set up: {error}");
    }

    private static T Make<T>(Partition partition, ulong footprint, Func<IObjectHeap, T> make)
        where T : HypervisorObject =>
        partition.TryMake(footprint, make)
        ?? throw new InvalidOperationException("the partition heap is too small for the root VM");

    private static CapId Name(CapabilitySpace space, HypervisorObject named)
    {
        Require(space.AddMaster(named, out CapId cap));
        return cap;
    }

    private Vcpu MakeRootVcpu(Partition partition, CapabilitySpace space, AddressSpace addressSpace, Vic vic)
    {
        var vcpu = Make(partition, Vcpu.Footprint, _rooms.Vcpus.Make);
        Require(vcpu.Configure(Abi.Vcpus.VcpuOptions.Critical));
        Require(vcpu.Attach(space));
        Require(vcpu.Attach(addressSpace));
        Require(vcpu.Attach(vic, 0));
        Require(vcpu.Activate(null));
        return vcpu;
    }

    private BootInterrupt MakeInterrupt(Partition partition, CapabilitySpace space, uint intid)
    {
        HardwareInterrupt made = Make(
            partition, HardwareInterrupt.Footprint, from => _rooms.HardwareInterrupts.Make(from, intid));
        Require(made.Activate(null));
        return new(Name(space, made), intid);
    }

    private (BootExtent Boot, MemoryExtent Extent) MakeExtent(Partition partition, CapabilitySpace space, MemoryRange range)
    {
        _rooms.Map.Add(range, partition);
        var extent = Make(partition, MemoryExtent.Footprint, _rooms.MemoryExtents.Make);
        Require(extent.Configure(range, (uint)MemoryAccess.All));
        Require(extent.Activate(null));
        return (new(Name(space, extent), range), extent);
    }

    private BootExtent MakeRootMemory(
        Partition partition, CapabilitySpace space, AddressSpace addressSpace,
        ImmutableArray<(BootExtent Boot, MemoryExtent Extent)> extents)
    {
        MemoryRange range = _options.RootMemory;
        (BootExtent whole, MemoryExtent parent) = extents.First(extent => extent.Boot.Range.Contains(range));
        var extent = Make(partition, MemoryExtent.Footprint, _rooms.MemoryExtents.Make);
        Require(extent.ConfigureDerived(parent, range.Base - whole.Range.Base, range.Size, (uint)MemoryAccess.All));
        Require(extent.Activate(null));
        Require(extent.Map(null, addressSpace, range.Base, MapAttributes.NormalMemory(MemoryAccess.All)));
        return new(Name(space, extent), range);
    }
}
