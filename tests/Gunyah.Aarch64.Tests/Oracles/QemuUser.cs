using System.Buffers.Binary;
using System.Diagnostics;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary><c>qemu-aarch64 -cpu max</c>: runs an image of memory as a Linux program and gives what it writes.</summary>
internal static class QemuUser
{
    private const string Program = "qemu-aarch64";
    private const int HeaderSize = 64;
    private const int SegmentHeaderSize = 56;
    private const int PageSize = 0x1000;

    /// <summary>True where it is installed.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(static directory => File.Exists(Path.Combine(directory, Program)));

    /// <summary>Runs a program.</summary>
    /// <param name="image">What lies at <see cref="BareCore.RamBase"/>, readable, writable and executable.</param>
    /// <param name="entry">Where it begins in it.</param>
    /// <returns>What it wrote, and how it ended: 0, or what QEMU says of the signal that ended it.</returns>
    public static (byte[] Output, int Status) Run(ReadOnlySpan<byte> image, int entry)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, Executable(image, entry));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var start = new ProcessStartInfo(Program, ["-cpu", "max", path]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (output.ToArray(), process.ExitCode);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A static ELF program of one segment.</summary>
    private static byte[] Executable(ReadOnlySpan<byte> image, int entry)
    {
        var file = new byte[PageSize + image.Length];
        Span<byte> header = file;
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], 183);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], BareCore.RamBase + (ulong)entry);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], SegmentHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1);
        Span<byte> segment = header[HeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(segment, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], 7);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[8..], PageSize);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], BareCore.RamBase);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], BareCore.RamBase);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)image.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)image.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], PageSize);
        image.CopyTo(file.AsSpan(PageSize));
        return file;
    }
}
