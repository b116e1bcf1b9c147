using Devicetree.Source.Preprocessing;

namespace Devicetree.Tool.Input;

/// <summary>
/// Files that <c>#include</c> names, found from the directory that the command runs in; paths stay as short as the user wrote
/// them.
/// </summary>
/// <param name="host">Where relative paths start, and the time zone.</param>
/// <param name="asked">Told every path before it is looked at.</param>
internal sealed class HostIncludeFiles(InputHost host, Action<string>? asked = null) : IIncludeFiles
{
    private readonly DiskIncludeFiles _disk = new();

    /// <inheritdoc/>
    public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
    {
        asked?.Invoke(path);
        return _disk.Read(path.Contains('\0', StringComparison.Ordinal) ? path : host.FullPath(path), maxLength, out bytes,
            out reason);
    }

    /// <inheritdoc/>
    public DateTimeOffset? ModifiedAt(string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && _disk.ModifiedAt(host.FullPath(path)) is DateTimeOffset time
            ? TimeZoneInfo.ConvertTime(time, host.Time.LocalTimeZone) : null;
}
