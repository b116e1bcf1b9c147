using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vdevices;

/// <summary>
/// Makes the vdevices of a VM: hypervisor objects, a capability for each side with just the right it needs, and the
/// interrupts. Order is part of the protocol, because it decides the capability IDs and interrupt numbers that both sides see.
/// </summary>
internal sealed class VdeviceFactory(RootVm root, LinkFactory links)
{
    /// <summary>Makes all vdevices of a configuration, in order. On failure none is left.</summary>
    /// <param name="vm">The VM, whose other objects exist.</param>
    /// <param name="owner">Its owner, at the other end of every vdevice.</param>
    /// <param name="configurations">What to make.</param>
    /// <param name="refused">What cannot be made, for people; null where the hypervisor's error says enough.</param>
    public GunyahError CreateAll(
        VirtualMachine vm, VirtualMachine owner, ImmutableArray<VdeviceConfiguration> configurations, out string? refused)
    {
        refused = configurations.Select(each => Refuse(owner, each)).FirstOrDefault(reason => reason is not null);
        if (refused is not null)
            return GunyahError.NoResources;

        ObjectLedger[] ledgers = [.. configurations.Select(_ => new ObjectLedger(root))];
        if (!CreateAll(vm, owner, configurations, ledgers).Failed(out GunyahError error))
            return error;
        vm.Vdevices.Clear();
        foreach (ObjectLedger ledger in ledgers.Reverse())
            ledger.Release();
        return error;
    }

    private static string? Refuse(VirtualMachine owner, VdeviceConfiguration configuration) => configuration switch
    {
        UnservedVdeviceConfiguration unserved => $"vdevices of type {unserved.Type} are not served",
        RpcLinkConfiguration { MessageSize: < RpcLimits.FragmentSize } =>
            $"rm-rpc needs messages of {RpcLimits.FragmentSize} bytes",
        { Common.Peer: PeerName peer } when !IsNamed(owner, peer) => "a vdevice can only lead to the VM's owner",
        _ => null,
    };

    private static bool IsNamed(VirtualMachine vm, PeerName peer) => peer.Kind switch
    {
        PeerNameKind.Name => vm.Names.Name == peer.Text,
        PeerNameKind.Uri => vm.Names.Uri == peer.Text,
        PeerNameKind.Guid => Guid.TryParseExact(peer.Text, "D", out Guid guid) && guid != default && vm.Names.Guid == guid,
        _ => false,
    };

    private GunyahError CreateAll(
        VirtualMachine vm, VirtualMachine owner, ImmutableArray<VdeviceConfiguration> configurations, ObjectLedger[] ledgers)
    {
        // Numbers that the configuration demands are taken before others are chosen.
        for (int i = 0; i < ledgers.Length; i++)
        {
            foreach (VirqDemand demand in configurations[i].Common.Virqs)
            {
                if (ledgers[i].TakeVirq(vm.Objects!.Virqs, demand.Intid).Failed(out GunyahError error))
                    return error;
            }
        }

        uint handle = 0;
        for (int i = 0; i < ledgers.Length; i++)
        {
            var maker = new Maker(root, vm, owner, ledgers[i]);
            GunyahError error = configurations[i] switch
            {
                RpcLinkConfiguration link => links.Create(vm, vm.Objects!, link, ledgers[i], out maker.VmEnds),
                DoorbellConfiguration doorbell => maker.MakeDoorbell(doorbell),
                DoorbellSourceConfiguration source => maker.MakeDoorbellSource(source),
                MessageQueueConfiguration queue => maker.MakeQueue(queue),
                MessageQueuePairConfiguration pair => maker.MakePair(pair),
                _ => GunyahError.NoResources,
            };
            if (error != GunyahError.Ok)
                return error;
            uint own = configurations[i] is RpcLinkConfiguration ? 0 : handle++;
            vm.Vdevices.Add(new(configurations[i], own, owner.Vmid, ledgers[i])
            { VmEnds = maker.VmEnds, PeerEnds = maker.PeerEnds });
        }
        return GunyahError.Ok;
    }

    /// <summary>Makes the objects of one vdevice: of each object the VM's end first, then the peer's.</summary>
    private sealed class Maker(RootVm root, VirtualMachine vm, VirtualMachine peer, ObjectLedger ledger)
    {
        public ImmutableArray<Endpoint> VmEnds = [];
        public ImmutableArray<Endpoint> PeerEnds = [];

        public GunyahError MakeDoorbell(DoorbellConfiguration configuration)
        {
            DoorbellRights ring = DoorbellRights.Send | (configuration.SourceCanClear ? DoorbellRights.Receive : 0);
            if (ledger.CreateDoorbell(out CapId doorbell).Failed(out GunyahError error)
                || ledger.AddEnd(doorbell, vm.Objects!, ResourceType.Doorbell, DoorbellRights.Receive, Demand(configuration, 0),
                    out Endpoint own).Failed(out error)
                || ledger.AddEnd(doorbell, peer.Objects!, ResourceType.DoorbellSource, ring, null, out Endpoint theirs)
                .Failed(out error))
                return error;
            (VmEnds, PeerEnds) = ([own], [theirs]);
            return GunyahError.Ok;
        }

        public GunyahError MakeDoorbellSource(DoorbellSourceConfiguration configuration)
        {
            DoorbellRights ring = DoorbellRights.Send | (configuration.SourceCanClear ? DoorbellRights.Receive : 0);
            if (ledger.CreateDoorbell(out CapId doorbell).Failed(out GunyahError error)
                || ledger.AddEnd(doorbell, vm.Objects!, ResourceType.DoorbellSource, ring, null, out Endpoint own)
                .Failed(out error)
                || ledger.AddEnd(doorbell, peer.Objects!, ResourceType.Doorbell, DoorbellRights.Receive, null,
                    out Endpoint theirs).Failed(out error))
                return error;
            (VmEnds, PeerEnds) = ([own], [theirs]);
            return GunyahError.Ok;
        }

        public GunyahError MakeQueue(MessageQueueConfiguration configuration)
        {
            VirtualMachine sender = configuration.IsSender ? vm : peer;
            VirtualMachine receiver = configuration.IsSender ? peer : vm;
            ResourceType ownType = configuration.IsSender ? ResourceType.MessageQueueSend : ResourceType.MessageQueueReceive;
            ResourceType theirType = configuration.IsSender ? ResourceType.MessageQueueReceive : ResourceType.MessageQueueSend;
            if (ledger.CreateQueue(configuration.Depth, configuration.MessageSize, out CapId queue).Failed(out GunyahError error)
                || ledger.AddQueueEnd(queue, vm.Objects!, ownType, Demand(configuration, 0), out Endpoint own).Failed(out error)
                || ledger.AddQueueEnd(queue, peer.Objects!, theirType, null, out Endpoint theirs).Failed(out error))
                return error;
            (VmEnds, PeerEnds) = ([own], [theirs]);
            root.Name(queue, $"{vm.DisplayName}:{configuration.Common.Label} {sender.DisplayName}->{receiver.DisplayName}");
            return GunyahError.Ok;
        }

        public GunyahError MakePair(MessageQueuePairConfiguration configuration)
        {
            if (ledger.CreateQueue(configuration.Depth, configuration.MessageSize, out CapId fromVm).Failed(out GunyahError error)
                || ledger.CreateQueue(configuration.Depth, configuration.MessageSize, out CapId toVm).Failed(out error)
                || ledger.AddQueueEnd(fromVm, vm.Objects!, ResourceType.MessageQueueSend, Demand(configuration, 0),
                    out Endpoint transmit).Failed(out error)
                || ledger.AddQueueEnd(toVm, vm.Objects!, ResourceType.MessageQueueReceive, Demand(configuration, 1),
                    out Endpoint receive).Failed(out error)
                || ledger.AddQueueEnd(toVm, peer.Objects!, ResourceType.MessageQueueSend, null, out Endpoint peerTransmit)
                .Failed(out error)
                || ledger.AddQueueEnd(fromVm, peer.Objects!, ResourceType.MessageQueueReceive, null, out Endpoint peerReceive)
                .Failed(out error))
                return error;
            (VmEnds, PeerEnds) = ([transmit, receive], [peerTransmit, peerReceive]);
            root.Name(fromVm, $"{vm.DisplayName}:{configuration.Common.Label} {vm.DisplayName}->{peer.DisplayName}");
            root.Name(toVm, $"{vm.DisplayName}:{configuration.Common.Label} {peer.DisplayName}->{vm.DisplayName}");
            return GunyahError.Ok;
        }

        private static VirqDemand? Demand(VdeviceConfiguration configuration, int index) =>
            configuration.Common.Virqs.Length > index ? configuration.Common.Virqs[index] : null;
    }
}
