using System.Buffers.Binary;

namespace Gunyah.Machine.Tests.Images;

/// <summary>Kernel files for tests, field by field.</summary>
internal static class KernelFileBuilder
{
    public static byte[] Image(ulong textOffset = 0, ulong imageSize = 0x3000, ulong flags = 0xA, int fileSize = 0x1000)
    {
        var file = new byte[fileSize];
        new Random(1).NextBytes(file);
        file.AsSpan(0, 64).Clear();
        Span<byte> header = file;
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x1400_0010);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], textOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], imageSize);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], flags);
        "ARM\x64"u8.CopyTo(header[56..]);
        return file;
    }

    /// <summary>An ELF file whose segments are its bytes from 0x100 on, one behind the other.</summary>
    public static byte[] Elf(
        ulong entry, params (ulong Virtual, ulong Physical, ulong InFile, ulong InMemory)[] segments)
    {
        var file = new byte[0x100 + (int)segments.Aggregate(0UL, static (sum, s) => sum + Math.Min(s.InFile, 0x10000))];
        Span<byte> bytes = file;
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], 183);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], entry);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[56..], (ushort)segments.Length);
        ulong offset = 0x100;
        for (int i = 0; i < segments.Length; i++)
        {
            Span<byte> header = bytes[(64 + (56 * i))..];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 1);
            ReadOnlySpan<ulong> fields =
                [offset, segments[i].Virtual, segments[i].Physical, segments[i].InFile, segments[i].InMemory];
            for (int field = 0; field < fields.Length; field++)
                BinaryPrimitives.WriteUInt64LittleEndian(header[(8 + (8 * field))..], fields[field]);
            bytes.Slice((int)offset, (int)segments[i].InFile).Fill((byte)(i + 1));
            offset += segments[i].InFile;
        }

        return file;
    }
}
