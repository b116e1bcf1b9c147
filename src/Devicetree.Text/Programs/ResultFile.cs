using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Devicetree.Text.Files;

namespace Devicetree.Text.Programs;

/// <summary>
/// Writes files as a whole or not at all: a reader, or a build that is interrupted, never meets half of one. What is not itself a
/// regular file is written in place (docs/decisions/0112): a device, a pipe and a link stay what they are.
/// </summary>
internal static class ResultFile
{
    private const int Exists = 17;
    private const int MostTries = 100;

    private static int _last;

    /// <summary>Writes a file. May be called by several threads for different files.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="failure">What the system refused; null when it was written.</param>
    public static bool TryWrite(string path, ReadOnlySpan<byte> bytes, [NotNullWhen(false)] out string? failure)
    {
        failure = null;
        try
        {
            bool isThere = FileStatus.TryRead(path, out FileStatus old);
            if (isThere && old.Type == FileStatus.DirectoryType)
                failure = "it is a directory";
            else if (isThere && old.Type != FileStatus.RegularType)
                WriteInPlace(path, FileMode.Open, bytes);
            else if (new FileInfo(path).LinkTarget is not null || !TryReplace(path, isThere ? old : null, bytes))
                WriteInPlace(path, FileMode.Create, bytes);
            return failure is null;
        }
        catch (Exception refusal) when (OutputFailedException.IsRefusal(refusal))
        {
            failure = OutputFailedException.ReasonOf(refusal);
            return false;
        }
    }

    private static void WriteInPlace(string path, FileMode mode, ReadOnlySpan<byte> bytes)
    {
        // Shared, as nothing is to be locked: a device belongs to others too.
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(bytes);
    }

    /// <summary>Writes beside the place and moves there in one step.</summary>
    /// <returns>
    /// False, with nothing changed, where that would take an old file from its owner, or its directory takes no new file.
    /// </returns>
    private static bool TryReplace(string path, FileStatus? old, ReadOnlySpan<byte> bytes)
    {
        if (Begin(path, mayBeRefused: old is not null) is not (FileStream stream, string half))
            return false;
        bool isMoved = false;
        try
        {
            using (stream)
            {
                if (old is FileStatus kept && !TryLiken(stream, half, kept))
                    return false;
                stream.Write(bytes);
            }
            File.Move(half, path, overwrite: true);
            isMoved = true;
            return true;
        }
        finally
        {
            if (!isMoved)
                Discard(half);
        }
    }

    /// <summary>Creates a file that nobody else has, beside a path.</summary>
    private static (FileStream Stream, string Path)? Begin(string path, bool mayBeRefused)
    {
        string directory = Path.GetDirectoryName(path) ?? path;
        for (int tries = 1; ; tries++)
        {
            // Short, as the name of the file itself may be as long as names can be.
            string half = Path.Combine(
                directory, string.Create(CultureInfo.InvariantCulture,
                    $".{Environment.ProcessId}-{Interlocked.Increment(ref _last)}.tmp"));
            try
            {
                return (new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), half);
            }
            catch (IOException taken) when (taken.HResult == Exists && tries < MostTries)
            {
                // Of a process with the same number, which died, or lives in another container.
            }
            catch (UnauthorizedAccessException) when (mayBeRefused)
            {
                return null;
            }
        }
    }

    /// <summary>Gives a new file the owner and the rights of the old one.</summary>
    private static bool TryLiken(FileStream stream, string half, in FileStatus old)
    {
        if (OperatingSystem.IsWindows())
            return true;
        if (!FileStatus.TryRead(half, out FileStatus now))
            return false;
        if ((now.User != old.User || now.Group != old.Group) && !SystemCalls.TryGive(stream.SafeFileHandle, old.User, old.Group))
            return false;
        File.SetUnixFileMode(stream.SafeFileHandle, old.Mode);
        return true;
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
            // It stays behind; nobody takes it for the file.
        }
    }
}
