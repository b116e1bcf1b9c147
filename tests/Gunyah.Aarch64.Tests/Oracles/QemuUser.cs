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

    /// <summary>The system call exit, with 0.</summary>
    public static ReadOnlySpan<uint> Exit =>
    [
        0xD280_0000, // mov x0, #0
        0xD280_0BA8, // mov x8, #93
        0xD400_0001, // svc #0
    ];

    /// <summary>
    /// Writes bytes to the standard output, all of them: a pipe takes less than it is given where the process is stopped
    /// meanwhile and goes on. Ends the process with 1 where nothing can be written; changes X0 to X2, X8 and X9.
    /// </summary>
    public static ReadOnlySpan<uint> Write(ulong address, int count) => new uint[]
    {
        0xD280_0001 | (uint)(address & 0xFFFF) << 5, // mov x1, #address
        0xF2A0_0001 | (uint)(address >> 16) << 5, // movk x1, #address, lsl #16
        0xD280_0009 | (uint)(count & 0xFFFF) << 5, // mov x9, #count
        0xF2A0_0009 | (uint)(count >> 16) << 5, // movk x9, #count, lsl #16
        0xD280_0020, // again: mov x0, #1
        0xAA09_03E2, // mov x2, x9
        0xD280_0808, // mov x8, #64
        0xD400_0001, // svc #0
        0xF100_001F, // cmp x0, #0
        0x5400_008C, // b.gt written
        0xD280_0020, // mov x0, #1
        0xD280_0BA8, // mov x8, #93
        0xD400_0001, // svc #0
        0x8B00_0021, // written: add x1, x1, x0
        0xEB00_0129, // subs x9, x9, x0
        0x54FF_FEA1, // b.ne again
    };

    /// <summary>Runs a program.</summary>
    /// <param name="image">What lies at <see cref="BareCore.RamBase"/>, readable, writable and executable.</param>
    /// <param name="entry">Where it begins in it.</param>
    /// <param name="beforeReading">Called with the process before anything is read of what it writes.</param>
    /// <returns>What it wrote, and how it ended: 0, or what QEMU says of the signal that ended it.</returns>
    public static (byte[] Output, int Status) Run(ReadOnlySpan<byte> image, int entry, Action<Process>? beforeReading = null)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, Executable(image, entry));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var start = new ProcessStartInfo(Program, ["-cpu", "max", path]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            beforeReading?.Invoke(process);
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
