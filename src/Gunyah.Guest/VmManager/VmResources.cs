using System.Collections.Immutable;
using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Mailboxes;

namespace Gunyah.Guest.VmManager;

/// <summary>The owner's ends of a VM's devices, as VM_GET_HYP_RESOURCES lists them; nobody knew them at boot.</summary>
/// <param name="Vcpus">The vCPUs.</param>
/// <param name="QueuePairs">Queue pairs.</param>
/// <param name="SendQueues">Queues of one direction in which the owner sends.</param>
/// <param name="ReceiveQueues">Queues of one direction from which the owner receives.</param>
/// <param name="DoorbellSources">Doorbells that the owner rings.</param>
/// <param name="Doorbells">Doorbells that ring the owner.</param>
public sealed record VmResources(
    ImmutableArray<VmVcpuResource> Vcpus,
    ImmutableArray<VmQueuePairResource> QueuePairs,
    ImmutableArray<VmQueueResource> SendQueues,
    ImmutableArray<VmQueueResource> ReceiveQueues,
    ImmutableArray<VmDoorbellSourceResource> DoorbellSources,
    ImmutableArray<VmDoorbellResource> Doorbells)
{
    /// <summary>Sorts the entries of a reply. A pair is listed as two entries with one label (gunyah-rm.md 6).</summary>
    public static VmResources From(RpcList<HypervisorResource> entries)
    {
        HypervisorResource[] all = entries.AsSpan().ToArray();
        HypervisorResource[] send = Of(ResourceType.MessageQueueSend);
        HypervisorResource[] receive = Of(ResourceType.MessageQueueReceive);
        ImmutableArray<VmQueuePairResource> pairs =
        [
            .. send.Join(receive, one => one.Label, other => other.Label,
            (one, other) => new VmQueuePairResource(one.Label, Endpoint(one), Endpoint(other))),
        ];
        var paired = pairs.Select(pair => pair.Label).ToHashSet();
        return new(
            [.. Of(ResourceType.VirtualCpu).Select(entry =>
                new VmVcpuResource(entry.Label, new(entry.CapabilityId), Virq(entry)))],
            pairs,
            [.. send.Where(entry => !paired.Contains(entry.Label))
                .Select(entry => new VmQueueResource(entry.Label, Endpoint(entry)))],
            [.. receive.Where(entry => !paired.Contains(entry.Label))
                .Select(entry => new VmQueueResource(entry.Label, Endpoint(entry)))],
            [.. Of(ResourceType.DoorbellSource).Select(
                entry => new VmDoorbellSourceResource(entry.Label, new(entry.CapabilityId)))],
            [.. Of(ResourceType.Doorbell).Select(entry =>
                new VmDoorbellResource(entry.Label, new(entry.CapabilityId), entry.Virq))]);

        HypervisorResource[] Of(ResourceType type) => Array.FindAll(all, entry => entry.Type == type);
    }

    private static MessageQueueEndpoint Endpoint(HypervisorResource entry) => new(new(entry.CapabilityId), entry.Virq);

    private static uint? Virq(HypervisorResource entry) => entry.HasVirq ? entry.Virq : null;
}

/// <summary>A vCPU of the VM.</summary>
/// <param name="Label">Its running number, or for a vCPU that the hypervisor schedules its physical CPU.</param>
/// <param name="Capability">With the rights that vcpu_run needs.</param>
/// <param name="WakeupIntid">The owner's interrupt that says "run it again"; null for a vCPU that the hypervisor
/// schedules.</param>
public sealed record VmVcpuResource(uint Label, CapId Capability, uint? WakeupIntid);

/// <summary>A queue pair.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="Transmit">The queue in which the owner sends.</param>
/// <param name="Receive">The queue from which the owner receives.</param>
public sealed record VmQueuePairResource(uint Label, MessageQueueEndpoint Transmit, MessageQueueEndpoint Receive);

/// <summary>A queue of one direction.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="Endpoint">The owner's end.</param>
public sealed record VmQueueResource(uint Label, MessageQueueEndpoint Endpoint);

/// <summary>A doorbell that the owner rings.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="Capability">With the right to send.</param>
public sealed record VmDoorbellSourceResource(uint Label, CapId Capability);

/// <summary>A doorbell that rings the owner.</summary>
/// <param name="Label">By which both ends know it.</param>
/// <param name="Capability">With the right to receive.</param>
/// <param name="Intid">The owner's interrupt.</param>
public sealed record VmDoorbellResource(uint Label, CapId Capability, uint Intid);
