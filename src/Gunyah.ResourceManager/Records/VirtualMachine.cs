using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Links;

namespace Gunyah.ResourceManager.Records;

/// <summary>The image of a VM as VM_CONFIG_IMAGE named it.</summary>
/// <param name="Parcel">The memory that holds it and the devicetree, and becomes the VM's first RAM.</param>
/// <param name="ImageOffset">Where the VM starts, from the beginning of the parcel.</param>
/// <param name="DevicetreeOffset">Where the devicetree lies.</param>
/// <param name="DevicetreeSize">How much room it has.</param>
internal sealed record VmImage(MemoryParcel Parcel, ulong ImageOffset, ulong DevicetreeOffset, ulong DevicetreeSize);

/// <summary>How other VMs find a VM, and who vouches for it.</summary>
internal sealed record VmNames(RpcText Name, RpcText Uri, Guid Guid, RpcText SignAuth)
{
    /// <summary>Before anybody has said anything.</summary>
    public static VmNames Initial { get; } = new(default, default, default, "N/A");
}

/// <summary>One VM, from its allocation to its end. A plain record of facts: the services decide.</summary>
internal sealed class VirtualMachine(ushort vmid, ushort owner)
{
    public ushort Vmid { get; } = vmid;

    public ushort Owner { get; } = owner;

    public VmState State { get; set; } = VmState.None;

    public OsState Os { get; set; }

    public ushort AppStatus { get; set; }

    public VmNames Names { get; set; } = VmNames.Initial;

    public RpcText CrashMessage { get; set; }

    /// <summary>The words of the configuration that change how the VM may end.</summary>
    public VmAttributes Attributes { get; set; }

    /// <summary>The VMs that hear of this one's state and may ask about it, in the order in which they became peers.</summary>
    public List<ushort> Peers { get; } = [];

    /// <summary>From VM_CONFIG_IMAGE to the reset.</summary>
    public VmImage? Image { get; set; }

    /// <summary>From VM_INIT to the reset.</summary>
    public VmConfiguration? Configuration { get; set; }

    /// <summary>From VM_INIT to the reset.</summary>
    public VmObjects? Objects { get; set; }

    /// <summary>From VM_INIT to the reset.</summary>
    public VmMemory? Memory { get; set; }

    public List<Vdevice> Vdevices { get; } = [];

    /// <summary>The VM's way to the Resource Manager, where it has one.</summary>
    public RpcLink? Link { get; set; }

    public bool IsPrimary => Vmid == Vmids.Primary;

    /// <summary>Whether another VM may ask about this one: itself, its owner or a peer.</summary>
    public bool MayBeQueriedBy(VirtualMachine other) =>
        other.Vmid == Vmid || other.Vmid == Owner || Peers.Contains(other.Vmid);

    /// <summary>What the VM is called in events: its own name, or its number before it has one.</summary>
    public string DisplayName =>
        IsPrimary ? "primary" : Names.Name.Length > 0 ? Names.Name.ToString() : $"vm{Vmid}";
}
