using System.Collections.Immutable;

namespace Gunyah.Machine.Devices;

/// <summary>The registers of a PL011 that do something.</summary>
internal enum Pl011Register
{
    /// <summary>A register that is only what its row says: a constant, or bits that read back.</summary>
    Plain,
    Data,
    ReceiveStatus,
    Flags,
    LineControl,
    Control,
    FifoLevels,
    Mask,
    RawStatus,
    MaskedStatus,
    Clear,
}

/// <summary>The declaration of a register.</summary>
/// <param name="Name">Its name in Arm's manual of the PL011 (DDI 0183).</param>
/// <param name="Offset">Where it is.</param>
/// <param name="Register">What it is.</param>
/// <param name="Writable">The bits that can be written and read back; 0 where it cannot be written.</param>
/// <param name="Reset">Its value after reset.</param>
/// <param name="Reads">False for a register that only takes.</param>
internal sealed record Pl011Row(
    string Name, uint Offset, Pl011Register Register, uint Writable = 0, uint Reset = 0, bool Reads = true);

/// <summary>Every register of a PL011, revision r1p5, one row each.</summary>
internal static class Pl011Registers
{
    /// <summary>The size of the device in bytes.</summary>
    public const uint Size = 0x1000;

    private const int WordSize = 4;

    private static readonly byte[] _rowOfWord = new byte[Size / WordSize];

    static Pl011Registers()
    {
        for (int i = 0; i < Rows.Length; i++)
            _rowOfWord[Rows[i].Offset / WordSize] = (byte)(i + 1);
    }

    /// <summary>The rows.</summary>
    public static ImmutableArray<Pl011Row> Rows { get; } =
    [
        new("UARTDR", 0x000, Pl011Register.Data),
        new("UARTRSR", 0x004, Pl011Register.ReceiveStatus),
        new("UARTFR", 0x018, Pl011Register.Flags, Reset: 0x90),
        new("UARTILPR", 0x020, Pl011Register.Plain, Writable: 0xFF),
        new("UARTIBRD", 0x024, Pl011Register.Plain, Writable: 0xFFFF),
        new("UARTFBRD", 0x028, Pl011Register.Plain, Writable: 0x3F),
        new("UARTLCR_H", 0x02C, Pl011Register.LineControl, Writable: 0xFF),
        new("UARTCR", 0x030, Pl011Register.Control, Writable: 0xFF87, Reset: 0x300),
        new("UARTIFLS", 0x034, Pl011Register.FifoLevels, Writable: 0x3F, Reset: 0x12),
        new("UARTIMSC", 0x038, Pl011Register.Mask, Writable: 0x7FF),
        new("UARTRIS", 0x03C, Pl011Register.RawStatus),
        new("UARTMIS", 0x040, Pl011Register.MaskedStatus),
        new("UARTICR", 0x044, Pl011Register.Clear, Reads: false),
        new("UARTDMACR", 0x048, Pl011Register.Plain, Writable: 0x7),
        new("UARTPeriphID0", 0xFE0, Pl011Register.Plain, Reset: 0x11),
        new("UARTPeriphID1", 0xFE4, Pl011Register.Plain, Reset: 0x10),
        new("UARTPeriphID2", 0xFE8, Pl011Register.Plain, Reset: 0x34),
        new("UARTPeriphID3", 0xFEC, Pl011Register.Plain, Reset: 0x00),
        new("UARTPCellID0", 0xFF0, Pl011Register.Plain, Reset: 0x0D),
        new("UARTPCellID1", 0xFF4, Pl011Register.Plain, Reset: 0xF0),
        new("UARTPCellID2", 0xFF8, Pl011Register.Plain, Reset: 0x05),
        new("UARTPCellID3", 0xFFC, Pl011Register.Plain, Reset: 0xB1),
    ];

    /// <summary>The number of the row at an offset; −1 where nothing is.</summary>
    public static int Find(ulong offset) => _rowOfWord[offset / WordSize] - 1;
}
