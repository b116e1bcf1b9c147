using System.Collections.Immutable;
using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>What all vdevices of a configuration have in common.</summary>
/// <param name="Label">The number by which both ends know it.</param>
/// <param name="Generate">The path of the node to write; its last name gets a suffix.</param>
/// <param name="PushCompatible">Strings that come first in <c>compatible</c>.</param>
/// <param name="Virqs">The interrupts that the configuration demands; empty where the Resource Manager chooses.</param>
/// <param name="Peer">The other end where it is named; null for the owner.</param>
internal sealed record VdeviceCommon(
    uint Label,
    string Generate,
    ImmutableArray<string> PushCompatible,
    ImmutableArray<VirqDemand> Virqs,
    PeerName? Peer);

/// <summary>An interrupt that a configuration demands by number.</summary>
/// <param name="Intid">Its INTID, 32 to 1019.</param>
/// <param name="Trigger">How the VM will configure it; written back into the VM's devicetree.</param>
internal readonly record struct VirqDemand(uint Intid, InterruptTrigger Trigger);

/// <summary>A vdevice of a VM's configuration.</summary>
internal abstract record VdeviceConfiguration(VdeviceCommon Common);

/// <summary>The queue pair that leads to the Resource Manager.</summary>
internal sealed record RpcLinkConfiguration(VdeviceCommon Common, ushort MessageSize, ushort Depth)
    : VdeviceConfiguration(Common);

/// <summary>A doorbell that the peer rings.</summary>
internal sealed record DoorbellConfiguration(VdeviceCommon Common, bool SourceCanClear) : VdeviceConfiguration(Common);

/// <summary>A doorbell that rings at the peer.</summary>
internal sealed record DoorbellSourceConfiguration(VdeviceCommon Common, bool SourceCanClear) : VdeviceConfiguration(Common);

/// <summary>A queue in one direction.</summary>
internal sealed record MessageQueueConfiguration(VdeviceCommon Common, bool IsSender, ushort MessageSize, ushort Depth)
    : VdeviceConfiguration(Common);

/// <summary>A queue in each direction.</summary>
internal sealed record MessageQueuePairConfiguration(VdeviceCommon Common, ushort MessageSize, ushort Depth)
    : VdeviceConfiguration(Common);

/// <summary>A vdevice that is understood but cannot be made here; it is refused by name when the VM is initialised.</summary>
internal sealed record UnservedVdeviceConfiguration(VdeviceCommon Common, string Type) : VdeviceConfiguration(Common);

/// <summary>What the text after <c>vm-name:</c>, <c>vm-uri:</c> or <c>vm-guid:</c> names.</summary>
internal enum PeerNameKind
{
    Name,
    Uri,
    Guid,
}

/// <summary>The other end of a vdevice.</summary>
internal sealed record PeerName(PeerNameKind Kind, string Text);
