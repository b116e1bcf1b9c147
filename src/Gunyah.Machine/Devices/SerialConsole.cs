using System.Text;
using Gunyah.Abi.Events;

namespace Gunyah.Machine.Devices;

/// <summary>Makes events of what a UART sends: one a line, with its bytes and their text.</summary>
/// <param name="events">Where the events go.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="vmid">The VM that the UART belongs to.</param>
/// <param name="address">Where that VM finds it.</param>
internal sealed class SerialConsole(EventStream events, Func<ulong> time, ushort vmid, ulong address)
{
    /// <summary>A line that is longer comes in pieces.</summary>
    public const int LongestLine = 1024;

    private readonly byte[] _line = new byte[LongestLine];
    private int _count;

    /// <summary>Takes the next byte. Calls come one at a time.</summary>
    public void Write(byte value)
    {
        if (!events.Wants(EventKind.ConsoleOutput))
            return;
        _line[_count++] = value;
        if (value == (byte)'\n' || _count == LongestLine)
            Flush();
    }

    /// <summary>Gives out a line that has no end yet; when nothing runs any more.</summary>
    public void Flush()
    {
        if (_count == 0)
            return;
        byte[] bytes = _line[.._count];
        _count = 0;
        events.Emit(time(), EventKind.ConsoleOutput, vmid, 0, new(address), Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n'),
            bytes);
    }
}
