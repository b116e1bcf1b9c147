using Gunyah.Hypervisor.Devices;

namespace Gunyah.Machine.Devices;

/// <summary>
/// Arm's PL011 UART, revision r1p5 (DDI 0183): the board's console. What it sends is gone at once, so its transmit FIFO is never
/// full while it may send; what the host sends waits on the host's side until the receive FIFO has room, so none is lost.
/// </summary>
/// <param name="output">Takes each byte that it sends, in order, with the device's lock held: must not come back.</param>
internal sealed class Pl011(Action<byte> output) : IDevice
{
    /// <summary>The FIFOs of revision r1p5.</summary>
    public const int FifoSize = 32;

    /// <summary>How much input of the host waits.</summary>
    public const int HostBuffer = 64 * 1024;

    private const uint FlagTransmitEmpty = 1 << 7;
    private const uint FlagReceiveFull = 1 << 6;
    private const uint FlagTransmitFull = 1 << 5;
    private const uint FlagReceiveEmpty = 1 << 4;
    private const uint FlagBusy = 1 << 3;
    private const uint FifosEnabled = 1 << 4;
    private const uint UartEnabled = 1 << 0;
    private const uint Loopback = 1 << 7;
    private const uint TransmitEnabled = 1 << 8;
    private const uint ReceiveEnabled = 1 << 9;
    private const uint ReceiveInterrupt = 1 << 4;
    private const uint TransmitInterrupt = 1 << 5;
    private const uint TimeoutInterrupt = 1 << 6;
    private const uint OverrunInterrupt = 1 << 10;
    private const uint OverrunError = 1 << 3;
    private const uint EightBitsWithFifos = 0x70;

    /// <summary>Eighths of a FIFO, by the three bits of UARTIFLS; higher values are reserved and taken for the last.</summary>
    private static readonly int[] _eighths = [1, 2, 4, 6, 7];

    private static readonly int _maskRow = RowOf(Pl011Register.Mask);
    private static readonly int _controlRow = RowOf(Pl011Register.Control);
    private static readonly int _lineControlRow = RowOf(Pl011Register.LineControl);
    private static readonly int _levelsRow = RowOf(Pl011Register.FifoLevels);

    private readonly Lock _gate = new();
    private readonly uint[] _values = [.. Pl011Registers.Rows.Select(static row => row.Reset)];
    private readonly ByteFifo _received = new(FifoSize);
    private readonly ByteFifo _unsent = new(FifoSize);
    private readonly ByteFifo _waiting = new(HostBuffer);
    private uint _raw;
    private uint _errors;
    private volatile bool _isAsserted;
    private DeviceLine? _line;

    /// <inheritdoc/>
    public bool IsAsserted => _isAsserted;

    private uint Control => _values[_controlRow];

    /// <summary>How many bytes a FIFO holds: one where FIFOs are off.</summary>
    private int Depth => (_values[_lineControlRow] & FifosEnabled) != 0 ? FifoSize : 1;

    /// <summary>How many received bytes ring.</summary>
    private int ReceiveLevel =>
        Depth == 1 ? 1 : FifoSize * _eighths[Math.Min((int)(_values[_levelsRow] >> 3) & 7, _eighths.Length - 1)] / 8;

    /// <summary>Sets where its interrupt goes; before the machine runs.</summary>
    public void Connect(DeviceLine line) => _line = line;

    /// <summary>Enables it with FIFOs, as the firmware of a board leaves its console.</summary>
    public void EnableAsFirmware()
    {
        lock (_gate)
        {
            _values[_lineControlRow] = EightBitsWithFifos;
            _values[_controlRow] |= UartEnabled;
        }
    }

    /// <summary>Input of the host.</summary>
    /// <returns>How many of the bytes it took; the rest must come again later.</returns>
    public int Receive(ReadOnlySpan<byte> bytes)
    {
        int taken = 0;
        lock (_gate)
        {
            while (taken < bytes.Length && _waiting.TryAdd(bytes[taken]))
                taken++;
            FillReceiver();
            Settle();
        }

        _line?.Update();
        return taken;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong offset, int size, out ulong value)
    {
        value = 0;
        if (!IsWidth(offset, size))
            return false;
        int row = Pl011Registers.Find(offset);
        if (row < 0 || !Pl011Registers.Rows[row].Reads)
            return true;
        Pl011Register register = Pl011Registers.Rows[row].Register;
        lock (_gate)
        {
            value = register switch
            {
                Pl011Register.Data => TakeReceived(),
                Pl011Register.ReceiveStatus => _errors,
                Pl011Register.Flags => Flags(),
                Pl011Register.RawStatus => _raw,
                Pl011Register.MaskedStatus => _raw & _values[_maskRow],
                _ => _values[row],
            };
            Settle();
        }

        if (register == Pl011Register.Data)
            _line?.Update();
        value &= uint.MaxValue >> (32 - (8 * size));
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, int size, ulong value)
    {
        if (!IsWidth(offset, size))
            return false;
        int row = Pl011Registers.Find(offset);
        if (row < 0)
            return true;
        lock (_gate)
        {
            Write(row, (uint)value & (uint.MaxValue >> (32 - (8 * size))));
            Settle();
        }

        _line?.Update();
        return true;
    }

    /// <summary>Registers are at words and take what a bus of 32 bits brings in one piece.</summary>
    private static bool IsWidth(ulong offset, int size) => size is 1 or 2 or 4 && offset % 4 == 0;

    private static int RowOf(Pl011Register register) =>
        Pl011Registers.Rows.Index().Single(row => row.Item.Register == register).Index;

    private void Write(int row, uint value)
    {
        Pl011Row declared = Pl011Registers.Rows[row];
        uint before = _values[row];
        _values[row] = (before & ~declared.Writable) | (value & declared.Writable);
        switch (declared.Register)
        {
            case Pl011Register.Data:
                if (_unsent.Count < Depth)
                    _unsent.TryAdd((byte)value);
                Send();
                break;
            case Pl011Register.ReceiveStatus:
                _errors = 0;
                break;
            case Pl011Register.LineControl when ((before ^ value) & FifosEnabled) != 0:
                _received.Clear();
                _unsent.Clear();
                _raw &= ~(ReceiveInterrupt | TimeoutInterrupt);
                FillReceiver();
                break;
            case Pl011Register.Control:
                Send();
                FillReceiver();
                break;
            case Pl011Register.FifoLevels:
                Ring();
                break;
            case Pl011Register.Clear:
                _raw &= ~value;
                break;
        }
    }

    /// <summary>Sends what waits, as far as it may.</summary>
    private void Send()
    {
        if ((Control & (UartEnabled | TransmitEnabled)) != (UartEnabled | TransmitEnabled))
            return;
        while (_unsent.TryTake(out byte value))
        {
            if ((Control & Loopback) == 0)
                output(value);
            else
                Loop(value);
            _raw |= TransmitInterrupt;
        }
    }

    /// <summary>What is sent in a loop comes in at once, or is lost.</summary>
    private void Loop(byte value)
    {
        if ((Control & ReceiveEnabled) == 0)
            return;
        if (_received.Count < Depth)
        {
            _received.TryAdd(value);
            Ring();
            return;
        }

        _errors |= OverrunError;
        _raw |= OverrunInterrupt;
    }

    /// <summary>Takes from the host what there is room for.</summary>
    private void FillReceiver()
    {
        const uint Needed = UartEnabled | ReceiveEnabled;
        bool came = false;
        while ((Control & (Needed | Loopback)) == Needed && _received.Count < Depth && _waiting.TryTake(out byte value))
            came |= _received.TryAdd(value);
        if (came)
            Ring();
    }

    /// <summary>Something came: the interrupt of the level, or that of a pause with something below it.</summary>
    private void Ring()
    {
        if (_received.Count >= ReceiveLevel)
            _raw |= ReceiveInterrupt;
        if (_received.Count > 0)
            _raw |= TimeoutInterrupt;
    }

    private uint TakeReceived()
    {
        _received.TryTake(out byte value);
        FillReceiver();
        if (_received.Count < ReceiveLevel)
            _raw &= ~ReceiveInterrupt;
        if (_received.Count == 0)
            _raw &= ~TimeoutInterrupt;
        return value;
    }

    private uint Flags() =>
        (_unsent.Count == 0 ? FlagTransmitEmpty : FlagBusy) | (_unsent.Count >= Depth ? FlagTransmitFull : 0)
            | (_received.Count == 0 ? FlagReceiveEmpty : 0) | (_received.Count >= Depth ? FlagReceiveFull : 0);

    private void Settle() => _isAsserted = (_raw & _values[_maskRow]) != 0;
}
