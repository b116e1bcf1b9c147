namespace Gunyah.Hypervisor.Vcpus;

/// <summary>The power state of a vCPU (gunyah-abi.md 4.7.2 and 4.8).</summary>
internal enum VcpuPower
{
    /// <summary>Powered off; may be powered on.</summary>
    Off,

    /// <summary>Powered on: running, ready or waiting.</summary>
    On,

    /// <summary>Stopped by a fault.</summary>
    Faulted,

    /// <summary>Killed, but it must be run once more to leave the hypervisor.</summary>
    Killed,

    /// <summary>Gone for good.</summary>
    Exited,
}

/// <summary>Why a vCPU stops.</summary>
internal enum VcpuStop
{
    /// <summary>It asks to go off while others of its group stay on.</summary>
    Off,

    /// <summary>It asks to go off as the last of its group, or without one.</summary>
    LastOff,

    /// <summary>It ended its whole VM.</summary>
    ForcedOff,

    /// <summary>Its program failed.</summary>
    Fault,

    /// <summary>Somebody killed it.</summary>
    Kill,
}

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
