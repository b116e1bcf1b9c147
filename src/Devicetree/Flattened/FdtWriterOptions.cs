namespace Devicetree.Flattened;

/// <summary>Room that a blob is written with, for boot loaders that edit it in place. None by default.</summary>
public sealed record FdtWriterOptions
{
    /// <summary>Zero entries written before the end of the reservation block (dtc <c>-R</c>), 16 bytes each.</summary>
    public int SpareReservations { get; init; }

    /// <summary>Zero bytes added after the strings block (dtc <c>-p</c>).</summary>
    public int Padding { get; init; }

    /// <summary>The smallest total size in bytes (dtc <c>-S</c>); a larger blob is left as it is.</summary>
    public int MinimumSize { get; init; }

    /// <summary>A power of two that the total size is rounded up to, after the others (dtc <c>-a</c>).</summary>
    public int Alignment { get; init; } = 1;

    internal static FdtWriterOptions Default { get; } = new();
}
