using Gunyah.Abi.Hypercalls;
using Rows = Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>What carries out each call of <see cref="HypercallTable"/>, by number.</summary>
internal static class HypercallHandlers
{
    private static readonly HypercallHandler?[] _byNumber = Index();

    /// <summary>The handler of a declared call.</summary>
    public static HypercallHandler Find(HypercallRow row) =>
        _byNumber[row.Number] ?? throw new InvalidOperationException($"{row.Name} is declared but nothing carries it out");

    /// <summary>True if a handler exists; the table and the handlers are compared by a test.</summary>
    public static bool Has(int number) => _byNumber[number] is not null;

    private static HypercallHandler?[] Index()
    {
        var table = new HypercallHandler?[HypercallTable.Size];
        foreach ((HypercallRow row, HypercallHandler handler) in Declare())
            table[row.Number] = handler;
        return table;
    }

    private static IEnumerable<(HypercallRow Row, HypercallHandler Handler)> Declare() =>
    [
        (Rows.IdentificationCalls.Identify, ObjectCalls.Identify),
        (Rows.PartitionCalls.Create, ObjectCalls.CreatePartition),
        (Rows.CapabilitySpaceCalls.Create, ObjectCalls.CreateCapabilitySpace),
        (Rows.AddressSpaceCalls.Create, ObjectCalls.CreateAddressSpace),
        (Rows.MemoryExtentCalls.Create, ObjectCalls.CreateMemoryExtent),
        (Rows.VcpuCalls.Create, ObjectCalls.CreateThread),
        (Rows.DoorbellCalls.Create, ObjectCalls.CreateDoorbell),
        (Rows.MessageQueueCalls.Create, ObjectCalls.CreateMessageQueue),
        (Rows.VicCalls.Create, ObjectCalls.CreateVic),
        (Rows.VpmGroupCalls.Create, ObjectCalls.CreateVpmGroup),
        (Rows.ObjectCalls.Activate, ObjectCalls.Activate),
        (Rows.ObjectCalls.ActivateFrom, ObjectCalls.ActivateFrom),
        (Rows.ObjectCalls.Reset, ObjectCalls.Unimplemented),
        (Rows.ObjectCalls.ResetFrom, ObjectCalls.Unimplemented),
        (Rows.IdentificationCalls.GetEntropy, ObjectCalls.GetEntropy),
        (Rows.DoorbellCalls.BindVirq, DoorbellCalls.Bind),
        (Rows.DoorbellCalls.UnbindVirq, DoorbellCalls.Unbind),
        (Rows.DoorbellCalls.Send, DoorbellCalls.Send),
        (Rows.DoorbellCalls.Receive, DoorbellCalls.Receive),
        (Rows.DoorbellCalls.Reset, DoorbellCalls.Reset),
        (Rows.DoorbellCalls.Mask, DoorbellCalls.Mask),
        (Rows.MessageQueueCalls.BindSendVirq, MessageQueueCalls.BindSend),
        (Rows.MessageQueueCalls.BindReceiveVirq, MessageQueueCalls.BindReceive),
        (Rows.MessageQueueCalls.UnbindSendVirq, MessageQueueCalls.UnbindSend),
        (Rows.MessageQueueCalls.UnbindReceiveVirq, MessageQueueCalls.UnbindReceive),
        (Rows.MessageQueueCalls.Send, MessageQueueCalls.Send),
        (Rows.MessageQueueCalls.Receive, MessageQueueCalls.Receive),
        (Rows.MessageQueueCalls.Flush, MessageQueueCalls.Flush),
        (Rows.MessageQueueCalls.ConfigureSend, MessageQueueCalls.ConfigureSend),
        (Rows.MessageQueueCalls.ConfigureReceive, MessageQueueCalls.ConfigureReceive),
        (Rows.MessageQueueCalls.Configure, MessageQueueCalls.Configure),
        (Rows.CapabilitySpaceCalls.DeleteCapFrom, CapabilitySpaceCalls.Delete),
        (Rows.CapabilitySpaceCalls.CopyCapFrom, CapabilitySpaceCalls.Copy),
        (Rows.CapabilitySpaceCalls.RevokeCapFrom, ObjectCalls.Unimplemented),
        (Rows.CapabilitySpaceCalls.Configure, CapabilitySpaceCalls.Configure),
        (Rows.CapabilitySpaceCalls.AttachThread, CapabilitySpaceCalls.AttachThread),
        (Rows.CapabilitySpaceCalls.RevokeCapsFrom, CapabilitySpaceCalls.RevokeCopies),
        (Rows.VicCalls.Configure, InterruptCalls.ConfigureVic),
        (Rows.VicCalls.AttachVcpu, InterruptCalls.AttachVcpu),
        (Rows.VpmGroupCalls.Configure, InterruptCalls.ConfigureGroup),
        (Rows.VpmGroupCalls.AttachVcpu, InterruptCalls.AttachToGroup),
        (Rows.VpmGroupCalls.BindVirq, InterruptCalls.BindGroup),
        (Rows.VpmGroupCalls.UnbindVirq, InterruptCalls.UnbindGroup),
        (Rows.VpmGroupCalls.GetState, InterruptCalls.GroupState),
        (Rows.AddressSpaceCalls.AttachThread, MemoryCalls.AttachThread),
        (Rows.AddressSpaceCalls.Map, MemoryCalls.Map),
        (Rows.AddressSpaceCalls.Unmap, MemoryCalls.Unmap),
        (Rows.AddressSpaceCalls.UpdateAccess, MemoryCalls.UpdateAccess),
        (Rows.AddressSpaceCalls.Configure, MemoryCalls.ConfigureSpace),
        (Rows.AddressSpaceCalls.Lookup, MemoryCalls.Lookup),
        (Rows.MemoryExtentCalls.Modify, MemoryCalls.Modify),
        (Rows.MemoryExtentCalls.Configure, MemoryCalls.Configure),
        (Rows.MemoryExtentCalls.ConfigureDerive, MemoryCalls.ConfigureDerived),
        (Rows.VcpuCalls.Configure, VcpuCalls.Configure),
        (Rows.VcpuCalls.PowerOn, VcpuCalls.PowerOn),
        (Rows.VcpuCalls.PowerOff, VcpuCalls.PowerOff),
        (Rows.VcpuCalls.Kill, VcpuCalls.Kill),
        (Rows.VcpuCalls.Yield, VcpuCalls.Yield),
        (Rows.VcpuCalls.SetAffinity, VcpuCalls.SetAffinity),
        (Rows.VcpuCalls.SetPriority, VcpuCalls.SetPriority),
        (Rows.VcpuCalls.SetTimeslice, VcpuCalls.SetTimeslice),
        (Rows.VcpuCalls.BindVirq, VcpuCalls.BindVirq),
        (Rows.VcpuCalls.UnbindVirq, VcpuCalls.UnbindVirq),
        (Rows.VcpuCalls.RegisterWrite, VcpuCalls.WriteRegister),
        (Rows.VcpuCalls.Run, VcpuCalls.Run),
        (Rows.VcpuCalls.RunCheck, VcpuCalls.RunCheck),
    ];
}
