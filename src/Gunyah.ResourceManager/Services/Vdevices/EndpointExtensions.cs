using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vdevices;

/// <summary>Gives a VM its end of an object: a capability, and an interrupt where that end has one.</summary>
internal static class EndpointExtensions
{
    /// <summary>Adds an end of a message queue.</summary>
    public static GunyahError AddQueueEnd(
        this ObjectLedger ledger, CapId queue, VmObjects vm, ResourceType type, VirqDemand? demand, out Endpoint end) =>
        ledger.AddEnd(
            queue, vm, type, type == ResourceType.MessageQueueSend
                ? MessageQueueRights.Send : MessageQueueRights.Receive, demand, out end);

    /// <summary>Adds an end of a queue or doorbell.</summary>
    /// <param name="ledger">What will give it back.</param>
    /// <param name="source">The object, in the Resource Manager's space.</param>
    /// <param name="vm">The VM that gets the end.</param>
    /// <param name="type">What the object is for that VM.</param>
    /// <param name="rights">The rights that the VM gets.</param>
    /// <param name="demand">The interrupt where it must be a certain one; its number is taken already.</param>
    /// <param name="end">The end.</param>
    public static GunyahError AddEnd(
        this ObjectLedger ledger, CapId source, VmObjects vm, ResourceType type, ObjectRights rights, VirqDemand? demand,
        out Endpoint end)
    {
        end = default;
        if (ledger.Grant(source, vm.CapabilitySpace, rights, out CapId copy).Failed(out GunyahError error))
            return error;
        end = new(type, copy, 0);
        if (type == ResourceType.DoorbellSource)
            return GunyahError.Ok;

        uint virq = demand?.Intid ?? 0;
        if (demand is null && ledger.TakeVirq(vm.Virqs, out virq).Failed(out error))
            return error;
        end = new(type, copy, virq, demand?.Trigger ?? InterruptTrigger.EdgeRising);
        return type switch
        {
            ResourceType.MessageQueueSend => ledger.BindSend(source, vm.Vic, virq),
            ResourceType.MessageQueueReceive => ledger.BindReceive(source, vm.Vic, virq),
            _ => ledger.BindDoorbell(source, vm.Vic, virq),
        };
    }
}
