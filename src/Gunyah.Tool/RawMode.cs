using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Gunyah.Tool;

/// <summary>
/// A terminal on the standard input that gives each key at once and unchanged, Ctrl-C among them, until this is disposed
/// (termios(3)). The settings are the C library's own to read and write: their size is all that is known of them here.
/// </summary>
internal sealed class RawMode : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0;

    /// <summary>More than any system's settings take.</summary>
    private const int SettingsSize = 256;

    private readonly byte[] _before;

    private RawMode(byte[] before) => _before = before;

    /// <summary>Begins.</summary>
    /// <returns>Null where the standard input is no terminal of that kind.</returns>
    public static RawMode? TryEnter()
    {
        if (OperatingSystem.IsWindows() || Console.IsInputRedirected)
            return null;
        var settings = new byte[SettingsSize];
        if (GetSettings(StandardInput, ref settings[0]) != 0)
            return null;
        var mode = new RawMode((byte[])settings.Clone());
        MakeRaw(ref settings[0]);
        return SetSettings(StandardInput, Now, ref settings[0]) == 0 ? mode : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = SetSettings(StandardInput, Now, ref _before[0]);

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport(CLibrary.Name, EntryPoint = "tcgetattr")]
    private static extern int GetSettings(int descriptor, ref byte settings);

    [DllImport(CLibrary.Name, EntryPoint = "tcsetattr")]
    private static extern int SetSettings(int descriptor, int when, ref byte settings);

    [DllImport(CLibrary.Name, EntryPoint = "cfmakeraw")]
    private static extern void MakeRaw(ref byte settings);
#pragma warning restore SYSLIB1054
}
