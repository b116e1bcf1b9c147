using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Threads;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// What the engine on a vCPU reaches the hypervisor through: calls, memory, interrupts. To calls and objects it is who calls.
/// </summary>
internal sealed class VcpuPort : IVcpu, ICaller
{
    private readonly HypervisorContext _context;
    private readonly VcpuRoom _room;
    private readonly VcpuCore _core;
    private VcpuInterrupts? _interrupts;
    private VcpuHardware? _hardware;
    private VcpuTimers? _timers;
    private IGroupMember? _power;
    private volatile bool _isHalted;

    public VcpuPort(HypervisorContext context, VcpuRoom room, VcpuCore core)
    {
        _context = context;
        _room = room;
        _core = core;
        Memory = new(room.Physical);
    }

    /// <inheritdoc/>
    public ushort Vmid => AttachedAddressSpace?.Vmid ?? 0;

    /// <summary>The index in the VM: that at its interrupt controller.</summary>
    public int Index { get; private set; }

    /// <summary>What is attached so far; each null until then.</summary>
    public CapabilitySpace? AttachedSpace { get; private set; }

    /// <inheritdoc cref="AttachedSpace"/>
    public AddressSpace? AttachedAddressSpace { get; private set; }

    /// <inheritdoc cref="AttachedSpace"/>
    public Vic? AttachedVic { get; private set; }

    /// <summary>The capability space in which calls look up their capabilities.</summary>
    public CapabilitySpace Space =>
        AttachedSpace ?? throw new InvalidOperationException("a vCPU that runs has a capability space");

    /// <inheritdoc/>
    public GuestMemory Memory { get; }

    /// <inheritdoc/>
    public Turn Turn { get; } = new();

    /// <summary>The thread's power; the vCPU connects the two.</summary>
    public IGroupMember Power
    {
        get => _power ?? throw new InvalidOperationException("a port has a thread");
        set => _power = value;
    }

    /// <summary>True once the thread was stopped. The thread sets it.</summary>
    public bool IsHalted
    {
        get => _isHalted;
        set => _isHalted = value;
    }

    /// <inheritdoc/>
    public ref GuestRegisters Registers => ref _core.Registers;

    /// <inheritdoc/>
    public IInterruptController Interrupts => _interrupts ?? throw NotActive();

    /// <inheritdoc/>
    public IVcpuHardware Hardware => _hardware ?? throw NotActive();

    /// <inheritdoc/>
    public ulong Now => _context.Platform.Now;

    /// <inheritdoc/>
    public IGuestPages Pages => Memory.Pages;

    ICapabilityTable ICaller.Capabilities => Space;

    /// <summary>Attaches a space with a reference that the port keeps.</summary>
    /// <returns>What was attached before, for the caller to release.</returns>
    public CapabilitySpace? Attach(CapabilitySpace space)
    {
        CapabilitySpace? replaced = AttachedSpace;
        AttachedSpace = space;
        return replaced;
    }

    /// <inheritdoc cref="Attach(CapabilitySpace)"/>
    public AddressSpace? Attach(AddressSpace space)
    {
        AddressSpace? replaced = AttachedAddressSpace;
        AttachedAddressSpace = space;
        return replaced;
    }

    /// <summary>Attaches an interrupt controller with a reference that the port keeps.</summary>
    /// <returns>What was attached before, for the caller to release.</returns>
    public Vic? Attach(Vic vic, int index)
    {
        Vic? replaced = AttachedVic;
        (AttachedVic, Index) = (vic, index);
        return replaced;
    }

    /// <summary>The vCPU is active: from here on there are memory, interrupts and timers.</summary>
    public void Open(StageTwoTable table, Vic vic, VcpuInterface local, VcpuTimers timers)
    {
        _timers = timers;
        _interrupts = new(vic, local);
        _hardware = new(this, _room, vic, local, timers);
        Memory.Attach(table);
    }

    /// <inheritdoc/>
    public void SetTimer(ulong deadline) => (_timers ?? throw NotActive()).SetOnce(deadline);

    /// <inheritdoc/>
    public void CancelTimer() => (_timers ?? throw NotActive()).Cancel();

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination) =>
        !_isHalted && Memory.Read(address, destination, MemoryAccess.Read) == GunyahError.Ok;

    /// <inheritdoc/>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source) =>
        !_isHalted && Memory.Write(address, source) == GunyahError.Ok;

    /// <inheritdoc/>
    public bool Observes(EventKind kind) => _context.Events.Wants(kind);

    /// <inheritdoc/>
    public void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default)
    {
        if (!_context.Events.Wants(kind))
            return;

        // A capability ID means something to the reporting VM only; readers know objects by their numbers.
        EventValues known = kind == EventKind.ObjectNamed ? values with { B = ObjectOf(new(values.A)) } : values;
        _context.Events.Emit(Now, kind, Vmid, (ushort)Index, known, text, data);
    }

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

    private static InvalidOperationException NotActive() => new("a vCPU that runs has been activated");

    /// <summary>The number of the object that a capability of this vCPU means; 0 for none.</summary>
    private ulong ObjectOf(CapId cap)
    {
        if (AttachedSpace is not { } space
            || space.Resolve(cap, default, CapabilityLookup.AnyState, out HypervisorObject? found) != GunyahError.Ok)
            return 0;
        ulong id = (ulong)found!.Id;
        Memory.Pages.Leave();
        found.Release();
        return id;
    }
}
