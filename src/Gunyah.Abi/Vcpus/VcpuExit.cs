namespace Gunyah.Abi.Vcpus;

/// <summary>Why an engine came back. There are no other reasons.</summary>
public enum VcpuExitKind
{
    /// <summary>It has taken as many steps as it may, and has more to do.</summary>
    BudgetUsed,

    /// <summary>
    /// HVC #immediate or SMC #0, with the registers as they are before the call; the program counter is behind it. The engine
    /// goes on with the registers as the call leaves them.
    /// </summary>
    Hypercall,

    /// <summary>A load or store where no memory is mapped; goes on after <c>IVcpuEngine.Complete</c>.</summary>
    DeviceAccess,

    /// <summary>WFI: it goes on when an interrupt can be delivered.</summary>
    WaitForInterrupt,

    /// <summary>WFE: as <see cref="BudgetUsed"/>, but others may go first.</summary>
    WaitForEvent,

    /// <summary>Its vCPU was powered off or killed, by what it did or by another: it does not go on.</summary>
    Halted,

    /// <summary>It did what cannot be gone on after; the vCPU faults.</summary>
    Fault,
}

/// <summary>One return of an engine.</summary>
/// <param name="Kind">Why it came back.</param>
/// <param name="Steps">How many steps it took of its budget.</param>
/// <param name="Immediate">For <see cref="VcpuExitKind.Hypercall"/>: that of the instruction.</param>
/// <param name="Access">For <see cref="VcpuExitKind.DeviceAccess"/>: the access.</param>
/// <param name="Reason">For <see cref="VcpuExitKind.Fault"/>: what went wrong, for the event.</param>
public readonly record struct VcpuExit(
    VcpuExitKind Kind, int Steps, ushort Immediate = 0, DeviceAccess Access = default, string? Reason = null);
