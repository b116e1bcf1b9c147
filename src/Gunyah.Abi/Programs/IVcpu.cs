using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Abi.Programs;

/// <summary>
/// A vCPU as the program on it sees it: hypercalls, memory through its address space, its interrupts, its timer and its
/// registers. Only the program that runs on the vCPU may use it, and only while it is being run.
/// </summary>
public interface IVcpu : IHypervisorPort
{
    /// <summary>The registers. At the start of a program: PC is the entry point, X0 the context word.</summary>
    ref GuestRegisters Registers { get; }

    /// <summary>
    /// True once the vCPU was powered off, killed or has failed. The program must return from <see cref="IVcpuProgram.Run"/>
    /// as soon as it sees this: for a real core the call that did it would not have come back.
    /// </summary>
    bool IsHalted { get; }

    /// <summary>The vCPU's interrupts.</summary>
    IInterruptController Interrupts { get; }

    /// <summary>What an engine for machine code needs around its core, over the same state.</summary>
    IVcpuHardware Hardware { get; }

    /// <summary>The virtual counter, in nanoseconds since the machine started. Never goes back.</summary>
    ulong Now { get; }

    /// <summary>
    /// Sets the virtual timer: its interrupt (<see cref="InterruptIds.VirtualTimer"/>) is asserted once when
    /// <see cref="Now"/> reaches the deadline. A later call replaces an earlier one.
    /// </summary>
    /// <param name="deadline">A time on the <see cref="Now"/> scale; a past one fires at once.</param>
    void SetTimer(ulong deadline);

    /// <summary>Stops the virtual timer and withdraws its interrupt.</summary>
    void CancelTimer();

    /// <summary>Reads memory through the vCPU's address space.</summary>
    /// <param name="address">An intermediate physical address, which with the MMU off is the guest address.</param>
    /// <param name="destination">Takes the bytes; untouched on failure.</param>
    /// <returns>False where part of the range is not mapped readable.</returns>
    bool TryRead(ulong address, Span<byte> destination);

    /// <summary>Writes memory through the vCPU's address space.</summary>
    /// <param name="address">An intermediate physical address.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>False, with nothing written, where part of the range is not mapped writable.</returns>
    bool TryWrite(ulong address, ReadOnlySpan<byte> source);

    /// <summary>Guest RAM by host address, for an engine with a TLB.</summary>
    IGuestPages Pages { get; }

    /// <summary>
    /// True if somebody wants events of this kind from programs. Text for an event is made only after this has said yes.
    /// </summary>
    bool Observes(EventKind kind);

    /// <summary>Reports an event; time, VM and vCPU are filled in. Like a trace instruction: the guest sees no effect.</summary>
    void Report(EventKind kind, in EventValues values, string? text = null, ReadOnlyMemory<byte> data = default);
}

/// <summary>
/// What runs on a vCPU: C# code, or later an interpreter of AArch64 code. The machine never cares which.
/// </summary>
public interface IVcpuProgram
{
    /// <summary>Runs until it has nothing to do, has used its budget, or the vCPU halted.</summary>
    /// <param name="vcpu">The vCPU; the same one at every call.</param>
    /// <param name="budget">How many steps it may take before it must return; at least 1. What a step is, is the program's
    /// business, but each must be short.</param>
    VcpuStep Run(IVcpu vcpu, int budget);
}

/// <summary>Why a program came back.</summary>
public enum VcpuStep
{
    /// <summary>It has more to do, or the vCPU halted.</summary>
    Yield,

    /// <summary>It waits for an interrupt (WFI). It is run again when one can be delivered.</summary>
    WaitForInterrupt,
}
