using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gunyah.Abi.Images;

/// <summary>
/// The header of a guest image that holds a C# program: 64 bytes at the entry point, little-endian. A vCPU that is powered on
/// at such an address runs the named program; a Linux <c>Image</c> or an ELF file, told apart by their own magic, asks for an
/// AArch64 vCPU instead.
/// </summary>
/// <remarks>
/// Layout: 0 magic <c>GNYH.NET</c> (8 bytes); 8 header version, 1 (u32); 12 header size, 64 (u32); 16 program name, UTF-8
/// padded with zeros, 1 to 47 bytes.
/// </remarks>
public static class GuestImage
{
    /// <summary>The header's size in bytes.</summary>
    public const int HeaderSize = 64;

    /// <summary>The longest program name in bytes.</summary>
    public const int LongestName = HeaderSize - NameOffset - 1;

    private const uint Version = 1;
    private const int VersionOffset = 8;
    private const int SizeOffset = 12;
    private const int NameOffset = 16;

    private static ReadOnlySpan<byte> Magic => "GNYH.NET"u8;

    /// <summary>Makes the image of a program.</summary>
    /// <param name="program">The program's name: 1 to <see cref="LongestName"/> bytes of UTF-8 without NUL.</param>
    public static byte[] Create(string program)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        byte[] name = Encoding.UTF8.GetBytes(program);
        if (name.Length > LongestName || name.Contains((byte)0))
            throw new ArgumentException($"a program name has at most {LongestName} bytes and no NUL", nameof(program));

        var image = new byte[HeaderSize];
        Magic.CopyTo(image);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(VersionOffset), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(SizeOffset), HeaderSize);
        name.CopyTo(image, NameOffset);
        return image;
    }

    /// <summary>Reads the program's name from the first bytes of an image.</summary>
    /// <returns>False where this is not the header of a C# program.</returns>
    public static bool TryReadProgram(ReadOnlySpan<byte> image, [NotNullWhen(true)] out string? program)
    {
        program = null;
        if (image.Length < HeaderSize
            || !image.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(image[VersionOffset..]) != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(image[SizeOffset..]) != HeaderSize)
            return false;

        ReadOnlySpan<byte> name = image[NameOffset..HeaderSize];
        int length = name.IndexOf((byte)0);
        if (length <= 0)
            return false;

        program = Encoding.UTF8.GetString(name[..length]);
        return true;
    }
}
