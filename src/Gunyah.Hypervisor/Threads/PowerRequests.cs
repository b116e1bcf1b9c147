namespace Gunyah.Hypervisor.Threads;

/// <summary>Where a vCPU starts the next time it is run.</summary>
/// <param name="Entry">The program counter; null to keep it.</param>
/// <param name="Context">X0; null to keep it.</param>
internal readonly record struct VcpuStart(ulong? Entry, ulong? Context);

/// <summary>A suspend through PSCI.</summary>
/// <param name="PowerState">The state asked for, as the vCPU gave it.</param>
/// <param name="Restart">Where it starts when it wakes, for states that lose the core's content.</param>
internal readonly record struct VcpuSuspend(ulong PowerState, VcpuStart? Restart);

/// <summary>A system reset that a vCPU asked for: the data words of the run state.</summary>
internal readonly record struct SystemResetRequest(ulong Type, ulong Cookie);
