using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>The vCPU as its program sees it.</summary>
public sealed partial class Vcpu : IVcpu
{
    private GuestRegisters _registers;

    /// <inheritdoc/>
    public ref GuestRegisters Registers => ref _registers;

    /// <inheritdoc/>
    public bool IsHalted => _isHalted;

    /// <inheritdoc/>
    public IInterruptController Interrupts =>
        _interrupts ?? throw new InvalidOperationException("a vCPU that runs has an interrupt controller");

    /// <inheritdoc/>
    public IVcpuHardware Hardware =>
        _hardware ?? throw new InvalidOperationException("a vCPU that runs has its hardware");

    /// <inheritdoc/>
    public ulong Now => Context.Platform.Now;

    /// <inheritdoc/>
    public void SetTimer(ulong deadline) => Timers.SetOnce(deadline);

    /// <inheritdoc/>
    public void CancelTimer() => Timers.Cancel();

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination) =>
        !_isHalted && Memory.Read(address, destination, MemoryAccess.Read) == GunyahError.Ok;

    /// <inheritdoc/>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) =>
        !_isHalted && Memory.Write(address, source) == GunyahError.Ok;

    /// <inheritdoc/>
    public bool Observes(EventKind kind) => Context.Events.Wants(kind);

    /// <inheritdoc/>
    public void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default)
    {
        if (!Context.Events.Wants(kind))
            return;

        // A capability ID means something to the reporting VM only; readers know objects by their numbers.
        EventValues known = kind == EventKind.ObjectNamed ? values with { B = ObjectOf(new(values.A)) } : values;
        Context.Events.Emit(Now, kind, Vmid, (ushort)Index, known, text, data);
    }

    /// <inheritdoc/>
    public IGuestPages Pages => Memory.Pages;

    /// <inheritdoc/>
    public void Hypercall(ushort immediate, ref GuestRegisters registers)
    {
        Memory.Pages.Leave(); // A call may wait for whoever waits for this vCPU's slice; so in each of these.
        _room.Registers.Trap(this, immediate, ref registers);
    }

    /// <inheritdoc/>
    public HypercallResult Call(HypercallRow call, in HypercallArguments arguments)
    {
        Memory.Pages.Leave();
        CallWords answer = default;
        return _room.Dispatcher.TryCall(this, call.Number, in CallWords.At(in arguments), checkReserved: true, ref answer)
            ? answer.ToResult() : GunyahError.Unimplemented;
    }

    /// <inheritdoc/>
    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false)
    {
        Memory.Pages.Leave();
        return _room.Dispatcher.Calls.Messages?.Send(this, queue, message, push)
            ?? new(GunyahError.Unimplemented, NotFull: false);
    }

    /// <inheritdoc/>
    public ReceiveResult Receive(CapId queue, Span<byte> buffer)
    {
        Memory.Pages.Leave();
        return _room.Dispatcher.Calls.Messages?.Receive(this, queue, buffer)
            ?? new(GunyahError.Unimplemented, 0, NotEmpty: false);
    }

    /// <summary>The number of the object that a capability of this vCPU means; 0 for none.</summary>
    private ulong ObjectOf(CapId cap)
    {
        if (AttachedSpace is not { } space
            || space.Resolve(cap, ObjectType.Any, 0, CapabilityLookup.AnyState, out HypervisorObject? found) != GunyahError.Ok)
            return 0;
        ulong id = (ulong)found!.Id;
        Memory.Pages.Leave();
        found.Release();
        return id;
    }
}
