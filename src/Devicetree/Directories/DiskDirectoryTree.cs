using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Files;

namespace Devicetree.Directories;

/// <summary>
/// A directory on disk, for instance <c>/proc/device-tree</c>. The directory itself may be a link; links in it are left out.
/// </summary>
/// <param name="root">The directory.</param>
internal sealed class DiskDirectoryTree(string root) : IDirectoryTree
{
    /// <inheritdoc/>
    public bool TryList(
        string path,
        int maxEntries,
        [NotNullWhen(true)] out IReadOnlyList<DirectoryEntry>? entries,
        [NotNullWhen(false)] out string? reason)
    {
        entries = null;
        reason = null;
        var options = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
            IgnoreInaccessible = false,
            ReturnSpecialDirectories = false,
        };
        try
        {
            DirectoryEntry[] found = [.. new DirectoryInfo(Path.Combine(root, path)).EnumerateFileSystemInfos("*", options)
                .Select(entry => new DirectoryEntry(entry.Name, entry is DirectoryInfo))
                .Take(Math.Min(maxEntries, int.MaxValue - 1) + 1)];
            if (found.Length <= maxEntries)
                entries = found;
            else
                reason = $"it has more than the {maxEntries} entries that are left of the limit";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure.Message;
        }
        return entries is not null;
    }

    /// <inheritdoc/>
    public bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? reason)
    {
        var file = new FileInfo(Path.Combine(root, path));
        if (file is { Exists: true, Length: 0 })
        {
            // A property without a value. Pipes and the endless files of /proc say so too, and opening those may never end.
            bytes = [];
            reason = null;
            return true;
        }
        return BoundedFile.TryRead(file.FullName, maxLength, out bytes, out reason);
    }
}
