namespace Gunyah.Abi.Vcpus;

/// <summary>Option flags of vcpu_configure (gunyah-abi.md 4.7.1).</summary>
[Flags]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1028:Enum Storage should be Int32",
    Justification = "The ABI's word has 64 bits and uses the last.")]
public enum VcpuOptions : ulong
{
    /// <summary>No option.</summary>
    None = 0,

    /// <summary>The affinity is fixed after activation.</summary>
    Pinned = 1UL << 0,

    /// <summary>Handles RAS errors; privileged.</summary>
    RasErrorHandler = 1UL << 1,

    /// <summary>Counting by the activity monitors is off.</summary>
    AmuCountingDisabled = 1UL << 2,

    /// <summary>May use SVE.</summary>
    SveAllowed = 1UL << 3,

    /// <summary>May debug itself.</summary>
    DebugAllowed = 1UL << 4,

    /// <summary>May trace itself.</summary>
    TraceAllowed = 1UL << 5,

    /// <summary>A fault of this vCPU stops the machine; privileged.</summary>
    Critical = 1UL << 8,

    /// <summary>Runs only inside somebody's vcpu_run.</summary>
    VcpuRunScheduled = 1UL << 9,

    /// <summary>Belongs to the primary VM; privileged, one VM only.</summary>
    HlosVm = 1UL << 63,
}

/// <summary>The interrupt sources of a vCPU (gunyah-abi.md 4.7.3).</summary>
public enum VcpuVirqType
{
    /// <summary>
    /// Asserted (edge) when the vCPU ends its VM by PSCI or its program fails; not when it goes off by itself or is killed.
    /// </summary>
    Halt = 0,

    /// <summary>Asserted (edge) when a proxy-scheduled vCPU that nobody runs becomes runnable.</summary>
    RunWakeup = 1,
}

/// <summary>Register sets of vcpu_register_write (gunyah-abi.md 4.7.2).</summary>
public enum VcpuRegisterSet
{
    /// <summary>X0 to X30.</summary>
    General = 0,

    /// <summary>The program counter, index 0.</summary>
    ProgramCounter = 1,

    /// <summary>SP_EL0 and SP_EL1, index 0 and 1.</summary>
    StackPointer = 2,
}

/// <summary>States that vcpu_run and vcpu_run_check answer (gunyah-abi.md 4.8).</summary>
public enum VcpuRunState
{
    /// <summary>Its turn ended; run it again.</summary>
    Ready = 0,

    /// <summary>Waits for an interrupt or is suspended; wait for the wake-up interrupt.</summary>
    ExpectsWakeup = 1,

    /// <summary>Powered off; data 0 bit 0: for good.</summary>
    PoweredOff = 2,

    /// <summary>Blocked in the hypervisor; try again later.</summary>
    Blocked = 3,

    /// <summary>Reads an emulated device: address and size follow.</summary>
    VmmioRead = 4,

    /// <summary>Writes an emulated device: address, size and value follow.</summary>
    VmmioWrite = 5,

    /// <summary>Stopped by a fault that it cannot recover from.</summary>
    Fault = 6,

    /// <summary>Asked for a system reset through PSCI.</summary>
    PsciSystemReset = 0x100,
}

/// <summary>Why a vCPU expects a wake-up: data 1 of <see cref="VcpuRunState.ExpectsWakeup"/>.</summary>
public enum VcpuWakeupCause
{
    /// <summary>No reason known.</summary>
    Unspecified = 0,

    /// <summary>It waits for an interrupt.</summary>
    WaitForInterrupt = 1,

    /// <summary>PSCI CPU_SUSPEND.</summary>
    CpuSuspend = 2,

    /// <summary>PSCI SYSTEM_SUSPEND.</summary>
    SystemSuspend = 3,
}

/// <summary>The state of a vCPU with its data words.</summary>
public readonly record struct VcpuRunResult(VcpuRunState State, ulong Data0, ulong Data1, ulong Data2);

/// <summary>The three words given to vcpu_run; their meaning depends on the state last answered.</summary>
public readonly record struct VcpuResumeData(ulong Data0 = 0, ulong Data1 = 0, ulong Data2 = 0);

/// <summary>Numbers of the scheduler that guests see (gunyah-abi.md 7.1).</summary>
public static class VcpuLimits
{
    /// <summary>The most vCPUs of a VM, and the number of physical CPUs.</summary>
    public const int MaxVcpus = 8;

    /// <summary>The highest priority.</summary>
    public const uint HighestPriority = 62;

    /// <summary>The priority of a new vCPU.</summary>
    public const uint DefaultPriority = 32;

    /// <summary>The shortest time slice in nanoseconds.</summary>
    public const ulong ShortestTimeslice = 100_000;

    /// <summary>The longest time slice in nanoseconds.</summary>
    public const ulong LongestTimeslice = 100_000_000;

    /// <summary>The affinity value for "no CPU".</summary>
    public const ushort NoCpu = 0xFFFF;
}
