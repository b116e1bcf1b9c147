namespace Devicetree.Flattened;

/// <summary>Numbers of the flattened format (Devicetree Specification 0.4, chapter 5).</summary>
internal static class FdtFormat
{
    public const uint Magic = 0xd00dfeed;

    /// <summary>The version that is written, and the newest one that must not be newer to be read.</summary>
    public const uint Version = 17;

    /// <summary>The oldest version whose structure block looks as it does today (node names are not full paths).</summary>
    public const uint OldestReadable = 16;

    /// <summary>What a version 17 blob calls itself compatible with.</summary>
    public const uint LastCompatible = 16;

    public const uint BeginNode = 1;
    public const uint EndNode = 2;
    public const uint Prop = 3;
    public const uint Nop = 4;
    public const uint End = 9;

    /// <summary>Bytes of one entry of the reservation block: two 64-bit numbers.</summary>
    public const int ReservationSize = 16;

    public static uint Align(uint offset, uint boundary) => (offset + boundary - 1) & ~(boundary - 1);
}
