using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Devicetree.Tool;

/// <summary>Writes files as a whole or not at all: a reader, or a build that is interrupted, never meets half of one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file. May be called by several threads for different files.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="failure">What the system refused; null when it was written.</param>
    public static bool TryWrite(string path, ReadOnlySpan<byte> bytes, [NotNullWhen(false)] out string? failure)
    {
        failure = null;
        // Beside its place, so that the rename is one step.
        string half = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        bool isHalf = false;
        try
        {
            var old = new FileInfo(path);
            if (old.Exists && (old.LinkTarget is not null || (old.Attributes & FileAttributes.Device) != 0))
            {
                // A link or a device such as /dev/null stays what it is.
                File.WriteAllBytes(path, bytes);
                return true;
            }
            using (var stream = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                isHalf = true;
                if (old.Exists && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(stream.SafeFileHandle, old.UnixFileMode);
                stream.Write(bytes);
            }
            File.Move(half, path, overwrite: true);
            isHalf = false;
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failure = problem.Message.Replace(half, path, StringComparison.Ordinal);
            return false;
        }
        finally
        {
            if (isHalf)
                Discard(half);
        }
    }

    /// <summary>What could not be written is what is said, not that its beginning could not be taken away.</summary>
    private static void Discard(string half)
    {
        try
        {
            File.Delete(half);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}
