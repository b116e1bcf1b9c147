using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Programs;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.DropIns;

/// <summary>Opens files for writing as C's <c>fopen</c> does, with its words for failures.</summary>
internal static class DropInOutput
{
    /// <summary>
    /// Writes a file that is complete, or standard output. Nothing is touched before there is something to write.
    /// </summary>
    /// <returns>
    /// False when it cannot be opened. A write that fails ends the program: <see cref="OutputFailedException"/>.
    /// </returns>
    public static bool TryWrite(string name, ReadOnlySpan<byte> bytes, ToolHost host, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        if (name == DocumentInput.Standard)
        {
            host.Output.Write(bytes);
            host.Output.Flush();
            return true;
        }
        if (!TryOpen(name, host, out Stream? stream, out reason))
            return false;
        using (stream)
            stream.Write(bytes);
        return true;
    }

    /// <summary>Creates a file or empties it.</summary>
    public static bool TryOpen(
        string name, ToolHost host, [NotNullWhen(true)] out Stream? stream, [NotNullWhen(false)] out string? reason)
    {
        stream = null;
        reason = null;
        string path = host.FullPath(name);
        try
        {
            stream = new ResultStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite,
                bufferSize: 0), name);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure is DirectoryNotFoundException or FileNotFoundException ? "No such file or directory"
                : Directory.Exists(path) ? "Is a directory"
                : failure is UnauthorizedAccessException ? "Permission denied"
                : failure.Message;
            return false;
        }
    }
}
