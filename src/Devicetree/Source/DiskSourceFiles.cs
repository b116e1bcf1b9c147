using System.Diagnostics.CodeAnalysis;
using Devicetree.Diagnostics;

namespace Devicetree.Source;

/// <summary>
/// Files on disk, found as dtc finds them: an absolute name is taken as it is; another one is looked for in the folder of the including
/// file, then in each search folder in order.
/// </summary>
/// <param name="searchFolders">The search folders (dtc's <c>-i</c>).</param>
public sealed class DiskSourceFiles(params IReadOnlyList<string> searchFolders) : ISourceFiles
{
    /// <inheritdoc/>
    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(includingPath);
        file = null;
        string? path = Candidates(name, includingPath).FirstOrDefault(File.Exists);
        if (path is null)
        {
            reason = "there is no such file";
            return false;
        }
        if (!BoundedFile.TryRead(path, maxLength, out byte[]? bytes, out reason))
            return false;
        file = new SourceText(path, bytes);
        return true;
    }

    private IEnumerable<string> Candidates(string name, string includingPath)
    {
        // A name with a NUL reaches no file system; Path.Combine would throw for it.
        if (name.Contains('\0', StringComparison.Ordinal))
            return [];
        if (Path.IsPathRooted(name))
            return [name];
        return [Path.Combine(Path.GetDirectoryName(includingPath) ?? "", name), .. searchFolders.Select(folder => Path.Combine(folder, name))];
    }
}
