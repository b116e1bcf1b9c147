using Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>What carries out each call of <see cref="HypercallTable"/>, by number.</summary>
internal static class HypercallHandlers
{
    private static readonly HypercallHandler?[] _byNumber = Index();

    /// <summary>The handler of a declared call.</summary>
    public static HypercallHandler Find(Hypercall number) =>
        _byNumber[(int)number] ?? throw new InvalidOperationException($"{number} is declared but nothing carries it out");

    /// <summary>True if a handler exists; the table and the handlers are compared by a test.</summary>
    public static bool Has(int number) => _byNumber[number] is not null;

    private static HypercallHandler?[] Index()
    {
        var table = new HypercallHandler?[HypercallTable.Size];
        foreach ((Hypercall number, HypercallHandler handler) in Declare())
            table[(int)number] = handler;
        return table;
    }

    private static IEnumerable<(Hypercall Number, HypercallHandler Handler)> Declare() =>
    [
        (Hypercall.HypervisorIdentify, ObjectCalls.Identify),
        (Hypercall.PartitionCreatePartition, ObjectCalls.CreatePartition),
        (Hypercall.PartitionCreateCspace, ObjectCalls.CreateCapabilitySpace),
        (Hypercall.PartitionCreateAddrspace, ObjectCalls.CreateAddressSpace),
        (Hypercall.PartitionCreateMemextent, ObjectCalls.CreateMemoryExtent),
        (Hypercall.PartitionCreateThread, ObjectCalls.CreateThread),
        (Hypercall.PartitionCreateDoorbell, ObjectCalls.CreateDoorbell),
        (Hypercall.PartitionCreateMsgqueue, ObjectCalls.CreateMessageQueue),
        (Hypercall.PartitionCreateVic, ObjectCalls.CreateVic),
        (Hypercall.PartitionCreateVpmGroup, ObjectCalls.CreateVpmGroup),
        (Hypercall.ObjectActivate, ObjectCalls.Activate),
        (Hypercall.ObjectActivateFrom, ObjectCalls.ActivateFrom),
        (Hypercall.ObjectReset, ObjectCalls.Unimplemented),
        (Hypercall.ObjectResetFrom, ObjectCalls.Unimplemented),
        (Hypercall.PrngGetEntropy, ObjectCalls.GetEntropy),
        (Hypercall.DoorbellBindVirq, DoorbellCalls.Bind),
        (Hypercall.DoorbellUnbindVirq, DoorbellCalls.Unbind),
        (Hypercall.DoorbellSend, DoorbellCalls.Send),
        (Hypercall.DoorbellReceive, DoorbellCalls.Receive),
        (Hypercall.DoorbellReset, DoorbellCalls.Reset),
        (Hypercall.DoorbellMask, DoorbellCalls.Mask),
        (Hypercall.MsgqueueBindSendVirq, MessageQueueCalls.BindSend),
        (Hypercall.MsgqueueBindReceiveVirq, MessageQueueCalls.BindReceive),
        (Hypercall.MsgqueueUnbindSendVirq, MessageQueueCalls.UnbindSend),
        (Hypercall.MsgqueueUnbindReceiveVirq, MessageQueueCalls.UnbindReceive),
        (Hypercall.MsgqueueSend, MessageQueueCalls.Send),
        (Hypercall.MsgqueueReceive, MessageQueueCalls.Receive),
        (Hypercall.MsgqueueFlush, MessageQueueCalls.Flush),
        (Hypercall.MsgqueueConfigureSend, MessageQueueCalls.ConfigureSend),
        (Hypercall.MsgqueueConfigureReceive, MessageQueueCalls.ConfigureReceive),
        (Hypercall.MsgqueueConfigure, MessageQueueCalls.Configure),
        (Hypercall.CspaceDeleteCapFrom, CapabilitySpaceCalls.Delete),
        (Hypercall.CspaceCopyCapFrom, CapabilitySpaceCalls.Copy),
        (Hypercall.CspaceRevokeCapFrom, ObjectCalls.Unimplemented),
        (Hypercall.CspaceConfigure, CapabilitySpaceCalls.Configure),
        (Hypercall.CspaceAttachThread, CapabilitySpaceCalls.AttachThread),
        (Hypercall.CspaceRevokeCapsFrom, CapabilitySpaceCalls.RevokeCopies),
        (Hypercall.VicConfigure, InterruptCalls.ConfigureVic),
        (Hypercall.VicAttachVcpu, InterruptCalls.AttachVcpu),
        (Hypercall.VpmGroupConfigure, InterruptCalls.ConfigureGroup),
        (Hypercall.VpmGroupAttachVcpu, InterruptCalls.AttachToGroup),
        (Hypercall.VpmGroupBindVirq, InterruptCalls.BindGroup),
        (Hypercall.VpmGroupUnbindVirq, InterruptCalls.UnbindGroup),
        (Hypercall.VpmGroupGetState, InterruptCalls.GroupState),
        (Hypercall.AddrspaceAttachThread, MemoryCalls.AttachThread),
        (Hypercall.AddrspaceMap, MemoryCalls.Map),
        (Hypercall.AddrspaceUnmap, MemoryCalls.Unmap),
        (Hypercall.AddrspaceUpdateAccess, MemoryCalls.UpdateAccess),
        (Hypercall.AddrspaceConfigure, MemoryCalls.ConfigureSpace),
        (Hypercall.AddrspaceLookup, MemoryCalls.Lookup),
        (Hypercall.MemextentModify, MemoryCalls.Modify),
        (Hypercall.MemextentConfigure, MemoryCalls.Configure),
        (Hypercall.MemextentConfigureDerive, MemoryCalls.ConfigureDerived),
        (Hypercall.VcpuConfigure, VcpuCalls.Configure),
        (Hypercall.VcpuPoweron, VcpuCalls.PowerOn),
        (Hypercall.VcpuPoweroff, VcpuCalls.PowerOff),
        (Hypercall.VcpuKill, VcpuCalls.Kill),
        (Hypercall.SchedulerYield, VcpuCalls.Yield),
        (Hypercall.VcpuSetAffinity, VcpuCalls.SetAffinity),
        (Hypercall.VcpuSetPriority, VcpuCalls.SetPriority),
        (Hypercall.VcpuSetTimeslice, VcpuCalls.SetTimeslice),
        (Hypercall.VcpuBindVirq, VcpuCalls.BindVirq),
        (Hypercall.VcpuUnbindVirq, VcpuCalls.UnbindVirq),
        (Hypercall.VcpuRegisterWrite, VcpuCalls.WriteRegister),
        (Hypercall.VcpuRun, VcpuCalls.Run),
        (Hypercall.VcpuRunCheck, VcpuCalls.RunCheck),
    ];
}
