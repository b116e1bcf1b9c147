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
        try
        {
            using FileStream stream = File.OpenRead(path);
            // Read up to one byte more than allowed instead of trusting the length: special files have none.
            using var contents = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (contents.Length <= maxLength && stream.Read(buffer) is int read and > 0)
                contents.Write(buffer, 0, read);
            if (contents.Length > maxLength)
            {
                reason = $"it has more than the {maxLength} bytes that are left of the limit";
                return false;
            }
            file = new SourceText(path, contents.ToArray());
            reason = null;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure.Message;
            return false;
        }
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
