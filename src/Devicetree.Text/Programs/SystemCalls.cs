using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Devicetree.Text.Programs;

/// <summary>
/// What the base library has no door to, by the C library's functions.
/// </summary>
internal static class SystemCalls
{
    /// <summary>A signal came before the first byte.</summary>
    public const int Interrupted = 4;

    private const int GetDescriptorFlags = 1;
    private const short ReadyToRead = 1;
    private const short ReadyToWrite = 4;

    /// <summary>The other end of a descriptor that does not wait is not ready.</summary>
    public static int NotReady => OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Reads some bytes; negative when it cannot, see <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    public static nint Read(int descriptor, Span<byte> buffer) =>
        Read(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);

    /// <summary>Writes some bytes; negative when it cannot, see <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    public static nint Write(int descriptor, ReadOnlySpan<byte> buffer) =>
        Write(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);

    /// <summary>Waits until a descriptor can be read or written.</summary>
    public static void Await(int descriptor, bool write)
    {
        var wanted = new Polled { Descriptor = descriptor, Events = write ? ReadyToWrite : ReadyToRead };
        _ = Poll(ref wanted, 1, -1);
    }

    /// <summary>Whether a descriptor is open.</summary>
    public static bool IsOpen(int descriptor) => DescriptorControl(descriptor, GetDescriptorFlags) >= 0;

    /// <summary>Opens a path to read, on the lowest descriptor that is free; negative when it cannot.</summary>
    public static int Open(string path) => Open(path, 0);

    /// <summary>Gives an open file to a user and a group.</summary>
    /// <returns>False when the system does not let this user.</returns>
    public static bool TryGive(SafeHandle file, uint user, uint group)
    {
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return ChangeOwner((int)file.DangerousGetHandle(), user, group) == 0;
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Answered;
    }

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport(CLibrary.Name, EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(int descriptor, ref byte buffer, nint count);

    [DllImport(CLibrary.Name, EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int descriptor, ref byte buffer, nint count);

    [DllImport(CLibrary.Name, EntryPoint = "poll")]
    private static extern int Poll(ref Polled descriptors, nuint count, int milliseconds);

    [DllImport(CLibrary.Name, EntryPoint = "fcntl")]
    private static extern int DescriptorControl(int descriptor, int command);

    [DllImport(CLibrary.Name, EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport(CLibrary.Name, EntryPoint = "fchown")]
    private static extern int ChangeOwner(int descriptor, uint user, uint group);
#pragma warning restore SYSLIB1054
}
