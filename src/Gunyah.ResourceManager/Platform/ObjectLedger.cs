using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Platform;

/// <summary>
/// The books on what the Resource Manager took from the hypervisor for one purpose: each entry knows how to give itself back,
/// so that a failed construction and an orderly end are the same thing, <see cref="Release"/>.
/// </summary>
internal sealed class ObjectLedger(RootVm root)
{
    private readonly Stack<Action> _undo = new();

    /// <summary>Creates an object; it is configured and activated by the caller.</summary>
    public GunyahError Create(ObjectType type, out CapId created)
    {
        BootCapabilities own = root.Capabilities;
        GunyahError error = root.Vcpu.Create(type, own.Partition, own.CapabilitySpace, out created);
        if (error == GunyahError.Ok)
            WillDelete(own.CapabilitySpace, created);
        return error;
    }

    /// <summary>Creates and activates a message queue.</summary>
    public GunyahError CreateQueue(ushort depth, ushort messageSize, out CapId queue)
    {
        if (Create(ObjectType.MessageQueue, out queue).Failed(out GunyahError error)
            || root.Vcpu.MessageQueueConfigure(queue, depth, messageSize).Failed(out error))
            return error;
        return root.Vcpu.Activate(queue);
    }

    /// <summary>Creates and activates a doorbell.</summary>
    public GunyahError CreateDoorbell(out CapId doorbell)
    {
        return Create(ObjectType.Doorbell, out doorbell).Failed(out GunyahError error) ? error : root.Vcpu.Activate(doorbell);
    }

    /// <summary>Creates and activates an extent that takes a range of its parent.</summary>
    public GunyahError DeriveExtent(CapId parent, ulong offset, ulong size, out CapId extent)
    {
        if (Create(ObjectType.MemoryExtent, out extent).Failed(out GunyahError error)
            || root.Vcpu.ExtentDerive(extent, parent, offset, size, MemoryAccess.All).Failed(out error))
            return error;
        return root.Vcpu.Activate(extent);
    }

    /// <summary>Copies one of the Resource Manager's own capabilities into another space.</summary>
    public GunyahError Grant(CapId capability, CapId space, ObjectRights rights, out CapId copy)
    {
        GunyahError error = root.Vcpu.CopyCapability(root.Capabilities.CapabilitySpace, capability, space, rights, out copy);
        if (error == GunyahError.Ok)
            WillDelete(space, copy);
        return error;
    }

    /// <summary>Takes a free interrupt of a VM; <see cref="GunyahError.NoResources"/> when there is none.</summary>
    public GunyahError TakeVirq(VirqPool pool, out uint virq)
    {
        if (!pool.TryTakeAny(out virq))
            return GunyahError.NoResources;
        uint taken = virq;
        _undo.Push(() => pool.Return(taken));
        return GunyahError.Ok;
    }

    /// <summary>Takes an interrupt of a VM that its configuration asks for by number.</summary>
    public GunyahError TakeVirq(VirqPool pool, uint virq)
    {
        if (!pool.TryTake(virq))
            return GunyahError.Busy;
        _undo.Push(() => pool.Return(virq));
        return GunyahError.Ok;
    }

    public GunyahError BindSend(CapId queue, CapId vic, uint virq) =>
        Keep(root.Vcpu.MessageQueueBindSend(queue, vic, virq), () => root.Vcpu.MessageQueueUnbindSend(queue));

    public GunyahError BindReceive(CapId queue, CapId vic, uint virq) =>
        Keep(root.Vcpu.MessageQueueBindReceive(queue, vic, virq), () => root.Vcpu.MessageQueueUnbindReceive(queue));

    public GunyahError BindDoorbell(CapId doorbell, CapId vic, uint virq) =>
        Keep(root.Vcpu.DoorbellBind(doorbell, vic, virq), () => root.Vcpu.DoorbellUnbind(doorbell));

    public GunyahError BindVcpu(CapId vcpu, CapId vic, uint virq, VcpuVirqType type) =>
        Keep(root.Vcpu.VcpuBindVirq(vcpu, vic, virq, type), () => root.Vcpu.VcpuUnbindVirq(vcpu, type));

    public GunyahError BindHardwareInterrupt(CapId interrupt, CapId vic, uint virq) =>
        Keep(root.Vcpu.HardwareInterruptBind(interrupt, vic, virq), () => root.Vcpu.HardwareInterruptUnbind(interrupt));

    /// <summary>Has a handler called when one of the Resource Manager's own interrupts comes.</summary>
    public void Listen(uint intid, Action handler)
    {
        root.Interrupts.Attach(intid, handler);
        _undo.Push(() => root.Interrupts.Detach(intid));
    }

    /// <summary>Adds something else that must happen when the books are closed.</summary>
    public void WillUndo(Action undo) => _undo.Push(undo);

    /// <summary>Gives everything back, the last thing first. The ledger is empty afterwards and can be used again.</summary>
    public void Release()
    {
        while (_undo.TryPop(out Action? undo))
            undo();
    }

    private void WillDelete(CapId space, CapId capability) =>
        _undo.Push(() => root.Vcpu.DeleteCapability(space, capability));

    private GunyahError Keep(GunyahError error, Action undo)
    {
        if (error == GunyahError.Ok)
            _undo.Push(undo);
        return error;
    }
}
