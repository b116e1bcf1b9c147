using System.Collections.Immutable;
using Gunyah.Abi.Events;
using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.HardwareInterrupts;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.MemoryExtents;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Partitions;
using Gunyah.Hypervisor.Rooms;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor;

/// <summary>The rooms of one hypervisor: those that boot needs by name, and the others (<see cref="OptionalRooms"/>).</summary>
internal sealed class HypervisorRooms
{
    public HypervisorRooms(HypervisorOptions options, IPlatform platform, IVmEngineLoader engines, EventStream events)
    {
        Context = new(options.Profile, platform, events);
        Physical = new(options.PhysicalMemory);
        CapabilitySpaces = new(Context, options.RandomizeCapabilityIds);
        AddressSpaces = new(Context, Map);
        MemoryExtents = new(Context, Physical, Map);
        Vics = new(Context);
        HardwareInterrupts = new(Context);
        Vcpus = new(Context, Physical, platform, engines, new(options.CounterFrequency));
        All =
        [
            CapabilitySpaces,
            AddressSpaces,
            MemoryExtents,
            Vics,
            HardwareInterrupts,
            Vcpus,
            new PartitionRoom(),
            new ObjectRoom(),
            .. OptionalRooms.Of(Context),
        ];
    }

    public HypervisorContext Context { get; }

    /// <summary>RAM, and whose it is.</summary>
    public PhysicalMemory Physical { get; }

    public MemoryMap Map { get; } = new();

    public CapabilitySpaceRoom CapabilitySpaces { get; }

    public AddressSpaceRoom AddressSpaces { get; }

    public MemoryExtentRoom MemoryExtents { get; }

    public VicRoom Vics { get; }

    public HardwareInterruptRoom HardwareInterrupts { get; }

    public VcpuRoom Vcpus { get; }

    /// <summary>Every room of this build.</summary>
    public ImmutableArray<IRoom> All { get; }

    /// <summary>Binds the calls of some rooms, and lets vCPUs call them.</summary>
    public void Open(IEnumerable<IRoom> rooms) => Vcpus.Open(new(Context, new(Context.Profile, rooms)));
}
