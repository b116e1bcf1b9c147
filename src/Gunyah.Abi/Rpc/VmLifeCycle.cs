namespace Gunyah.Abi.Rpc;

/// <summary>The state of a VM as the Resource Manager reports it (gunyah-rm.md 5.1 and 5.2).</summary>
public enum VmState : byte
{
    /// <summary>There is no such VM.</summary>
    None = 0,

    /// <summary>The image is configured and, where needed, authenticated.</summary>
    Init = 1,

    /// <summary>The hypervisor objects exist; the VM can be started.</summary>
    Ready = 2,

    /// <summary>The VM runs.</summary>
    Running = 3,

    /// <summary>The VM is paused. No message leads here in the public Resource Manager.</summary>
    Paused = 4,

    /// <summary>Allocated; no image yet.</summary>
    Load = 5,

    /// <summary>The image awaits authentication.</summary>
    Auth = 6,

    /// <summary>A step of the creation failed; only a reset leads out.</summary>
    InitFailed = 8,

    /// <summary>The VM has ended.</summary>
    Exited = 9,

    /// <summary>A reset is under way in the background.</summary>
    Resetting = 10,

    /// <summary>The reset is complete; the VM can be configured again or deallocated.</summary>
    Reset = 11,
}

/// <summary>What a VM says of its operating system (gunyah-rm.md 5.1).</summary>
public enum OsState : byte
{
    /// <summary>Nothing said. In VM_SET_STATUS: keep the old state.</summary>
    None = 0,

    /// <summary>The first boot stage.</summary>
    EarlyBoot = 1,

    /// <summary>Booting.</summary>
    Boot = 2,

    /// <summary>Initialising.</summary>
    Init = 3,

    /// <summary>Up.</summary>
    Run = 4,

    /// <summary>Shutting down.</summary>
    Shutdown = 5,

    /// <summary>Halted.</summary>
    Halted = 6,

    /// <summary>Crashed.</summary>
    Crashed = 7,
}

/// <summary>What ended a VM (gunyah-rm.md 5.3).</summary>
public enum VmExitType : ushort
{
    /// <summary>The VM sent VM_EXIT.</summary>
    VmExit = 0,

    /// <summary>PSCI SYSTEM_OFF.</summary>
    PlatformOff = 1,

    /// <summary>PSCI SYSTEM_RESET.</summary>
    PlatformReset = 2,

    /// <summary>PSCI SYSTEM_RESET2; the notification carries the reset type and cookie.</summary>
    PsciSystemReset2 = 3,

    /// <summary>The watchdog bit.</summary>
    WatchdogBite = 4,

    /// <summary>A vCPU fault.</summary>
    SoftwareError = 5,

    /// <summary>An asynchronous hardware error. The public Resource Manager never reports it.</summary>
    AsyncHardwareError = 6,

    /// <summary>The owner sent VM_STOP with the force flag.</summary>
    VmStopForced = 7,
}

/// <summary>
/// How a VM ended, in the Resource Manager's numbering (gunyah-rm.md 5.3; vendor headers count differently, gunyah-rm.md Q-17).
/// </summary>
public enum VmExitCode : byte
{
    /// <summary>As intended.</summary>
    Normal = 0,

    /// <summary>A software error; also any halt after the VM left a crash message.</summary>
    SoftwareError = 1,

    /// <summary>Unknown. A VM may not report it of itself.</summary>
    UnknownError = 2,

    /// <summary>A bus error.</summary>
    BusError = 3,

    /// <summary>A device error.</summary>
    DeviceError = 4,
}

/// <summary>
/// The flags that go with a <see cref="VmExitCode"/> (gunyah-rm.md 3 and 5.3). Other bits are passed on unread.
/// </summary>
[Flags]
public enum VmExitFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The VM asks to be started again.</summary>
    Restart = 1 << 0,

    /// <summary>PSCI SYSTEM_RESET2 was called in its 64-bit form, so that all of the cookie is meant.</summary>
    PsciReset64 = 1 << 15,
}

/// <summary>
/// Why a VM is to be stopped (gunyah-rm.md 2.1). The Resource Manager passes it on without reading it.
/// </summary>
public enum VmStopReason : uint
{
    /// <summary>An orderly end.</summary>
    Shutdown = 0,

    /// <summary>To be started again.</summary>
    Restart = 1,

    /// <summary>The VM has crashed.</summary>
    Crash = 2,

    /// <summary>The owner does not wait for the VM.</summary>
    ForcedStop = 3,
}

/// <summary>How a VM is to be stopped (gunyah-rm.md 2.1).</summary>
[Flags]
public enum VmStopFlags : byte
{
    /// <summary>Ask the VM, with a VM_SHUTDOWN notification.</summary>
    None = 0,

    /// <summary>Kill all vCPUs at once.</summary>
    Force = 1 << 0,
}

/// <summary>How the image of a VM is verified before it may run (gunyah-rm.md 2.2).</summary>
public enum AuthenticationType : ushort
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By the platform: a trusted image with a PAS id.</summary>
    Platform = 1,

    /// <summary>By the VM's own firmware: an Android protected VM.</summary>
    AndroidProtectedVm = 2,
}

/// <summary>The meaning of one parameter of VM_AUTH_IMAGE (gunyah-rm.md 2.2).</summary>
public enum AuthenticationParameterType : uint
{
    /// <summary>The id by which the platform's peripheral authentication service knows the image.</summary>
    PasId = 0,
}
