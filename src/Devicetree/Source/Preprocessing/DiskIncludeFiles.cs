using Devicetree.Text.Files;

namespace Devicetree.Source.Preprocessing;

/// <summary>Included files from the file system.</summary>
public sealed class DiskIncludeFiles : IIncludeFiles
{
    /// <inheritdoc/>
    public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
    {
        bytes = default;
        reason = "";
        // A name with a NUL reaches no file system. A directory is no file: cpp goes on searching.
        if (path.Contains('\0', StringComparison.Ordinal) || !File.Exists(path))
            return IncludeLookup.Missing;
        if (!BoundedFile.TryRead(path, maxLength, out byte[]? contents, out string? failure))
        {
            reason = failure;
            return IncludeLookup.Refused;
        }
        bytes = contents;
        return IncludeLookup.Read;
    }

    /// <inheritdoc/>
    public DateTimeOffset? ModifiedAt(string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && File.Exists(path)
        ? new DateTimeOffset(File.GetLastWriteTimeUtc(path)) : null;
}
