namespace Gunyah.Hypervisor.Devices;

/// <summary>
/// A device of the machine in the address space of a VM. Any vCPU may access it at any time, each on its own thread.
/// </summary>
public interface IDevice
{
    /// <summary>
    /// The level of its interrupt line. Called with locks of the hypervisor held: takes none and waits for nothing.
    /// </summary>
    bool IsAsserted { get; }

    /// <summary>A load.</summary>
    /// <param name="offset">Where in the device's range; all of the load is inside it.</param>
    /// <param name="size">How many bytes: 1, 2, 4 or 8.</param>
    /// <param name="value">What it reads.</param>
    /// <returns>False if the access faults.</returns>
    bool TryRead(ulong offset, int size, out ulong value);

    /// <summary>A store.</summary>
    /// <param name="offset">Where in the device's range; all of the store is inside it.</param>
    /// <param name="size">How many bytes: 1, 2, 4 or 8.</param>
    /// <param name="value">What it writes, in the low bytes.</param>
    /// <returns>False if the access faults.</returns>
    bool TryWrite(ulong offset, int size, ulong value);
}
