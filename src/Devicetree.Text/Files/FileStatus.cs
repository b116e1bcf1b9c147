using System.Runtime.InteropServices;
using System.Text;

namespace Devicetree.Text.Files;

/// <summary>
/// What the system knows of a file, links followed: the base library's own shim fills it, in one call where its classes take several,
/// and with the time of change, which no program can set back.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct FileStatus
{
    private const int TypeBits = 0xF000;

    /// <summary>The type of a folder.</summary>
    public const int FolderType = 0x4000;

    /// <summary>The type of a regular file.</summary>
    public const int RegularType = 0x8000;

    // The order and widths are the shim's; room for more follows.
    private readonly int _flags;
    private readonly int _mode;
    private readonly int _user;
    private readonly int _group;
    private readonly long _size;
    private readonly long _accessed;
    private readonly long _accessedNanoseconds;
    private readonly long _modified;
    private readonly long _modifiedNanoseconds;
    private readonly long _changed;
    private readonly long _changedNanoseconds;

    /// <summary>The kind of file.</summary>
    public readonly int Type => _mode & TypeBits;

    /// <summary>Who may do what with it.</summary>
    public readonly UnixFileMode Mode => (UnixFileMode)(_mode & ~TypeBits);

    /// <summary>The number of the user whose it is.</summary>
    public readonly uint User => (uint)_user;

    /// <summary>The number of the group whose it is.</summary>
    public readonly uint Group => (uint)_group;

    /// <summary>Its length in bytes.</summary>
    public readonly long Length => _size;

    /// <summary>When its contents were last written, in ticks of UTC.</summary>
    public readonly long Modified => Ticks(_modified, _modifiedNanoseconds);

    /// <summary>When its contents or anything that is known of it last changed, in ticks of UTC.</summary>
    public readonly long Changed => Ticks(_changed, _changedNanoseconds);

    /// <summary>Asks the system.</summary>
    /// <returns>False when it does not say: there is no such file, or the system is none that has this call.</returns>
    public static bool TryRead(string path, out FileStatus status)
    {
        const int OnStack = 512;
        status = default;
        if (OperatingSystem.IsWindows() || path.Contains('\0', StringComparison.Ordinal))
            return false;
        int most = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        Span<byte> buffer = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        buffer[Encoding.UTF8.GetBytes(path, buffer)] = 0;
        return Stat(ref buffer[0], out status) == 0;
    }

    private static long Ticks(long seconds, long nanoseconds) =>
        DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick);

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static extern int Stat(ref byte path, out FileStatus status);
#pragma warning restore SYSLIB1054
}
