using Devicetree.Text.Files;
using Devicetree.Text.Programs;
using Devicetree.Tool.DropIns.Dtc;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>Reads and writes blobs as the tools do.</summary>
internal static class FdtFile
{
    /// <summary>The size of the first buffer that the originals read into; it doubles until the file leaves room in it.</summary>
    private const int FirstBuffer = 1024;

    /// <summary>No blob can be this long.</summary>
    private const int MaxLength = 1 << 30;

    /// <summary>
    /// Reads a file or standard input. The result is as long as the buffer of the originals, who take that for the length of the
    /// file; behind the file it is zero. Null, and a message, when that fails.
    /// </summary>
    public static byte[]? Read(string name, ToolHost host, FdtConsole console)
    {
        FileProblem problem = name == DtcFiles.Standard
            ? BoundedFile.Read(host.Input, MaxLength, out byte[]? bytes)
            : BoundedFile.Read(host.FullPath(name), MaxLength, mayBeSpecial: true, out bytes);
        if (bytes is not null)
        {
            int size = FirstBuffer;
            while (size <= bytes.Length)
                size *= 2;
            Array.Resize(ref bytes, size);
            return bytes;
        }
        console.Error.Add("Couldn't open blob from '").Add(name).Add("': ").Add(DtcFiles.Describe(problem, MaxLength)).Add('\n');
        return null;
    }

    /// <summary>
    /// Writes a file or standard output; false, and a message, when that fails. The originals say that, too, and have words for
    /// it.
    /// </summary>
    public static bool TryWrite(string name, ReadOnlySpan<byte> bytes, ToolHost host, FdtConsole console)
    {
        string? reason;
        try
        {
            if (DropInOutput.TryWrite(name, bytes, host, out reason))
                return true;
        }
        catch (OutputFailedException failure) when (!failure.IsClosedPipe)
        {
            reason = failure.Reason;
        }
        console.Error.Add("Couldn't write blob to '").Add(name).Add("': ").Add(reason).Add('\n');
        return false;
    }
}
