using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Directories;

/// <summary>One entry of a directory.</summary>
/// <param name="Name">The name without the directory's path.</param>
/// <param name="IsDirectory">Whether it is a directory; otherwise it is a file.</param>
internal readonly record struct DirectoryEntry(string Name, bool IsDirectory);

/// <summary>
/// Files in directories, wherever they are. Paths are relative to the outermost one, separated by <c>/</c>; it is the empty path.
/// </summary>
internal interface IDirectoryTree
{
    /// <summary>Lists the files and directories in a directory in any order. Links and special files are left out.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="maxEntries">The most entries that may be listed; a directory with more is refused.</param>
    /// <param name="entries">The entries, null on failure.</param>
    /// <param name="reason">Why it cannot be listed, null when it can.</param>
    bool TryList(
        string path,
        int maxEntries,
        [NotNullWhen(true)] out IReadOnlyList<DirectoryEntry>? entries,
        [NotNullWhen(false)] out string? reason);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer file is refused.</param>
    /// <param name="bytes">The contents, null on failure.</param>
    /// <param name="reason">Why it cannot be read, null when it can.</param>
    bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? reason);
}
