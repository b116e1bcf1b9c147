namespace Gunyah.Machine.Devices;

/// <summary>Takes what is typed at a serial line.</summary>
/// <param name="bytes">The bytes, in order.</param>
/// <returns>How many of them it took; the rest must come again later.</returns>
public delegate int SerialInput(ReadOnlySpan<byte> bytes);

/// <summary>Whoever sits at the primary VM's serial line.</summary>
public interface ISerialTerminal
{
    /// <summary>Takes the next byte that the VM sent. One at a time; must not wait for the machine.</summary>
    void Take(byte value);

    /// <summary>
    /// Gives the way to the VM, once, before the machine runs. A machine with a seed gives none: what comes at the host's own
    /// time cannot be repeated.
    /// </summary>
    /// <param name="input">Takes what is typed, from any thread.</param>
    /// <param name="end">To be called when nothing more will ever be typed, from any thread.</param>
    void Connect(SerialInput input, Action end);
}
