namespace Gunyah.Abi.Hypercalls;

/// <summary>
/// A typed method for each call that moves no data, over <see cref="IHypervisorPort.Call"/>: it puts every argument and every
/// reserved value where the call's row says. Errors and rights are those of the row.
/// </summary>
public static partial class HypervisorCalls
{
    /// <summary>The value of reserved inputs that must be all ones, and of "unchanged" in thresholds and delays.</summary>
    private const ulong Ones = ulong.MaxValue;

    /// <summary>hypervisor_identify: API version and variant, then three words of feature flags.</summary>
    public static HypervisorIdentity Identify(this IHypervisorPort port)
    {
        HypercallResult r = port.Call(Hypercall.HypervisorIdentify, default);
        return new(r.X0, r.X1, r.X2, r.X3);
    }

    /// <summary>partition_create_*: a new object in state INIT and its master capability.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="type">What to create: a capability space, address space, memory extent, thread, doorbell, message queue, VIC
    /// or VPM group.</param>
    /// <param name="partition">The partition whose memory is used, right <see cref="PartitionRights.ObjectCreate"/>.</param>
    /// <param name="space">Where the capability goes, right <see cref="CapabilitySpaceRights.CapCreate"/>.</param>
    /// <param name="created">The master capability; <see cref="CapId.Invalid"/> on failure.</param>
    public static GunyahError Create(this IHypervisorPort port, ObjectType type, CapId partition, CapId space, out CapId created)
    {
        Hypercall call = type switch
        {
            ObjectType.CapabilitySpace => Hypercall.PartitionCreateCspace,
            ObjectType.AddressSpace => Hypercall.PartitionCreateAddrspace,
            ObjectType.MemoryExtent => Hypercall.PartitionCreateMemextent,
            ObjectType.Thread => Hypercall.PartitionCreateThread,
            ObjectType.Doorbell => Hypercall.PartitionCreateDoorbell,
            ObjectType.MessageQueue => Hypercall.PartitionCreateMsgqueue,
            ObjectType.Vic => Hypercall.PartitionCreateVic,
            ObjectType.VpmGroup => Hypercall.PartitionCreateVpmGroup,
            _ => Hypercall.PartitionCreatePartition,
        };
        HypercallResult r = port.Call(call, new(partition.Value, space.Value));
        created = new(r.X1);
        return r.Error;
    }

    /// <summary>object_activate.</summary>
    public static GunyahError Activate(this IHypervisorPort port, CapId cap) =>
        port.Call(Hypercall.ObjectActivate, new(cap.Value)).Error;

    /// <summary>prng_get_entropy: 4, 8, 12 or 16 random bytes as words of 32 bits.</summary>
    public static GunyahError GetEntropy(this IHypervisorPort port, int bytes, out uint word0, out uint word1, out uint word2,
        out uint word3)
    {
        HypercallResult r = port.Call(Hypercall.PrngGetEntropy, new((ulong)bytes));
        (word0, word1, word2, word3) = ((uint)r.X1, (uint)r.X2, (uint)r.X3, (uint)r.X4);
        return r.Error;
    }

    /// <summary>doorbell_bind_virq.</summary>
    public static GunyahError DoorbellBind(this IHypervisorPort port, CapId doorbell, CapId vic, uint virq) =>
        port.Call(Hypercall.DoorbellBindVirq, new(doorbell.Value, vic.Value, virq)).Error;

    /// <summary>doorbell_unbind_virq.</summary>
    public static GunyahError DoorbellUnbind(this IHypervisorPort port, CapId doorbell) =>
        port.Call(Hypercall.DoorbellUnbindVirq, new(doorbell.Value)).Error;

    /// <summary>doorbell_send: sets flags; answers the flags before.</summary>
    public static GunyahError DoorbellSend(this IHypervisorPort port, CapId doorbell, ulong newFlags, out ulong oldFlags)
    {
        HypercallResult r = port.Call(Hypercall.DoorbellSend, new(doorbell.Value, newFlags));
        oldFlags = r.X1;
        return r.Error;
    }

    /// <summary>doorbell_receive: clears flags (not none); answers the flags before.</summary>
    public static GunyahError DoorbellReceive(this IHypervisorPort port, CapId doorbell, ulong clearFlags, out ulong oldFlags)
    {
        HypercallResult r = port.Call(Hypercall.DoorbellReceive, new(doorbell.Value, clearFlags));
        oldFlags = r.X1;
        return r.Error;
    }

    /// <summary>doorbell_reset.</summary>
    public static GunyahError DoorbellReset(this IHypervisorPort port, CapId doorbell) =>
        port.Call(Hypercall.DoorbellReset, new(doorbell.Value)).Error;

    /// <summary>doorbell_mask.</summary>
    public static GunyahError DoorbellMask(this IHypervisorPort port, CapId doorbell, ulong enableMask, ulong ackMask) =>
        port.Call(Hypercall.DoorbellMask, new(doorbell.Value, enableMask, ackMask)).Error;

    /// <summary>msgqueue_configure: messages and bytes within <see cref="MessageQueueLimits"/>.</summary>
    public static GunyahError MessageQueueConfigure(this IHypervisorPort port, CapId queue, ushort depth,
        ushort maxMessageSize) =>
        port.Call(Hypercall.MsgqueueConfigure, new(queue.Value, depth | ((ulong)maxMessageSize << 16))).Error;

    /// <summary>msgqueue_bind_send_virq: the sender's "not full" interrupt.</summary>
    public static GunyahError MessageQueueBindSend(this IHypervisorPort port, CapId queue, CapId vic, uint virq) =>
        port.Call(Hypercall.MsgqueueBindSendVirq, new(queue.Value, vic.Value, virq)).Error;

    /// <summary>msgqueue_bind_receive_virq: the receiver's "not empty" interrupt.</summary>
    public static GunyahError MessageQueueBindReceive(this IHypervisorPort port, CapId queue, CapId vic, uint virq) =>
        port.Call(Hypercall.MsgqueueBindReceiveVirq, new(queue.Value, vic.Value, virq)).Error;

    /// <summary>msgqueue_unbind_send_virq.</summary>
    public static GunyahError MessageQueueUnbindSend(this IHypervisorPort port, CapId queue) =>
        port.Call(Hypercall.MsgqueueUnbindSendVirq, new(queue.Value)).Error;

    /// <summary>msgqueue_unbind_receive_virq.</summary>
    public static GunyahError MessageQueueUnbindReceive(this IHypervisorPort port, CapId queue) =>
        port.Call(Hypercall.MsgqueueUnbindReceiveVirq, new(queue.Value)).Error;

    /// <summary>msgqueue_flush: drops every message.</summary>
    public static GunyahError MessageQueueFlush(this IHypervisorPort port, CapId queue) =>
        port.Call(Hypercall.MsgqueueFlush, new(queue.Value)).Error;

    /// <summary>msgqueue_configure_send: the not-full threshold, below the depth; the delay stays unchanged.</summary>
    public static GunyahError MessageQueueConfigureSend(this IHypervisorPort port, CapId queue, uint notFullThreshold) =>
        port.Call(Hypercall.MsgqueueConfigureSend, new(queue.Value, notFullThreshold, Ones, Ones)).Error;

    /// <summary>msgqueue_configure_receive: the not-empty threshold, 1 to the depth; the delay stays unchanged.</summary>
    public static GunyahError MessageQueueConfigureReceive(this IHypervisorPort port, CapId queue, uint notEmptyThreshold) =>
        port.Call(Hypercall.MsgqueueConfigureReceive, new(queue.Value, notEmptyThreshold, Ones, Ones)).Error;

    /// <summary>cspace_configure: room for this many capabilities.</summary>
    public static GunyahError CapabilitySpaceConfigure(this IHypervisorPort port, CapId space, uint maxCapabilities) =>
        port.Call(Hypercall.CspaceConfigure, new(space.Value, maxCapabilities)).Error;

    /// <summary>cspace_attach_thread.</summary>
    public static GunyahError CapabilitySpaceAttach(this IHypervisorPort port, CapId space, CapId thread) =>
        port.Call(Hypercall.CspaceAttachThread, new(space.Value, thread.Value)).Error;

    /// <summary>
    /// cspace_copy_cap_from: copies with the rights in the mask. On failure the answer's ID is zero, not invalid.
    /// </summary>
    public static GunyahError CopyCapability(this IHypervisorPort port, CapId sourceSpace, CapId source, CapId targetSpace,
        uint rightsMask, out CapId copy)
    {
        HypercallResult r = port.Call(Hypercall.CspaceCopyCapFrom,
            new(sourceSpace.Value, source.Value, targetSpace.Value, rightsMask));
        copy = new(r.X1);
        return r.Error;
    }

    /// <summary>cspace_delete_cap_from.</summary>
    public static GunyahError DeleteCapability(this IHypervisorPort port, CapId space, CapId cap) =>
        port.Call(Hypercall.CspaceDeleteCapFrom, new(space.Value, cap.Value)).Error;

    /// <summary>cspace_revoke_caps_from: revokes every copy of a master capability.</summary>
    public static GunyahError RevokeCopies(this IHypervisorPort port, CapId space, CapId master) =>
        port.Call(Hypercall.CspaceRevokeCapsFrom, new(space.Value, master.Value)).Error;

    /// <summary>vic_configure without MSIs: 1 to 8 vCPUs, 0 to 988 shared interrupts.</summary>
    public static GunyahError VicConfigure(this IHypervisorPort port, CapId vic, uint maxVcpus, uint maxShared) =>
        port.Call(Hypercall.VicConfigure, new(vic.Value, maxVcpus, maxShared)).Error;

    /// <summary>vic_attach_vcpu.</summary>
    public static GunyahError VicAttach(this IHypervisorPort port, CapId vic, CapId vcpu, uint index) =>
        port.Call(Hypercall.VicAttachVcpu, new(vic.Value, vcpu.Value, index)).Error;

    /// <summary>vpm_group_configure, before the activation.</summary>
    /// <param name="port">The vCPU that calls.</param>
    /// <param name="group">A VPM group.</param>
    /// <param name="noAggregation">True to let every vCPU go off, the last one too.</param>
    public static GunyahError VpmGroupConfigure(this IHypervisorPort port, CapId group, bool noAggregation) =>
        port.Call(Hypercall.VpmGroupConfigure, new(group.Value, noAggregation ? 1UL : 0)).Error;

    /// <summary>vpm_group_attach_vcpu.</summary>
    public static GunyahError VpmGroupAttach(this IHypervisorPort port, CapId group, CapId vcpu, uint index) =>
        port.Call(Hypercall.VpmGroupAttachVcpu, new(group.Value, vcpu.Value, index)).Error;
}

/// <summary>The words of hypervisor_identify (gunyah-abi.md 1.9).</summary>
public readonly record struct HypervisorIdentity(ulong ApiInfo, ulong Flags0, ulong Flags1, ulong Flags2)
{
    /// <summary>The API version, bits 13:0; 1 in every release.</summary>
    public int ApiVersion => (int)(ApiInfo & 0x3FFF);

    /// <summary>The build variant, bits 63:56: 0x48 Gunyah, 0x51 Qualcomm.</summary>
    public byte Variant => (byte)(ApiInfo >> 56);
}
