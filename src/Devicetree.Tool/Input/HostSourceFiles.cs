using System.Diagnostics.CodeAnalysis;
using Devicetree.Source;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Input;

/// <summary>
/// Files that a source includes, found as dtc finds them from the directory that the command runs in; paths stay as short as the
/// user wrote them.
/// </summary>
/// <param name="host">Where relative paths start.</param>
/// <param name="searchDirectories">Where names are looked for after the directory of the including file.</param>
/// <param name="asked">Told every path before it is looked at.</param>
internal sealed class HostSourceFiles(InputHost host, IReadOnlyList<string> searchDirectories, Action<string>? asked = null)
    : ISourceFiles
{
    private readonly DiskSourceFiles _disk = new();

    /// <inheritdoc/>
    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        string directory = Path.GetDirectoryName(includingPath) ?? "";
        file = null;
        reason = null;
        foreach (string each in Path.IsPathRooted(name) ? [""] : (string[])[directory, .. searchDirectories])
        {
            string path = Path.Combine(each, name);
            if (path.Contains('\0', StringComparison.Ordinal))
                break;
            asked?.Invoke(path);
            if (!_disk.TryRead(host.FullPath(path), "", maxLength, out SourceText? found, out string? failure))
            {
                reason ??= failure;
                continue;
            }
            file = new SourceText(path, found.Bytes);
            return true;
        }
        reason ??= "there is no such file";
        return false;
    }
}
