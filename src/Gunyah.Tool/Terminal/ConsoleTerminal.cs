using Gunyah.Machine.Devices;

namespace Gunyah.Tool.Terminal;

/// <summary>
/// The user at a machine's serial line: its bytes go to the standard output as they are, and those of the standard input to the
/// machine. Output goes out a line at a time, and what has no end of line yet after a moment.
/// </summary>
internal sealed class ConsoleTerminal : ISerialTerminal, IDisposable
{
    private const int BufferSize = 4096;

    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(20);

    /// <summary>How long typed keys wait for room on the machine's side: it has 64 KiB of it.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly ToolHost _host;
    private readonly Action _leave;
    private readonly ITimer _timer;
    private readonly byte[] _pending = new byte[BufferSize];
    private int _count;
    private bool _isTimed;
    private volatile bool _isClosed;

    /// <summary>Takes the terminal.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="leave">Called when the user leaves, by Ctrl-A X.</param>
    public ConsoleTerminal(ToolHost host, Action leave)
    {
        (_host, _leave) = (host, leave);
        _timer = host.Time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Take(byte value)
    {
        lock (_gate)
        {
            _pending[_count++] = value;
            if (value == (byte)'\n' || _count == BufferSize)
                FlushLocked();
            else if (!_isTimed)
                _isTimed = _timer.Change(_moment, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Connect(SerialInput input, Action end) =>
        new Thread(() => Pump(input, end)) { IsBackground = true, Name = "serial input" }.Start();

    /// <summary>Gives out what is pending.</summary>
    public void Flush()
    {
        lock (_gate)
            FlushLocked();
    }

    /// <summary>Gives out what is pending; what is typed from here on goes nowhere.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _timer.Dispose();
        Flush();
    }

    private void FlushLocked()
    {
        _isTimed = false;
        if (_count == 0)
            return;
        _host.OutputBytes.Write(_pending, 0, _count);
        _host.OutputBytes.Flush();
        _count = 0;
    }

    private void Pump(SerialInput input, Action end)
    {
        var escape = _host.InputIsTerminal ? new EscapeKeys() : null;
        var typed = new byte[BufferSize];
        var kept = new byte[BufferSize + 1];
        try
        {
            while (!_isClosed && _host.Input.Read(typed) is int count and > 0)
            {
                bool leaves = false;
                if (escape is null)
                    typed.AsSpan(0, count).CopyTo(kept);
                else
                    leaves = escape.Filter(typed.AsSpan(0, count), kept, out count);
                Give(input, kept.AsSpan(0, count));
                if (!leaves)
                    continue;
                _leave();
                return;
            }
        }
        catch (IOException)
        {
            // An input that cannot be read has ended.
        }
        finally
        {
            end();
        }
    }

    private void Give(SerialInput input, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isClosed)
        {
            int taken = input(bytes);
            bytes = bytes[taken..];
            if (!bytes.IsEmpty)
                Thread.Sleep(_pause);
        }
    }
}
