namespace Gunyah.Hypervisor.HardwareInterrupts;

/// <summary>What drives an interrupt line of the board.</summary>
internal interface IHardwareLine
{
    /// <summary>The level. Called with locks of the hypervisor held: takes none and waits for nothing.</summary>
    bool IsAsserted { get; }
}
