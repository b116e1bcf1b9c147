using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Links;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vdevices;

/// <summary>Makes the queue pair between a VM and the Resource Manager, with the Resource Manager's end of it.</summary>
/// <param name="root">The Resource Manager's own VM.</param>
/// <param name="profile">Decides how the links behave where the original differs from its documentation.</param>
/// <param name="work">Where the links go on reading.</param>
/// <param name="dispatch">Takes each complete request of each link.</param>
internal sealed class LinkFactory(RootVm root, Profile profile, WorkQueue work,
    Action<RpcLink, RpcHeader, ReadOnlyMemory<byte>> dispatch)
{
    /// <summary>Makes a link as a configuration asks for it.</summary>
    public GunyahError Create(
        VirtualMachine vm, VmObjects objects, RpcLinkConfiguration configuration, ObjectLedger ledger,
        out ImmutableArray<Endpoint> ends)
    {
        ImmutableArray<VirqDemand> demands = configuration.Common.Virqs;
        return Create(
            vm, objects, configuration.Depth, configuration.MessageSize, ledger,
            demands.Length > 0 ? demands[0] : null, demands.Length > 1 ? demands[1] : null, out ends);
    }

    /// <summary>Makes a link with interrupts of the Resource Manager's choice.</summary>
    public GunyahError Create(
        VirtualMachine vm, VmObjects objects, ushort depth, ushort messageSize, ObjectLedger ledger,
        out ImmutableArray<Endpoint> ends) =>
        Create(vm, objects, depth, messageSize, ledger, null, null, out ends);

    private GunyahError Create(
        VirtualMachine vm, VmObjects objects, ushort depth, ushort messageSize, ObjectLedger ledger,
        VirqDemand? transmitVirq, VirqDemand? receiveVirq, out ImmutableArray<Endpoint> ends)
    {
        ends = [];
        CapId ownVic = root.Capabilities.Vic;
        if (ledger.CreateQueue(depth, messageSize, out CapId fromVm).Failed(out GunyahError error)
            || ledger.CreateQueue(depth, messageSize, out CapId toVm).Failed(out error)
            || ledger.AddQueueEnd(fromVm, objects, ResourceType.MessageQueueSend, transmitVirq, out Endpoint transmit)
            .Failed(out error)
            || ledger.AddQueueEnd(toVm, objects, ResourceType.MessageQueueReceive, receiveVirq, out Endpoint receive)
            .Failed(out error)
            || ledger.TakeVirq(root.Virqs, out uint roomVirq).Failed(out error)
            || ledger.BindSend(toVm, ownVic, roomVirq).Failed(out error)
            || ledger.TakeVirq(root.Virqs, out uint arrivalVirq).Failed(out error)
            || ledger.BindReceive(fromVm, ownVic, arrivalVirq).Failed(out error))
            return error;

        var link = new RpcLink(root.Vcpu, work, vm.Vmid, new LinkQueues(toVm, fromVm), profile, dispatch);
        ledger.Listen(roomVirq, link.OnTransmit);
        ledger.Listen(arrivalVirq, link.OnReceive);
        ledger.WillUndo(() =>
        {
            link.Close();
            vm.Link = null;
        });
        vm.Link = link;
        ends = [transmit, receive];
        root.Name(fromVm, $"{vm.DisplayName}->rm");
        root.Name(toVm, $"rm->{vm.DisplayName}");
        return GunyahError.Ok;
    }
}
