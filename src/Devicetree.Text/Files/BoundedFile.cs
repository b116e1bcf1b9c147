using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Text.Files;

/// <summary>Why a file could not be read.</summary>
internal enum FileProblem
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>This user may not read it.</summary>
    Denied,

    /// <summary>It is a directory.</summary>
    Directory,

    /// <summary>It is a device, a pipe or a socket, which may never end.</summary>
    Special,

    /// <summary>It is longer than allowed.</summary>
    TooLong,

    /// <summary>The system could not read it.</summary>
    Broken,
}

/// <summary>Reads files of which nobody knows how long they are.</summary>
internal static class BoundedFile
{
    private const int FirstRead = 64 * 1024;

    /// <summary>Reads a whole file of at most <paramref name="maxLength"/> bytes.</summary>
    internal static bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? reason)
    {
        FileProblem problem = Read(path, maxLength, mayBeSpecial: true, out bytes);
        reason = problem == FileProblem.None ? null : Describe(problem, maxLength);
        return bytes is not null;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer file is refused.</param>
    /// <param name="mayBeSpecial">Whether it may be a device or a pipe: what a user names, not what a text names.</param>
    /// <param name="bytes">What is in it; null when it could not be read.</param>
    public static FileProblem Read(string path, int maxLength, bool mayBeSpecial, out byte[]? bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        bytes = null;
        try
        {
            // The base library does not say what a file is before it is open, and opening a pipe waits.
            if (!mayBeSpecial && FileStatus.TryRead(path, out FileStatus status) && status.Type != FileStatus.RegularType)
                return status.Type == FileStatus.DirectoryType ? FileProblem.Directory : FileProblem.Special;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // Special files, those of /proc too, tell no length; any other may grow meanwhile, which is not our business.
            if (!stream.CanSeek || stream.Length == 0)
                return Read(stream, maxLength, out bytes);
            if (stream.Length > maxLength)
                return FileProblem.TooLong;
            var contents = new byte[stream.Length];
            int filled = stream.ReadAtLeast(contents, contents.Length, throwOnEndOfStream: false);
            bytes = filled == contents.Length ? contents : contents[..filled];
            return FileProblem.None;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ProblemOf(failure, path);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer one is refused.</param>
    /// <param name="bytes">What is in it; null when it could not be read.</param>
    public static FileProblem Read(Stream stream, int maxLength, out byte[]? bytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bytes = null;
        try
        {
            var contents = new byte[Math.Min(FirstRead, maxLength + 1L)];
            int filled = 0;
            while (stream.Read(contents, filled, contents.Length - filled) is int read and > 0)
            {
                filled += read;
                if (filled > maxLength)
                    return FileProblem.TooLong;
                if (filled == contents.Length)
                    Array.Resize(ref contents, (int)Math.Min(2L * contents.Length, maxLength + 1L));
            }
            bytes = contents[..filled];
            return FileProblem.None;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FileProblem.Broken;
        }
    }

    /// <summary>A problem as a phrase without a full stop.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="maxLength">The most bytes that were allowed.</param>
    public static string Describe(FileProblem problem, int maxLength) => problem switch
    {
        FileProblem.Missing => "there is no such file",
        FileProblem.Denied => "permission denied",
        FileProblem.Directory => "it is a directory",
        FileProblem.Special => "it is no regular file",
        FileProblem.TooLong => $"it has more than the {maxLength} bytes that are left of the limit",
        _ => "the system cannot read it",
    };

    private static FileProblem ProblemOf(Exception failure, string path) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => FileProblem.Missing,
        UnauthorizedAccessException => Directory.Exists(path) ? FileProblem.Directory : FileProblem.Denied,
        _ => Directory.Exists(path) ? FileProblem.Directory : FileProblem.Broken,
    };
}
