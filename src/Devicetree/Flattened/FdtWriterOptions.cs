namespace Devicetree.Flattened;

/// <summary>
/// How a blob is written: its version, and room for boot loaders that edit it in place. None of that by default.
/// </summary>
public sealed record FdtWriterOptions
{
    /// <summary>The versions that can be written.</summary>
    public static IReadOnlyList<int> Versions { get; } = Array.ConvertAll(FdtLayout.All, layout => layout.Version);

    /// <summary>The version of the format (dtc <c>-V</c>): 1, 2, 3, 16 or 17.</summary>
    public int Version { get; init; } = (int)FdtFormat.Version;

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
