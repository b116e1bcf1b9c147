using System.Runtime.InteropServices;
using System.Text;

namespace Devicetree.Text.Files;

/// <summary>
/// What Linux knows of a file, links followed, as statx(2) answers it: in one call where the base library's classes take several,
/// and with the time of change, which no program can set back. The layout is the same on every processor.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const int TypeBits = 0xF000;

    private const int WorkingDirectory = -100;
    private const uint BasicFields = 0x7FF;

    /// <summary>The type of a directory.</summary>
    public const int DirectoryType = 0x4000;

    /// <summary>The type of a regular file.</summary>
    public const int RegularType = 0x8000;

    [FieldOffset(20)]
    private readonly uint _user;
    [FieldOffset(24)]
    private readonly uint _group;
    [FieldOffset(28)]
    private readonly ushort _mode;
    [FieldOffset(40)]
    private readonly long _size;
    [FieldOffset(96)]
    private readonly Time _changed;
    [FieldOffset(112)]
    private readonly Time _modified;

    /// <summary>The kind of file.</summary>
    public readonly int Type => _mode & TypeBits;

    /// <summary>Who may do what with it.</summary>
    public readonly UnixFileMode Mode => (UnixFileMode)(_mode & ~TypeBits);

    /// <summary>The number of the user whose it is.</summary>
    public readonly uint User => _user;

    /// <summary>The number of the group whose it is.</summary>
    public readonly uint Group => _group;

    /// <summary>Its length in bytes.</summary>
    public readonly long Length => _size;

    /// <summary>When its contents were last written, in ticks of UTC.</summary>
    public readonly long Modified => _modified.Ticks;

    /// <summary>When its contents or anything that is known of it last changed, in ticks of UTC.</summary>
    public readonly long Changed => _changed.Ticks;

    /// <summary>Asks the system.</summary>
    /// <returns>False when it does not say: there is no such file, or the system has no such call.</returns>
    public static bool TryRead(string path, out FileStatus status)
    {
        const int OnStack = 512;
        status = default;
        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal))
            return false;
        int most = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        Span<byte> buffer = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        buffer[Encoding.UTF8.GetBytes(path, buffer)] = 0;
        return StatX(WorkingDirectory, ref buffer[0], 0, BasicFields, out status) == 0;
    }

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport(CLibrary.Name, EntryPoint = "statx")]
    private static extern int StatX(int directory, ref byte path, int flags, uint fields, out FileStatus status);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private readonly struct Time
    {
        private readonly long _seconds;
        private readonly uint _nanoseconds;

        /// <summary>In ticks of UTC.</summary>
        public long Ticks =>
            DateTime.UnixEpoch.Ticks + (_seconds * TimeSpan.TicksPerSecond) + (_nanoseconds / TimeSpan.NanosecondsPerTick);
    }
}
