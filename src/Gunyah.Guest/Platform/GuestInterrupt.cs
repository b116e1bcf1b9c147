using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Platform;

/// <summary>The kinds of interrupts of a GIC, as the first cell of a specifier counts them (gunyah-rm.md 7.1).</summary>
public enum InterruptKind
{
    /// <summary>Shared, INTID 32 to 1019.</summary>
    Spi = 0,

    /// <summary>Private to a CPU, INTID 16 to 31.</summary>
    Ppi = 1,

    /// <summary>Shared, extended range, INTID 4096 to 5119.</summary>
    ExtendedSpi = 2,

    /// <summary>Private, extended range, INTID 1056 to 1119.</summary>
    ExtendedPpi = 3,
}

/// <summary>What raises an interrupt, as the third cell of a specifier says.</summary>
public enum InterruptSense
{
    /// <summary>Edge, low to high: what the binding demands.</summary>
    EdgeRising = 1,

    /// <summary>Edge, high to low.</summary>
    EdgeFalling = 2,

    /// <summary>Level, active high.</summary>
    LevelHigh = 4,

    /// <summary>Level, active low.</summary>
    LevelLow = 8,
}

/// <summary>An interrupt of this guest, decoded from its devicetree.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Number">The number within the kind.</param>
/// <param name="Sense">What raises it.</param>
public readonly record struct GuestInterrupt(InterruptKind Kind, uint Number, InterruptSense Sense)
{
    /// <summary>The interrupt's number at the interrupt controller.</summary>
    public uint Intid => Number + FirstIntid(Kind);

    /// <summary>How the interrupt controller has to be configured for it.</summary>
    public InterruptTrigger Trigger =>
        Sense is InterruptSense.EdgeRising or InterruptSense.EdgeFalling ? InterruptTrigger.EdgeRising : InterruptTrigger.Level;

    /// <summary>As people write it: <c>SPI 928 edge rising</c>.</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            InterruptKind.Spi => "SPI",
            InterruptKind.Ppi => "PPI",
            InterruptKind.ExtendedSpi => "ESPI",
            _ => "EPPI",
        };
        string sense = Sense switch
        {
            InterruptSense.EdgeRising => "edge rising",
            InterruptSense.EdgeFalling => "edge falling",
            InterruptSense.LevelHigh => "level high",
            _ => "level low",
        };
        return $"{kind} {Number} {sense}";
    }

    /// <summary>
    /// Decodes the cells of a GIC specifier: kind, number, sense, and with four cells one that SPIs do not use.
    /// </summary>
    /// <returns>Null if the cells are none that a GIC has.</returns>
    public static GuestInterrupt? Decode(IReadOnlyList<uint> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count is not (3 or 4) || cells[0] > (uint)InterruptKind.ExtendedPpi)
            return null;
        var kind = (InterruptKind)cells[0];

        // A partitioned PPI says in bits 15:8 of the sense which CPUs have it; only the low four bits are the trigger.
        var sense = (InterruptSense)(cells[2] & 0xF);
        return cells[1] < CountOf(kind) && Enum.IsDefined(sense) ? new(kind, cells[1], sense) : null;
    }

    private static uint FirstIntid(InterruptKind kind) => kind switch
    {
        InterruptKind.Spi => InterruptIds.FirstSpi,
        InterruptKind.Ppi => InterruptIds.FirstPpi,
        InterruptKind.ExtendedSpi => 4096,
        _ => 1056,
    };

    private static uint CountOf(InterruptKind kind) => kind switch
    {
        InterruptKind.Spi => InterruptIds.LastSpi + 1 - InterruptIds.FirstSpi,
        InterruptKind.Ppi => InterruptIds.FirstSpi - InterruptIds.FirstPpi,
        InterruptKind.ExtendedSpi => 1024,
        _ => 64,
    };
}
