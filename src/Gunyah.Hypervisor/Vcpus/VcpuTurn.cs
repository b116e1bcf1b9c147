namespace Gunyah.Hypervisor.Vcpus;

/// <summary>How a vCPU stands after it was run.</summary>
public enum VcpuTurn
{
    /// <summary>It has more to do: run it again.</summary>
    Runnable,

    /// <summary>It has nothing to do until <see cref="IPlatform.MakeRunnable"/> names it.</summary>
    Blocked,

    /// <summary>It is off, faulted or gone; only a power-on brings it back.</summary>
    Off,
}
