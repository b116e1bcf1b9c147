using System.Collections.Immutable;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor;

/// <summary>What a hypervisor is built with; fixed for its life.</summary>
public sealed record HypervisorOptions
{
    /// <summary>Whether to answer as documented or as the open-source code does.</summary>
    public Profile Profile { get; init; } = Profile.Documented;

    /// <summary>
    /// True to give each capability space its own random numbering (gunyah-abi.md 4.1.2). Off, the IDs are the slot
    /// numbers 0, 1, …, as in a debug build.
    /// </summary>
    public bool RandomizeCapabilityIds { get; init; } = true;

    /// <summary>The machine's RAM: page-aligned ranges that neither overlap nor wrap, in any order.</summary>
    public required ImmutableArray<MemoryRange> PhysicalMemory { get; init; }

    /// <summary>The root VM's own RAM, inside one range of <see cref="PhysicalMemory"/>; identity-mapped at boot.</summary>
    public required MemoryRange RootMemory { get; init; }

    /// <summary>How many bytes of objects the root partition can hold; what goes beyond answers NOMEM.</summary>
    public ulong PartitionHeap { get; init; } = 64 * 1024 * 1024;

    /// <summary>Counts a second of the system counter that guests see, at least 1; at 1 GHz a count is a nanosecond.</summary>
    public uint CounterFrequency { get; init; } = 1_000_000_000;

    /// <summary>
    /// The shared interrupts (SPIs) of the board that its devices drive, 32 to 1019, none twice. The root VM gets a hardware
    /// interrupt for each.
    /// </summary>
    public ImmutableArray<uint> HardwareInterrupts { get; init; } = [];

    /// <summary>How many capabilities the root VM's capability space can hold (gunyah-abi.md 3.5).</summary>
    public int RootCapabilities { get; init; } = 2048;
}
