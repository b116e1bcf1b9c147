using System.Collections.Immutable;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;

namespace Gunyah.Machine.Configuration;

/// <summary>A machine as its file describes it; every key is explained in docs/machine-file.md.</summary>
public sealed record MachineConfiguration
{
    /// <summary>What the machine is called in reports.</summary>
    public required string Name { get; init; }

    /// <summary>The spelling of the binding in which the Resource Manager writes devicetrees.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>Whether to answer as documented or as the open-source code.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The seed of a deterministic machine; null for a parallel one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The primary VM's base devicetree; null for the built-in board.</summary>
    public string? DevicetreePath { get; init; }

    /// <summary>How often each VM is created, used and destroyed; at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>The root VM's memory in bytes, whole pages.</summary>
    public required ulong ResourceManagerMemory { get; init; }

    /// <summary>The primary VM.</summary>
    public required PrimarySettings Primary { get; init; }

    /// <summary>The VMs that the primary VM's program creates; at least one, and none where it runs a kernel.</summary>
    public required ImmutableArray<SecondarySettings> Vms { get; init; }

    /// <summary>What they send each other.</summary>
    public required ExchangeSettings Exchange { get; init; }
}

/// <summary>The primary VM.</summary>
/// <param name="Program">The name of its program.</param>
/// <param name="Vcpus">The number of its vCPUs.</param>
/// <param name="Memory">The most memory it gets, in bytes, whole pages.</param>
public sealed record PrimarySettings(string Program, int Vcpus, ulong Memory)
{
    /// <summary>The kernel that it runs in place of a program; null where it runs one.</summary>
    public KernelSettings? Kernel { get; init; }

    /// <summary>The virtio devices that are added to its board.</summary>
    public ImmutableArray<DeviceSettings> Devices { get; init; } = [];
}

/// <summary>What a virtio device is.</summary>
public enum DeviceType
{
    /// <summary>A disk.</summary>
    Block,

    /// <summary>A console; what it is sent becomes events.</summary>
    Console,

    /// <summary>A source of random bytes.</summary>
    Entropy,
}

/// <summary>What becomes of what a VM writes to a disk.</summary>
public enum DiskAccess
{
    /// <summary>It is in the file.</summary>
    Write,

    /// <summary>The VM cannot write.</summary>
    Read,

    /// <summary>It is forgotten when the machine ends.</summary>
    Discard,
}

/// <summary>A virtio device.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Path">The file of a disk; null for other devices.</param>
/// <param name="Access">What becomes of writes to a disk.</param>
public sealed record DeviceSettings(DeviceType Type, string? Path = null, DiskAccess Access = DiskAccess.Write);

/// <summary>A kernel of machine code.</summary>
/// <param name="Path">The kernel: an arm64 <c>Image</c>, packed by gzip or not, an ELF file, or a raw binary.</param>
/// <param name="RamdiskPath">Its initial RAM disk; null for none.</param>
/// <param name="Arguments">Its arguments; null for those of the board's devicetree.</param>
public sealed record KernelSettings(string Path, string? RamdiskPath = null, string? Arguments = null);

/// <summary>Who runs a VM's vCPU.</summary>
public enum VmScheduling
{
    /// <summary>The machine, beside all others.</summary>
    Static,

    /// <summary>The primary VM, by vcpu_run.</summary>
    Proxy,
}

/// <summary>A VM that the primary VM creates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">The name of its program.</param>
/// <param name="Memory">Its memory in bytes, whole pages.</param>
/// <param name="Scheduling">Who runs it.</param>
/// <param name="QueueSize">The largest message of its queues in bytes; null for the exchange's size.</param>
/// <param name="QueueDepth">How many messages its queues hold.</param>
public sealed record SecondarySettings(string Name, string Program, ulong Memory, VmScheduling Scheduling, int? QueueSize,
    int QueueDepth);

/// <summary>What the primary VM and another one send each other.</summary>
/// <param name="Messages">How many messages in each direction.</param>
/// <param name="Size">Their size in bytes: 1 to <see cref="Abi.Hypercalls.MessageQueueLimits.MaxMessageSize"/>.</param>
/// <param name="Timeout">The longest silence in nanoseconds.</param>
public sealed record ExchangeSettings(ulong Messages, int Size, ulong Timeout);
