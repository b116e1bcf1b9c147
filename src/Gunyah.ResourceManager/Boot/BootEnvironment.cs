using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;

namespace Gunyah.ResourceManager.Boot;

/// <summary>
/// Everything the Resource Manager is told at its start: what it owns, how it is to behave, and the primary VM that it has to
/// build. The machine writes it as a devicetree (<see cref="BootTree"/>) into the Resource Manager's own memory and passes
/// the address in X0. Nothing else reaches it from outside.
/// </summary>
/// <param name="Capabilities">The capabilities in the Resource Manager's own capability space.</param>
/// <param name="Options">How it is to behave.</param>
/// <param name="Primary">The primary VM.</param>
public sealed record BootEnvironment(BootCapabilities Capabilities, ResourceManagerOptions Options, PrimaryVmPlan Primary);

/// <summary>The capabilities that the root VM starts with (gunyah-abi.md 3.5), all with every right of their type.</summary>
/// <param name="CapabilitySpace">Its own capability space.</param>
/// <param name="Partition">The partition whose memory objects are made of; must be privileged to make the primary VM.</param>
/// <param name="Vcpu">Its own vCPU.</param>
/// <param name="AddressSpace">Its own address space; nothing may be mapped in it from <see cref="WindowBase"/> upward.</param>
/// <param name="Vic">Its own interrupt controller.</param>
/// <param name="SharedInterrupts">How many shared interrupts that controller was configured for, 1 to 988.</param>
/// <param name="Memory">Memory for VMs. None of it is mapped anywhere.</param>
public sealed record BootCapabilities(
    CapId CapabilitySpace,
    CapId Partition,
    CapId Vcpu,
    CapId AddressSpace,
    CapId Vic,
    uint SharedInterrupts,
    ImmutableArray<BootExtent> Memory)
{
    /// <summary>The interrupt lines of the board. The primary VM gets each by the number that it has there.</summary>
    public ImmutableArray<BootInterrupt> HardwareInterrupts { get; init; } = [];

    /// <summary>
    /// Where the upper half of the root VM's addresses begins, far above the memory that a board has. The Resource Manager maps
    /// memory of VMs there, so a machine has nothing of its own from here on.
    /// </summary>
    public const ulong WindowBase = GuestAddressSpace.End / 2;
}

/// <summary>A memory extent of the root VM.</summary>
/// <param name="Capability">Its capability.</param>
/// <param name="Base">Its first physical address, a multiple of the page size.</param>
/// <param name="Size">Its size in bytes, a multiple of the page size.</param>
public readonly record struct BootExtent(CapId Capability, ulong Base, ulong Size);

/// <summary>An interrupt line of the board.</summary>
/// <param name="Capability">The capability of its hardware interrupt.</param>
/// <param name="Intid">Its number, 32 to 1019.</param>
public readonly record struct BootInterrupt(CapId Capability, uint Intid);

/// <summary>How the Resource Manager is to behave.</summary>
/// <param name="Dialect">The spelling of the devicetree binding that it writes (gunyah-rm.md 8).</param>
/// <param name="Profile">Whether to answer as documented or as the open-source code does.</param>
/// <param name="AcceptsSharedImages">
/// True to let a VM's image and private memory be shared instead of lent, as debug builds on a non-secure platform do
/// (gunyah-rm.md 2.2). The real QEMU configuration does.
/// </param>
public sealed record ResourceManagerOptions(Dialect Dialect, Profile Profile = Profile.Documented,
    bool AcceptsSharedImages = true);

/// <summary>The primary VM, as the machine wants it. Its name is HLOS and its VMID 3.</summary>
/// <param name="Memory">
/// Its RAM, mapped one to one: ranges of whole pages, in ascending order, each inside one extent of
/// <see cref="BootCapabilities.Memory"/>.
/// </param>
/// <param name="Image">
/// Where its image lies: in the Resource Manager's memory, from where it is copied to the start of the first range, or in that
/// range already, where a boot loader has put it and it stays.
/// </param>
/// <param name="Devicetree">Where its base devicetree lies in the Resource Manager's memory.</param>
/// <param name="Ramdisk">
/// Where its ramdisk lies, if it has one: in the Resource Manager's memory, from where it is copied to a place of the Resource
/// Manager's choice, or in the first range of the VM already.
/// </param>
/// <param name="Vcpus">The number of its vCPUs, 1 to 8.</param>
/// <param name="Entry">The address at which it starts; the start of the first range if null.</param>
public sealed record PrimaryVmPlan(
    ImmutableArray<MemoryBlock> Memory,
    MemoryBlock Image,
    MemoryBlock Devicetree,
    MemoryBlock? Ramdisk = null,
    int Vcpus = 1,
    ulong? Entry = null)
{
    /// <summary>The name by which other VMs find it.</summary>
    public const string Name = "HLOS";
}

/// <summary>A block of memory.</summary>
/// <param name="Base">The address of its first byte.</param>
/// <param name="Size">Its size in bytes, at least 1.</param>
public readonly record struct MemoryBlock(ulong Base, ulong Size);
