using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Folders;

/// <summary>One entry of a folder.</summary>
/// <param name="Name">The name without the folder's path.</param>
/// <param name="IsFolder">Whether it is a folder; otherwise it is a file.</param>
public readonly record struct FolderEntry(string Name, bool IsFolder);

/// <summary>Files in folders, wherever they are. Paths are relative to the outermost one, separated by <c>/</c>; it is the empty path.</summary>
public interface IFolderTree
{
    /// <summary>Lists the files and folders in a folder in any order. Links and special files are left out.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="maxEntries">The most entries that may be listed; a folder with more is refused.</param>
    /// <param name="entries">The entries, null on failure.</param>
    /// <param name="reason">Why it cannot be listed, null when it can.</param>
    bool TryList(
        string path,
        int maxEntries,
        [NotNullWhen(true)] out IReadOnlyList<FolderEntry>? entries,
        [NotNullWhen(false)] out string? reason);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer file is refused.</param>
    /// <param name="bytes">The contents, null on failure.</param>
    /// <param name="reason">Why it cannot be read, null when it can.</param>
    bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? reason);
}
