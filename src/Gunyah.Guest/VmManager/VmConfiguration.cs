using System.Collections.Immutable;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Rpc;

namespace Gunyah.Guest.VmManager;

/// <summary>
/// What a new VM is to have, as its owner writes it into the VM's devicetree for the Resource Manager (gunyah-rm.md
/// 7.6).
/// </summary>
public sealed record VmConfiguration
{
    /// <summary>The VM's name: 1 to 79 characters.</summary>
    public required string ImageName { get; init; }

    /// <summary>The command line in <c>/chosen</c>.</summary>
    public string BootArguments { get; init; } = "";

    /// <summary>Where the VM sees its memory; a multiple of 2 MiB.</summary>
    public ulong MemoryBase { get; init; } = 0x8000_0000;

    /// <summary>The number of vCPUs: 1 to 8. The first one boots, PSCI starts the others.</summary>
    public int VcpuCount { get; init; } = 1;

    /// <summary>
    /// How the hypervisor is to schedule the vCPUs; null leaves them to the owner, who runs them with vcpu_run.
    /// </summary>
    public StaticScheduling? Scheduling { get; init; }

    /// <summary>True if the VM gets a link to the Resource Manager.</summary>
    public bool HasResourceManagerLink { get; init; } = true;

    /// <summary>Queues and doorbells between the VM and its owner. Labels are unique among each kind.</summary>
    public ImmutableArray<VmDevice> Devices { get; init; } = [];

    /// <summary>The VM's devicetree: a minimal base tree with this configuration in it.</summary>
    public Tree ToTree() => VmConfigurationWriter.Write(this);

    /// <summary>The VM's devicetree as a blob.</summary>
    public byte[] ToBlob() => FdtWriter.Write(ToTree());
}

/// <summary>vCPUs that the hypervisor schedules by itself.</summary>
/// <param name="AffinityMap">The physical CPU of each vCPU.</param>
/// <param name="PriorityOffset">Priority relative to the owner's; must come out lower, so -1 or less.</param>
/// <param name="Timeslice">The time slice in microseconds, 100 to 100,000.</param>
public sealed record StaticScheduling(ImmutableArray<uint> AffinityMap, int PriorityOffset = -1, uint Timeslice = 5000);

/// <summary>A device of a VM whose other end is the owner.</summary>
/// <param name="Label">By which both ends know it.</param>
public abstract record VmDevice(uint Label);

/// <summary>A queue in each direction.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="MessageSize">The largest message in bytes: 1 to <see cref="MessageQueueLimits.MaxMessageSize"/>.</param>
/// <param name="Depth">How many messages each queue holds: 1 to <see cref="MessageQueueLimits.MaxDepth"/>.</param>
public sealed record VmQueuePairDevice(uint Label, uint MessageSize = RpcLimits.FragmentSize, uint Depth = RpcLimits.QueueDepth)
    : VmDevice(Label);

/// <summary>A queue of one direction.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="IsSender">True if the VM sends and the owner receives.</param>
/// <param name="MessageSize">The largest message in bytes: 1 to <see cref="MessageQueueLimits.MaxMessageSize"/>.</param>
/// <param name="Depth">How many messages it holds: 1 to <see cref="MessageQueueLimits.MaxDepth"/>.</param>
public sealed record VmQueueDevice(uint Label, bool IsSender, uint MessageSize = RpcLimits.FragmentSize,
    uint Depth = RpcLimits.QueueDepth)
    : VmDevice(Label);

/// <summary>A doorbell that the owner rings and that interrupts the VM.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="Spi">The shared interrupt that the VM gets, 0 to 987; null leaves it to the Resource Manager.</param>
/// <param name="SourceCanClear">True if the owner may also mask and clear it.</param>
public sealed record VmDoorbellDevice(uint Label, uint? Spi = null, bool SourceCanClear = true) : VmDevice(Label);

/// <summary>A doorbell that the VM rings and that interrupts the owner.</summary>
/// <param name="Label">By which both ends know it.</param>
public sealed record VmDoorbellSourceDevice(uint Label) : VmDevice(Label);
