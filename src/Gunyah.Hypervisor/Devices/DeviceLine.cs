using Gunyah.Hypervisor.HardwareInterrupts;

namespace Gunyah.Hypervisor.Devices;

/// <summary>
/// The interrupt line of a device, which follows <see cref="IDevice.IsAsserted"/>. It is a hardware interrupt of the board: the
/// root VM decides to which VM it leads, and by which interrupt.
/// </summary>
public sealed class DeviceLine : IHardwareLine
{
    private readonly IDevice _device;
    private readonly HardwareInterrupt _interrupt;

    internal DeviceLine(IDevice device, HardwareInterrupt interrupt) => (_device, _interrupt) = (device, interrupt);

    /// <summary>The shared interrupt (SPI) of the board, 32 to 1019.</summary>
    public uint Intid => _interrupt.Number;

    /// <summary>True while it leads to the interrupt controller of a VM.</summary>
    public bool IsForwarded => _interrupt.IsBound;

    /// <summary>
    /// Looks at the device's level again. The device calls this after each change, once it holds no lock; of calls at the same
    /// moment the last sees the last change.
    /// </summary>
    public void Update() => _interrupt.Update();

    bool IHardwareLine.IsAsserted => _device.IsAsserted;
}
