using System.Collections.Immutable;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;

namespace Gunyah.ResourceManager.Records;

/// <summary>A vdevice that was made: its hypervisor objects with one end in its VM and one in the peer.</summary>
/// <param name="configuration">What was asked for.</param>
/// <param name="handle">Its number among the VM's vdevices; the link to the Resource Manager has 0 and is not counted.</param>
/// <param name="peer">The VM at the other end.</param>
/// <param name="ledger">What gives it all back.</param>
internal sealed class Vdevice(VdeviceConfiguration configuration, uint handle, ushort peer, ObjectLedger ledger)
{
    public VdeviceConfiguration Configuration { get; } = configuration;

    public uint Handle { get; } = handle;

    public ushort Peer { get; } = peer;

    public ObjectLedger Ledger { get; } = ledger;

    /// <summary>The ends in the VM itself; of a pair the sending one first.</summary>
    public ImmutableArray<Endpoint> VmEnds { get; init; } = [];

    /// <summary>
    /// The ends in the peer; of a pair the peer's sending one first. Empty for the link to the Resource Manager.
    /// </summary>
    public ImmutableArray<Endpoint> PeerEnds { get; init; } = [];

    /// <summary>The ends in the VM of something that has two.</summary>
    public LinkEnds Link => new(VmEnds[0], VmEnds[1]);
}
