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
