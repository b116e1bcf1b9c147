namespace Devicetree.Flattened;

/// <summary>What a version of the flattened format looks like (devicetree.md 1.15).</summary>
/// <param name="Version">The version.</param>
/// <param name="LastCompatible">The oldest version whose readers can read it.</param>
/// <param name="HeaderSize">Bytes of the header, before its padding.</param>
internal sealed record FdtLayout(int Version, int LastCompatible, int HeaderSize)
{
    private const int ReservationBoundary = 8;

    /// <summary>All versions that can be written.</summary>
    public static FdtLayout[] All { get; } =
        [new(1, 1, 28), new(2, 1, 32), new(3, 1, 36), new(16, 16, 36), new(17, 16, 40)];

    /// <summary>Where the reservation block starts.</summary>
    public int ReservationsOffset => (HeaderSize + ReservationBoundary - 1) & -ReservationBoundary;

    /// <summary>
    /// True where nodes carry full paths and a <c>name</c> property, and long values start on a multiple of eight.
    /// </summary>
    public bool IsOld => Version < (int)FdtFormat.OldestReadable;

    public static FdtLayout? Find(int version)
    {
        foreach (FdtLayout layout in All)
        {
            if (layout.Version == version)
                return layout;
        }
        return null;
    }
}
