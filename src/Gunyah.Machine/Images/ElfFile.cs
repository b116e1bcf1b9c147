using System.Buffers.Binary;
using System.Collections.Immutable;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Machine.Images;

/// <summary>
/// Executables in ELF, 64 bits, little-endian, for AArch64 (System V gABI, chapters 4 and 5): their loadable segments go to
/// their physical addresses.
/// </summary>
internal static class ElfFile
{
    private const int HeaderSize = 64;
    private const int EntryOfTable = 56;
    private const int ClassAt = 4;
    private const int DataAt = 5;
    private const int TypeAt = 16;
    private const int MachineAt = 18;
    private const int EntryAt = 24;
    private const int TableAt = 32;
    private const int EntrySizeAt = 54;
    private const int CountAt = 56;
    private const int Class64 = 2;
    private const int LittleEndian = 1;
    private const int Executable = 2;
    private const int SharedObject = 3;
    private const int Aarch64 = 183;
    private const int Loadable = 1;

    private static ReadOnlySpan<byte> Magic => "\u007fELF"u8;

    /// <summary>True for the first bytes of an ELF file.</summary>
    public static bool IsOne(ReadOnlySpan<byte> first) => first.StartsWith(Magic);

    /// <summary>Reads the program headers.</summary>
    public static KernelProblem? Read(GuestFile file, ReadOnlySpan<byte> first, MemoryRange ram, out KernelImage? kernel)
    {
        kernel = null;
        if (first.Length < HeaderSize)
            return new("the header of the ELF file is cut off", (ulong)first.Length);
        if (first[ClassAt] != Class64 || first[DataAt] != LittleEndian)
            return new("it is no little-endian ELF file of 64 bits", ClassAt);
        if (Half(first, MachineAt) != Aarch64)
            return new($"it is an ELF file for machine {Half(first, MachineAt)}; AArch64 is {Aarch64}", MachineAt);
        if (Half(first, TypeAt) is not (Executable or SharedObject))
            return new("it is an ELF file that is not linked as a program", TypeAt);
        if (Half(first, EntrySizeAt) != EntryOfTable)
            return new($"its program headers have {Half(first, EntrySizeAt)} bytes each instead of {EntryOfTable}", EntrySizeAt);
        ulong table = Long(first, TableAt);
        int count = Half(first, CountAt);
        if (table > file.Size || (ulong)(count * EntryOfTable) > file.Size - table)
            return new("its program headers do not lie in the file", TableAt);
        var headers = new byte[count * EntryOfTable];
        file.Read(table, headers);
        return Read(file, Long(first, EntryAt), table, headers, ram, out kernel);
    }

    private static KernelProblem? Read(
        GuestFile file, ulong entry, ulong table, ReadOnlySpan<byte> headers, MemoryRange ram, out KernelImage? kernel)
    {
        kernel = null;
        var segments = ImmutableArray.CreateBuilder<KernelSegment>();
        var places = new List<MemoryRange>();
        ulong? start = null;
        for (int at = 0; at < headers.Length; at += EntryOfTable)
        {
            var header = new ProgramHeader(headers.Slice(at, EntryOfTable));
            if (header.Type != Loadable || header.SizeInMemory == 0)
                continue;
            ulong offset = table + (ulong)at;
            if (header.SizeInFile > header.SizeInMemory || header.Offset > file.Size
                || header.SizeInFile > file.Size - header.Offset)
                return new("a segment does not lie in the file, or is longer there than in memory", offset);
            if (!ram.Contains(header.Physical, header.SizeInMemory))
            {
                return new(
                    $"a segment of {header.SizeInMemory} bytes at 0x{header.Physical:x} lies outside the VM's memory, "
                    + $"0x{ram.Base:x} to 0x{ram.End:x}", offset);
            }
            var place = new MemoryRange(header.Physical, header.SizeInMemory);
            if (places.Any(place.Overlaps))
                return new($"two segments overlap at 0x{header.Physical:x}", offset);
            places.Add(place);
            if (entry - header.Virtual < header.SizeInFile)
                start ??= header.Physical + (entry - header.Virtual);
            if (header.SizeInFile > 0)
                segments.Add(new(header.Offset, header.SizeInFile, header.Physical));
        }

        if (start is not { } first)
            return new($"its entry point 0x{entry:x} lies in no segment", EntryAt);
        ulong lowest = places.Min(static place => place.Base);
        var all = new MemoryRange(lowest, places.Max(static place => place.End) - lowest);
        kernel = new(KernelFormat.Elf, file, segments.ToImmutable(), all, first);
        return null;
    }

    private static ushort Half(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static ulong Long(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private readonly ref struct ProgramHeader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public uint Type => BinaryPrimitives.ReadUInt32LittleEndian(_bytes);

        public ulong Offset => Long(_bytes, 8);

        public ulong Virtual => Long(_bytes, 16);

        public ulong Physical => Long(_bytes, 24);

        public ulong SizeInFile => Long(_bytes, 32);

        public ulong SizeInMemory => Long(_bytes, 40);
    }
}
