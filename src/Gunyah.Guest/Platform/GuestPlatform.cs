using System.Collections.Immutable;
using Devicetree.Interpretation;
using Gunyah.Abi;
using Gunyah.Guest.Mailboxes;

namespace Gunyah.Guest.Platform;

/// <summary>What a guest learns from its devicetree, before it has made a single call.</summary>
public sealed record GuestPlatform
{
    /// <summary>True if the tree is a Gunyah guest's.</summary>
    public required bool IsGunyahGuest { get; init; }

    /// <summary>Why the tree is no Gunyah guest's; null if it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The dialect; null if the tree is no Gunyah guest's.</summary>
    public Dialect? Dialect { get; init; }

    /// <summary>Who this VM is.</summary>
    public GuestIdentity Identity { get; init; } = new();

    /// <summary>The way to the Resource Manager; null for a VM that has none.</summary>
    public MessageQueuePairNode? ResourceManager { get; init; }

    /// <summary>
    /// qcom,free-irq-start of the Resource Manager's node: the first interrupt that the Resource Manager leaves to the VM.
    /// </summary>
    public uint? FreeIrqStart { get; init; }

    /// <summary>Every other queue pair, in the order of the tree.</summary>
    public ImmutableArray<MessageQueuePairNode> MessageQueuePairs { get; init; } = [];

    /// <summary>Every queue of one direction.</summary>
    public ImmutableArray<MessageQueueNode> MessageQueues { get; init; } = [];

    /// <summary>The doorbells that ring this VM.</summary>
    public ImmutableArray<DoorbellNode> Doorbells { get; init; } = [];

    /// <summary>The doorbells that this VM rings.</summary>
    public ImmutableArray<DoorbellSourceNode> DoorbellSources { get; init; } = [];

    /// <summary>Memory that other VMs see too.</summary>
    public ImmutableArray<SharedMemoryNode> SharedMemory { get; init; } = [];

    /// <summary>The banks of RAM.</summary>
    public ImmutableArray<AddressRegion> Memory { get; init; } = [];

    /// <summary>What the boot loader or the Resource Manager hands over in <c>/chosen</c>.</summary>
    public BootParameters Chosen { get; init; } = new();

    /// <summary>What is missing or odd.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>Who a VM is, as far as its tree says.</summary>
/// <param name="Vmid">The VM's own id.</param>
/// <param name="OwnerVmid">The id of the VM that created it; only secondary VMs have one.</param>
/// <param name="ImageName">The name of the image it was made from.</param>
/// <param name="Vendor">Who built the Resource Manager.</param>
/// <param name="VmUri">The VM's URI.</param>
/// <param name="VmGuid">The VM's GUID as text.</param>
public sealed record GuestIdentity(
    ushort? Vmid = null,
    ushort? OwnerVmid = null,
    string? ImageName = null,
    string? Vendor = null,
    string? VmUri = null,
    string? VmGuid = null);

/// <summary>One direction of a queue pair, or a whole queue of one direction.</summary>
/// <param name="Capability">The queue.</param>
/// <param name="Interrupt">"Not full" of the sending, "not empty" of the receiving side; null if the tree has none that can be
/// read.</param>
/// <param name="MessageSize">The largest message in bytes.</param>
/// <param name="Depth">How many messages it holds.</param>
public sealed record QueueSide(CapId Capability, GuestInterrupt? Interrupt, uint MessageSize, uint Depth)
{
    /// <summary>The side as a mailbox takes it; null without an interrupt.</summary>
    public MessageQueueEndpoint? Endpoint =>
        Interrupt is { } interrupt ? new MessageQueueEndpoint(Capability, interrupt.Intid, interrupt.Trigger) : null;
}

/// <summary>Two queues, one in each direction.</summary>
/// <param name="Path">The node.</param>
/// <param name="Label">What tells it from the VM's other devices; the Resource Manager's pair has none.</param>
/// <param name="Transmit">The queue in which this VM sends.</param>
/// <param name="Receive">The queue from which this VM receives.</param>
/// <param name="PeerVmid">The VM at the other end, where the tree says.</param>
public sealed record MessageQueuePairNode(string Path, uint? Label, QueueSide Transmit, QueueSide Receive, ushort? PeerVmid);

/// <summary>A queue of one direction.</summary>
/// <param name="Path">The node.</param>
/// <param name="Label">What tells it from the VM's other devices.</param>
/// <param name="IsSender">True if this VM sends, false if it receives.</param>
/// <param name="Side">The queue.</param>
public sealed record MessageQueueNode(string Path, uint? Label, bool IsSender, QueueSide Side);

/// <summary>A doorbell that rings this VM.</summary>
/// <param name="Path">The node.</param>
/// <param name="Label">What tells it from the VM's other devices.</param>
/// <param name="Capability">The doorbell.</param>
/// <param name="Interrupt">The interrupt it raises; null if the tree has none that can be read.</param>
public sealed record DoorbellNode(string Path, uint? Label, CapId Capability, GuestInterrupt? Interrupt);

/// <summary>A doorbell that this VM rings.</summary>
/// <param name="Path">The node.</param>
/// <param name="Label">What tells it from the VM's other devices.</param>
/// <param name="Capability">The doorbell.</param>
public sealed record DoorbellSourceNode(string Path, uint? Label, CapId Capability);

/// <summary>Memory that other VMs see too.</summary>
/// <param name="Path">The node.</param>
/// <param name="Label">What tells it from the VM's other devices.</param>
/// <param name="Regions">Where it is.</param>
/// <param name="MemoryHandle">The parcel's handle at the Resource Manager.</param>
/// <param name="TransmitDoorbell">The node of the doorbell that goes with it and that this VM rings.</param>
/// <param name="ReceiveDoorbell">The node of the doorbell that goes with it and that rings this VM.</param>
public sealed record SharedMemoryNode(
    string Path, uint? Label, ImmutableArray<AddressRegion> Regions, ulong? MemoryHandle, string? TransmitDoorbell,
    string? ReceiveDoorbell);

/// <summary>The content of <c>/chosen</c>.</summary>
/// <param name="BootArguments">The command line.</param>
/// <param name="Initrd">The initial RAM disk.</param>
/// <param name="StandardOutput">The console, as a path or alias.</param>
public sealed record BootParameters(string? BootArguments = null, AddressRegion? Initrd = null, string? StandardOutput = null);
