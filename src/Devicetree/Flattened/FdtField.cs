using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>
/// The fields of a blob's header by their offsets, and how large the header of a version is (devicetree.md 1.15).
/// </summary>
internal static class FdtField
{
    public const int Magic = 0;
    public const int TotalSize = 4;
    public const int StructOffset = 8;
    public const int StringsOffset = 12;
    public const int ReservationsOffset = 16;
    public const int Version = 20;
    public const int LastCompatible = 24;
    public const int BootCpu = 28;
    public const int StringsSize = 32;
    public const int StructSize = 36;

    /// <summary>The bytes of a version 17 header, and where the first block stands in a blob that is laid out again.</summary>
    public const int FullHeader = 40;

    /// <summary>The bytes of the smallest header; fewer cannot even tell their version.</summary>
    public const int SmallestHeader = 28;

    public static uint Read(ReadOnlySpan<byte> blob, int field) => BinaryPrimitives.ReadUInt32BigEndian(blob[field..]);

    public static void Write(Span<byte> blob, int field, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(blob[field..], value);

    /// <summary>The bytes of the header of a version; one between two that can be written has that of the older.</summary>
    public static uint HeaderSize(uint version)
    {
        int size = SmallestHeader;
        foreach (FdtLayout layout in FdtLayout.All)
            size = layout.Version <= version ? layout.HeaderSize : size;
        return (uint)size;
    }
}
