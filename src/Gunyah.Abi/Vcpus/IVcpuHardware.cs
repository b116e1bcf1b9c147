namespace Gunyah.Abi.Vcpus;

/// <summary>The interrupt line into a core.</summary>
public enum InterruptLine
{
    /// <summary>Nothing to take.</summary>
    None,

    /// <summary>An interrupt of group 1.</summary>
    Irq,

    /// <summary>An interrupt of group 0.</summary>
    Fiq,
}

/// <summary>A load or store of guest code that leads to no memory.</summary>
/// <param name="Address">The intermediate physical address.</param>
/// <param name="Size">How many bytes: 1, 2, 4 or 8.</param>
/// <param name="IsWrite">True for a store.</param>
/// <param name="Value">What a store writes, in the low bytes; 0 for a load.</param>
public readonly record struct DeviceAccess(ulong Address, int Size, bool IsWrite, ulong Value = 0);

/// <summary>How an access to a device ended.</summary>
public enum DeviceAnswer
{
    /// <summary>No device of the hypervisor or the machine is there.</summary>
    NotThere,

    /// <summary>Done.</summary>
    Done,

    /// <summary>The device refuses the access: the guest gets an external abort.</summary>
    Fault,
}

/// <summary>
/// What an engine that runs machine code needs around a core: the interrupt line, system registers that lead out of it, devices
/// in its address space. Only the engine that runs on the vCPU may use it, and only while it is being run.
/// </summary>
public interface IVcpuHardware
{
    /// <summary>
    /// The line at this moment; reading it changes nothing and takes no lock while it stays as it is, so an engine may look
    /// between any two instructions.
    /// </summary>
    InterruptLine Line { get; }

    /// <summary>MRS of a register of <see cref="SystemRegisters"/>, with its side effects.</summary>
    /// <returns>False where the instruction is UNDEFINED.</returns>
    bool TryRead(SystemRegister register, out ulong value);

    /// <summary>MSR of a register of <see cref="SystemRegisters"/>.</summary>
    /// <returns>False where the instruction is UNDEFINED.</returns>
    bool TryWrite(SystemRegister register, ulong value);

    /// <summary>
    /// Tells that the engine has taken steps since it told last, in the middle of a run: time moves on by them, so that the
    /// counter moves and timers ring within a run. What is not told counts at its end.
    /// </summary>
    /// <param name="steps">How many, at least 0; altogether no more than the budget of the run counts.</param>
    void Advance(int steps);

    /// <summary>An access to an address where no memory is mapped.</summary>
    /// <param name="access">The access.</param>
    /// <param name="value">What a load reads, not extended; 0 otherwise.</param>
    DeviceAnswer Access(in DeviceAccess access, out ulong value);
}
