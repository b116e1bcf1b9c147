using System.Buffers.Binary;
using System.IO.Compression;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Machine.Images;

/// <summary>Understands kernel files. What one is, its first bytes say; what no header claims is a raw binary.</summary>
internal static class KernelReader
{
    private const int FirstBytes = 64;

    /// <summary>In an EFI application that unpacks a kernel: where the packed one is, its size, and how it is packed.</summary>
    private const int PackedOffset = 8;
    private const int PackedSize = 12;
    private const int PackedFormat = 24;

    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> SelfUnpacking => "MZ\0\0zimg"u8;

    private static ReadOnlySpan<byte> GzipName => "gzip\0"u8;

    /// <summary>Understands a file.</summary>
    /// <param name="file">The file, packed by gzip or not.</param>
    /// <param name="ram">The memory that it has to fit into.</param>
    /// <param name="reserved">Memory inside it that something else is kept in.</param>
    /// <param name="kernel">What goes where, on success.</param>
    /// <returns>Why it cannot be used; null on success.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static KernelProblem? TryRead(
        GuestFile file, MemoryRange ram, IReadOnlyList<MemoryRange> reserved, out KernelImage? kernel)
    {
        kernel = null;
        if (Unpack(file, ram.Size, out GuestFile? unpacked) is { } problem)
            return problem;
        Span<byte> first = stackalloc byte[FirstBytes];
        first = first[..(int)Math.Min(unpacked!.Size, FirstBytes)];
        unpacked.Read(0, first);
        if (LinuxImageHeader.IsOne(first))
            return LinuxImageHeader.Read(unpacked, first, ram, reserved, out kernel);
        return ElfFile.IsOne(first) ? ElfFile.Read(unpacked, first, ram, out kernel) : ReadRaw(unpacked, first, ram, out kernel);
    }

    private static KernelProblem? Unpack(GuestFile file, ulong limit, out GuestFile? unpacked)
    {
        unpacked = null;
        Span<byte> first = stackalloc byte[FirstBytes];
        first = first[..(int)Math.Min(file.Size, FirstBytes)];
        file.Read(0, first);
        (ulong offset, ulong size) = (0, file.Size);
        const int LeastPacked = 18;
        if (first.StartsWith(SelfUnpacking) && first.Length == FirstBytes)
        {
            (offset, size) = (Word(first, PackedOffset), Word(first, PackedSize));
            if (!first[PackedFormat..].StartsWith(GzipName))
                return new("it is a kernel that unpacks itself, and not from gzip; unpack it first", PackedFormat);
            if (offset > file.Size || size > file.Size - offset)
                return new($"the packed kernel of {size} bytes at {offset} does not lie in the file", PackedOffset);
        }
        else if (!first.StartsWith(Gzip))
        {
            unpacked = file;
            return null;
        }

        if (size < LeastPacked)
            return new("it begins like gzip and is cut off", offset);
        try
        {
            using var packed = new GZipStream(file.OpenRead(offset, size), CompressionMode.Decompress);
            if (GuestFile.ReadToEnd(packed, Math.Min(limit, GuestFile.LargestStream)) is not { } bytes)
                return new($"it is longer than the VM's memory of {limit} bytes once it is unpacked");
            // The base library takes a packed file that is cut off for one that ends there; its last word says how long it is.
            Span<byte> length = stackalloc byte[sizeof(uint)];
            file.Read(offset + size - sizeof(uint), length);
            if (Word(length, 0) != (uint)bytes.Length)
                return new("it begins like gzip and is cut off, or has something behind it", offset);
            unpacked = GuestFile.FromBytes(bytes);
            return null;
        }
        catch (InvalidDataException)
        {
            return new("it begins like gzip and cannot be unpacked", offset);
        }
    }

    private static KernelProblem? ReadRaw(GuestFile file, ReadOnlySpan<byte> first, MemoryRange ram, out KernelImage? kernel)
    {
        kernel = null;
        if (first.Length < sizeof(uint) || Word(first, 0) == 0)
            return new("it is no Image, no ELF, and does not begin with an instruction either", 0);
        if (file.Size > ram.Size)
            return new($"its {file.Size} bytes do not fit into the VM's memory of {ram.Size}");
        kernel = new(KernelFormat.Raw, file, [new(0, file.Size, ram.Base)], new(ram.Base, file.Size), ram.Base);
        return null;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
