using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.CapabilityLookup;
using static Gunyah.Abi.Hypercalls.Hypercall;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

public static partial class HypercallTable
{
    /// <summary>Access of the kernel in bits 6:4 and of user programs in bits 2:0.</summary>
    private const ulong AccessBits = 0x77;
    private const ulong MapAttributeBits = 0xFF_0077;
    private const ulong MapFlagBits = 0x8000_0001;
    private const ulong VcpuOptionBits = 0x8000_0000_0000_033F;

    private static HypercallRow[] DeclareObjects() =>
    [
        new(HypervisorIdentify, "hypervisor_identify", [], ["api_info", "api_flags0", "api_flags1", "api_flags2"], []),
        new(PartitionCreatePartition, "partition_create_partition", [CapByCall("partition"), CapByCall("cspace"), Zero],
            ["error", "new_cap"], [Unimplemented], CreatesCapability: true),
        Create(PartitionCreateCspace, "partition_create_cspace"),
        Create(PartitionCreateAddrspace, "partition_create_addrspace"),
        Create(PartitionCreateMemextent, "partition_create_memextent"),
        Create(PartitionCreateThread, "partition_create_thread"),
        Create(PartitionCreateDoorbell, "partition_create_doorbell"),
        Create(PartitionCreateMsgqueue, "partition_create_msgqueue"),
        Create(PartitionCreateVic, "partition_create_vic"),
        Create(PartitionCreateVpmGroup, "partition_create_vpm_group"),
        Row(ObjectActivate, "object_activate", [Setup("object", Any), Zero], [], ObjectState, ObjectConfig, ArgumentInvalid,
            Busy, Denied, MemoryNotOwned, NoMemory),
        Row(ObjectActivateFrom, "object_activate_from", [Cap("cspace", CapabilitySpace, CapabilitySpaceRights.CapCreate),
            CapByCall("object"), Zero], [], ObjectState, ObjectConfig, ArgumentInvalid, Busy, Denied, MemoryNotOwned, NoMemory),
        Row(ObjectReset, "object_reset", [CapByCall("object"), Zero], [], Unimplemented),
        Row(ObjectResetFrom, "object_reset_from", [CapByCall("cspace"), CapByCall("object"), Zero], [], Unimplemented),
        Row(PrngGetEntropy, "prng_get_entropy", [Size64("bytes"), Zero], ["data0", "data1", "data2", "data3"], ArgumentSize,
            ArgumentAlignment, Busy),
    ];

    private static HypercallRow[] DeclareQueuesAndBells() =>
    [
        Bind(DoorbellBindVirq, "doorbell_bind_virq", Cap("doorbell", Doorbell, DoorbellRights.Bind)),
        Row(DoorbellUnbindVirq, "doorbell_unbind_virq", [Cap("doorbell", Doorbell, DoorbellRights.Bind), Zero], []),
        Row(DoorbellSend, "doorbell_send", [Cap("doorbell", Doorbell, DoorbellRights.Send), Word("new_flags"), Zero],
            ["old_flags"]),
        Row(DoorbellReceive, "doorbell_receive", [Cap("doorbell", Doorbell, DoorbellRights.Receive), Word("clear_flags"), Zero],
            ["old_flags"], ArgumentInvalid),
        Row(DoorbellReset, "doorbell_reset", [Cap("doorbell", Doorbell, DoorbellRights.Receive), Zero], []),
        Row(DoorbellMask, "doorbell_mask", [Cap("doorbell", Doorbell, DoorbellRights.Receive), Word("enable_mask"),
            Word("ack_mask"), Zero], []),
        Bind(MsgqueueBindSendVirq, "msgqueue_bind_send_virq", Cap("msgqueue", MessageQueue, MessageQueueRights.BindSend)),
        Bind(MsgqueueBindReceiveVirq, "msgqueue_bind_receive_virq",
            Cap("msgqueue", MessageQueue, MessageQueueRights.BindReceive)),
        Row(MsgqueueUnbindSendVirq, "msgqueue_unbind_send_virq",
            [Cap("msgqueue", MessageQueue, MessageQueueRights.BindSend), Zero], []),
        Row(MsgqueueUnbindReceiveVirq, "msgqueue_unbind_receive_virq",
            [Cap("msgqueue", MessageQueue, MessageQueueRights.BindReceive), Zero], []),
        Row(MsgqueueSend, "msgqueue_send",
            [Cap("msgqueue", MessageQueue, MessageQueueRights.Send), Size64("size"), Address("data"),
                Bits32("send_flags", 1, Ok) with { DocumentedUnknownBits = ArgumentInvalid }, Zero], ["not_full"],
                MessageQueueFull, ArgumentSize, AddressInvalid, AddressOverflow, Denied),
        Row(MsgqueueReceive, "msgqueue_receive",
            [Cap("msgqueue", MessageQueue, MessageQueueRights.Receive), Address("buffer"), Size64("buffer_size"), Zero],
            ["size", "not_empty"], MessageQueueEmpty, ArgumentSize, AddressInvalid, AddressOverflow, Denied),
        Row(MsgqueueFlush, "msgqueue_flush", [Cap("msgqueue", MessageQueue, MessageQueueRights.Receive), Zero], []),
        Row(MsgqueueConfigureSend, "msgqueue_configure_send", [Cap("msgqueue", MessageQueue, MessageQueueRights.Send),
            Word32("not_full_threshold"), Word32("delay_us"), Ones], [], Unimplemented, ArgumentInvalid),
        Row(MsgqueueConfigureReceive, "msgqueue_configure_receive", [Cap("msgqueue", MessageQueue, MessageQueueRights.Receive),
            Word32("not_empty_threshold"), Word32("delay_us"), Ones], [], Unimplemented, ArgumentInvalid),
        Row(MsgqueueConfigure, "msgqueue_configure",
            [Setup("msgqueue", MessageQueue), Bits("create_info", uint.MaxValue, Ok), Zero], [], ObjectState, ArgumentInvalid),
    ];

    private static HypercallRow[] DeclareCapabilitySpaces() =>
    [
        Row(CspaceDeleteCapFrom, "cspace_delete_cap_from", [Cap("cspace", CapabilitySpace, CapabilitySpaceRights.CapDelete),
            CapByCall("cap"), Zero], [], CapNull, ArgumentInvalid, Busy),
        Row(CspaceCopyCapFrom, "cspace_copy_cap_from",
            [Cap("src_cspace", CapabilitySpace, CapabilitySpaceRights.CapCopy), CapByCall("src_cap"),
                Cap("dst_cspace", CapabilitySpace, CapabilitySpaceRights.CapCreate, order: 1), Word32("rights_mask"), Zero],
                ["new_cap"], CapabilitySpaceFull, NoMemory, InsufficientRights, Busy),
        Row(CspaceRevokeCapFrom, "cspace_revoke_cap_from", [CapByCall("cspace"), CapByCall("cap"), Zero], [], Unimplemented),
        Row(CspaceConfigure, "cspace_configure", [Setup("cspace", CapabilitySpace), Word32("max_caps"), Zero], [], ObjectState,
            ArgumentInvalid),
        Row(CspaceAttachThread, "cspace_attach_thread", [Cap("cspace", CapabilitySpace, CapabilitySpaceRights.Attach, order: 1),
            Setup("thread", ObjectType.Thread), Zero], [], ObjectState),
        Row(CspaceRevokeCapsFrom, "cspace_revoke_caps_from", [Cap("cspace", CapabilitySpace, CapabilitySpaceRights.CapRevoke),
            CapByCall("master_cap"), Zero], [], InsufficientRights, Busy),
    ];

    private static HypercallRow[] DeclareInterrupts() =>
    [
        Row(VicConfigure, "vic_configure", [Setup("vic", Vic), Word32("max_vcpus"), Word32("max_virqs"), Word("vic_options"),
            Word32("max_msis")], [], ArgumentInvalid, ObjectState),
        Row(VicAttachVcpu, "vic_attach_vcpu", [Cap("vic", Vic, VicRights.AttachVcpu), Setup("vcpu", ObjectType.Thread, order: 1),
            Word32("index"), Zero], [], ArgumentInvalid, ObjectState),
        Row(VpmGroupConfigure, "vpm_group_configure", [Setup("vpm_group", VpmGroup),
            Bits("flags", 1, Unimplemented) with { DocumentedUnknownBits = ArgumentInvalid }, Zero], [], ObjectState),
        Row(VpmGroupAttachVcpu, "vpm_group_attach_vcpu", [Cap("vpm_group", VpmGroup, VpmGroupRights.AttachVcpu),
            Setup("vcpu", ObjectType.Thread, order: 1), Word32("index"), Zero], [], ArgumentInvalid, ObjectState),
        Bind(VpmGroupBindVirq, "vpm_group_bind_virq", Cap("vpm_group", VpmGroup, VpmGroupRights.BindVirq)),
        Row(VpmGroupUnbindVirq, "vpm_group_unbind_virq", [Cap("vpm_group", VpmGroup, VpmGroupRights.BindVirq), Zero], []),
        Row(VpmGroupGetState, "vpm_group_get_state", [Cap("vpm_group", VpmGroup, VpmGroupRights.Query), Zero], ["state"]),
    ];

    private static HypercallRow[] DeclareMemory() =>
    [
        Row(AddrspaceAttachThread, "addrspace_attach_thread",
            [Cap("addrspace", AddressSpace, AddressSpaceRights.Attach, order: 1), Setup("thread", ObjectType.Thread), Zero], [],
            ArgumentInvalid, NoMemory, ObjectState),
        Row(AddrspaceMap, "addrspace_map",
            [Cap("addrspace", AddressSpace, AddressSpaceRights.Map),
                Cap("memextent", MemoryExtent, MemoryExtentRights.Map, order: 1), Address("base"),
                Bits32("map_attributes", MapAttributeBits, ArgumentInvalid), Bits32("map_flags", MapFlagBits, ArgumentInvalid),
                Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, AddressOverflow,
                AddressInvalid, Denied, MappingsFull, ExtentType),
        Row(AddrspaceUnmap, "addrspace_unmap",
            [Cap("addrspace", AddressSpace, AddressSpaceRights.Map),
                Cap("memextent", MemoryExtent, MemoryExtentRights.Map, order: 1), Address("base"),
                Bits32("map_flags", MapFlagBits, ArgumentInvalid), Word("offset"), Size64("size")], [], ArgumentInvalid,
                ArgumentSize, ArgumentAlignment, AddressInvalid, Denied, ExtentType),
        Row(AddrspaceUpdateAccess, "addrspace_update_access",
            [Cap("addrspace", AddressSpace, AddressSpaceRights.Map),
                Cap("memextent", MemoryExtent, MemoryExtentRights.Map, order: 1), Address("base"),
                Bits32("access_attributes", AccessBits, ArgumentInvalid), Bits32("map_flags", MapFlagBits, ArgumentInvalid),
                Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, AddressInvalid, Denied,
                ExtentType),
        Row(AddrspaceConfigure, "addrspace_configure", [Setup("addrspace", AddressSpace), Word("vmid", ushort.MaxValue), Zero],
            [], ObjectState, ArgumentInvalid),
        Row(AddrspaceLookup, "addrspace_lookup",
            [Cap("addrspace", AddressSpace, AddressSpaceRights.Lookup),
                Cap("memextent", MemoryExtent, MemoryExtentRights.Lookup, order: 1), Address("base"), Size64("size"), Zero],
                ["offset", "size", "map_attributes"], ArgumentSize, ArgumentAlignment, AddressOverflow, AddressInvalid,
                MemoryNotOwned),
        Row(MemextentModify, "memextent_modify",
            [Cap("memextent", MemoryExtent, MemoryExtentRights.Map), Bits32("flags", 0x8000_00FF, ArgumentInvalid),
                Word("offset"), Size64("size")], [], ArgumentInvalid, ArgumentSize, ArgumentAlignment, Denied),
        Row(MemextentConfigure, "memextent_configure", [Setup("memextent", MemoryExtent), Address("phys_base"), Size64("size"),
            Word32("attributes"), Zero], [], ObjectState, ArgumentInvalid, ArgumentAlignment),
        Row(MemextentConfigureDerive, "memextent_configure_derive",
            [Setup("memextent", MemoryExtent, order: 1), Cap("parent", MemoryExtent, MemoryExtentRights.Derive), Word("offset"),
                Size64("size"), Word32("attributes"), Zero], [], ObjectState, ArgumentInvalid, ArgumentAlignment, AddressInvalid),
    ];

    private static HypercallRow[] DeclareVcpus() =>
    [
        Row(VcpuConfigure, "vcpu_configure", [Setup("vcpu", ObjectType.Thread), Bits("options", VcpuOptionBits, ArgumentInvalid),
            Zero], [], ArgumentInvalid, ObjectState),
        Row(VcpuPoweron, "vcpu_poweron", [Cap("vcpu", ObjectType.Thread, ThreadRights.Power), Address("entry"), Word("context"),
            Bits("flags", 3, ArgumentInvalid)], [], ArgumentInvalid, Busy, Failure),
        Row(VcpuPoweroff, "vcpu_poweroff", [Cap("vcpu", ObjectType.Thread, ThreadRights.Power),
            Bits("flags", 1, ArgumentInvalid)], [], ArgumentInvalid, Denied),
        Row(VcpuKill, "vcpu_kill", [Cap("vcpu", ObjectType.Thread, ThreadRights.Lifecycle), Zero], [], ObjectState),
        Row(SchedulerYield, "scheduler_yield", [Word32("control"), CapByCall("argument"), Zero], [], ArgumentInvalid),
        Row(VcpuSetAffinity, "vcpu_set_affinity", [CapByCall("vcpu"), Word("cpu_index", ushort.MaxValue), Ones], [],
            ArgumentInvalid, Denied, ObjectState),
        Row(VcpuSetPriority, "vcpu_set_priority", [Cap("vcpu", ObjectType.Thread, ThreadRights.Priority, AnyState),
            Word32("priority")], [], Denied, ArgumentInvalid, ObjectState),
        Row(VcpuSetTimeslice, "vcpu_set_timeslice", [Cap("vcpu", ObjectType.Thread, ThreadRights.Timeslice, AnyState),
            Word("nanoseconds")], [], ArgumentInvalid, ObjectState),
        Row(VcpuBindVirq, "vcpu_bind_virq",
            [Cap("vcpu", ObjectType.Thread, ThreadRights.BindVirq), Cap("vic", Vic, VicRights.BindSource, order: 1),
                Word32("virq"), Word32("type"), Zero], [], VirqBound, Busy, ArgumentInvalid),
        Row(VcpuUnbindVirq, "vcpu_unbind_virq", [Cap("vcpu", ObjectType.Thread, ThreadRights.BindVirq), Word32("type"), Zero],
            [], ArgumentInvalid),
        Row(VcpuRegisterWrite, "vcpu_register_write", [Cap("vcpu", ObjectType.Thread, ThreadRights.WriteContext, AnyState),
            Word32("register_set"), Word32("register_index"), Word("value"), Zero], [], ArgumentInvalid, Busy, ObjectState),
        Row(VcpuRun, "vcpu_run",
            [Cap("vcpu", ObjectType.Thread, ThreadRights.Affinity | ThreadRights.YieldTo), Word("resume_data0"),
                Word("resume_data1"), Word("resume_data2"), Zero], ["state", "state_data0", "state_data1", "state_data2"],
                ArgumentInvalid, Busy, Denied, Retry),
        Row(VcpuRunCheck, "vcpu_run_check", [Cap("vcpu", ObjectType.Thread, ThreadRights.BindVirq | ThreadRights.State), Zero],
            ["state", "state_data0", "state_data1", "state_data2"], ArgumentInvalid, Busy),
    ];

    private static HypercallRow Bind(Hypercall number, string name, HypercallInput source) =>
        Row(number, name, [source, Cap("vic", Vic, VicRights.BindSource, order: 1), Word32("virq"), Zero], [], VirqBound, Busy,
        ArgumentInvalid);
}
