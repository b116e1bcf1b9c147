namespace Devicetree.Loading;

/// <summary>A file format that devicetrees are met in, and that is neither a blob nor a source.</summary>
/// <param name="Offset">Where its magic number stands.</param>
/// <param name="Magic">That number.</param>
/// <param name="Name">What it is called, with its article; for a compression the program's name.</param>
/// <param name="Command">The command that decompresses it; null for what is not compressed.</param>
internal sealed record FileFormat(int Offset, byte[] Magic, string Name, string? Command = null)
{
    public bool Matches(ReadOnlySpan<byte> file) => file.Length >= Offset + Magic.Length && file[Offset..].StartsWith(Magic);
}

/// <summary>The formats that are known by name. The numbers are those of each format's own documentation.</summary>
internal static class FileFormats
{
    /// <summary>How far a file is searched for bytes that no text has.</summary>
    private const int Searched = 1024;

    /// <summary>The last of the characters that no source has outside of what may be anything.</summary>
    private const byte LastForeign = 8;

    /// <summary>Android's table of devicetrees, as in a <c>dtbo</c> partition.</summary>
    public static readonly FileFormat AndroidTable = new(0, [0xd7, 0xb7, 0xab, 0x1e], "an Android table of devicetrees");

    private static readonly FileFormat _unknown = new(0, [], "a binary file");

    private static readonly FileFormat[] _known =
    [
        new(0, [0x1f, 0x8b], "gzip", "gunzip -c"),
        new(0, [0xfd, .. "7zXZ\0"u8], "xz", "xz -dc"),
        new(0, [0x28, 0xb5, 0x2f, 0xfd], "zstd", "zstd -dc"),
        new(0, [0x04, 0x22, 0x4d, 0x18], "lz4", "lz4 -dc"),
        new(0, [0x02, 0x21, 0x4c, 0x18], "lz4", "lz4 -dc"),
        new(0, [.. "BZh"u8], "bzip2", "bzip2 -dc"),
        new(0, [0x5d, 0x00, 0x00], "lzma", "xz -dc --format=lzma"),
        AndroidTable,
        new(0, [.. "ANDROID!"u8], "an Android boot image"),
        new(0, [.. "VNDRBOOT"u8], "an Android vendor boot image"),
        new(0, [0x27, 0x05, 0x19, 0x56], "a U-Boot image"),
        new(0, [0x7f, .. "ELF"u8], "an ELF file"),
        new(0x38, [.. "ARMd"u8], "an arm64 kernel"),
        new(0x24, [0x18, 0x28, 0x6f, 0x01], "an arm kernel"),
    ];

    /// <summary>The format of what is no blob; null for text.</summary>
    /// <param name="file">The file.</param>
    /// <param name="foreign">The first byte that no text has; negative where there is none.</param>
    public static FileFormat? Find(ReadOnlySpan<byte> file, out int foreign)
    {
        foreign = file[..Math.Min(file.Length, Searched)].IndexOfAnyInRange((byte)0, LastForeign);
        foreach (FileFormat format in _known)
        {
            // A text may begin with three letters of a magic number.
            if (format.Matches(file) && (foreign >= 0 || format.Magic[0] >= 0x80 || format.Magic[0] < ' '))
                return format;
        }
        return foreign < 0 ? null : _unknown;
    }
}
