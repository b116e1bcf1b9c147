using System.Buffers.Binary;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Machine.Images;

/// <summary>
/// The 64 bytes at the start of an arm64 <c>Image</c>, little-endian (Linux, Documentation/arm64/booting): two instructions,
/// the offset from a 2 MiB boundary, the size in memory, flags, and the magic number at 56.
/// </summary>
internal static class LinuxImageHeader
{
    private const int Size = 64;
    private const int OffsetAt = 8;
    private const int SizeAt = 16;
    private const int FlagsAt = 24;
    private const int MagicAt = 56;
    private const uint Magic = 0x644D_5241;
    private const ulong BigEndian = 1;
    private const int PageSizeShift = 1;
    private const ulong PageSizeMask = 3;
    private const ulong OtherPages = 2;

    /// <summary>
    /// The offset of kernels before 3.17, whose header leaves the size out and may have the offset in any byte order.
    /// </summary>
    private const ulong OldOffset = 0x8_0000;

    private const ulong Alignment = 0x20_0000;

    /// <summary>True for the first bytes of an <c>Image</c>.</summary>
    public static bool IsOne(ReadOnlySpan<byte> first) =>
        first.Length >= Size && BinaryPrimitives.ReadUInt32LittleEndian(first[MagicAt..]) == Magic;

    /// <summary>Places an <c>Image</c> as low in memory as its header allows.</summary>
    public static KernelProblem? Read(
        GuestFile file, ReadOnlySpan<byte> first, MemoryRange ram, IReadOnlyList<MemoryRange> reserved, out KernelImage? kernel)
    {
        kernel = null;
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(first[OffsetAt..]);
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(first[SizeAt..]);
        ulong flags = BinaryPrimitives.ReadUInt64LittleEndian(first[FlagsAt..]);
        if ((flags & BigEndian) != 0)
            return new("it is a kernel of the big-endian kind, which this machine does not have", FlagsAt);
        if (((flags >> PageSizeShift) & PageSizeMask) >= OtherPages)
            return new("its pages are of 16 or 64 KiB; this machine has pages of 4 KiB only", FlagsAt);
        if (size == 0)
            offset = OldOffset;
        if (offset >= ram.Size)
            return new($"it asks for a place 0x{offset:x} behind a boundary of 2 MiB, which is beyond the VM's memory", OffsetAt);
        ulong taken = Math.Max(size, file.Size);
        if (Place(offset, taken, ram, reserved) is not { } place)
            return new($"it takes {taken} bytes of memory and does not fit into the VM's {ram.Size}", SizeAt);
        kernel = new(KernelFormat.LinuxImage, file, [new(0, file.Size, place.Base)], place, place.Base);
        return null;
    }

    private static MemoryRange? Place(ulong offset, ulong size, MemoryRange ram, IReadOnlyList<MemoryRange> reserved)
    {
        ulong boundary = (ram.Base + (Alignment - 1)) & ~(Alignment - 1);
        // Each round ends or goes beyond a reserved range.
        while (ram.Contains(boundary + offset, size))
        {
            var place = new MemoryRange(boundary + offset, size);
            MemoryRange[] inTheWay = [.. reserved.Where(place.Overlaps)];
            if (inTheWay.Length == 0)
                return place;
            ulong end = inTheWay.Max(static range => range.End);
            if (end >= ram.End)
                return null;
            boundary = Math.Max(boundary + Alignment, (end + (Alignment - 1)) & ~(Alignment - 1));
        }

        return null;
    }
}
