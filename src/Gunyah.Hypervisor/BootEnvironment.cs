using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor;

/// <summary>A memory extent that the root VM holds from boot on.</summary>
/// <param name="Cap">Its master capability in the root VM's space.</param>
/// <param name="Range">The physical memory it was made over. For the root VM's own RAM also its guest address.</param>
public readonly record struct BootExtent(CapId Cap, MemoryRange Range);

/// <summary>An interrupt line of the board that the root VM holds from boot on.</summary>
/// <param name="Cap">Its master capability in the root VM's space.</param>
/// <param name="Intid">Its number on the board.</param>
public readonly record struct BootInterrupt(CapId Cap, uint Intid);

/// <summary>
/// What the root VM owns when it starts (gunyah-abi.md 3.5). All capabilities are in its own space and have every
/// right.
/// </summary>
/// <param name="Partition">The root partition.</param>
/// <param name="CapabilitySpace">Its own capability space.</param>
/// <param name="AddressSpace">Its own address space, VMID <see cref="RootVmid"/>.</param>
/// <param name="Vic">Its interrupt controller: one vCPU, <see cref="SharedInterrupts"/> shared interrupts from 32 on.</param>
/// <param name="Vcpu">Its vCPU.</param>
/// <param name="RootMemory">Its own RAM, identity-mapped; derived from one of <paramref name="Extents"/>.</param>
/// <param name="Extents">All RAM, one extent a range of the options.</param>
/// <param name="HardwareInterrupts">The interrupt lines of the board, in the order of the options.</param>
public sealed record BootEnvironment(
    CapId Partition,
    CapId CapabilitySpace,
    CapId AddressSpace,
    CapId Vic,
    CapId Vcpu,
    BootExtent RootMemory,
    ImmutableArray<BootExtent> Extents,
    ImmutableArray<BootInterrupt> HardwareInterrupts)
{
    /// <summary>The root VM's VMID.</summary>
    public const ushort RootVmid = WellKnownVmids.Root;

    /// <summary>How many shared interrupts the root VM's controller has.</summary>
    public const int SharedInterrupts = 64;
}
