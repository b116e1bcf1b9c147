using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>
/// Files on disk, found as dtc finds them: an absolute name is taken as it is; another one is looked for in the directory of the
/// including file, then in each search directory in order. Devices and pipes are refused: a text must not make its reader wait.
/// </summary>
/// <param name="searchDirectories">The search directories (dtc's <c>-i</c>).</param>
public sealed class DiskSourceFiles(params IReadOnlyList<string> searchDirectories) : ISourceFiles
{
    /// <inheritdoc/>
    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(includingPath);
        FileProblem problem = FileProblem.Missing;
        foreach (string path in Candidates(name, includingPath))
        {
            problem = BoundedFile.Read(path, maxLength, mayBeSpecial: false, out byte[]? bytes);
            if (problem == FileProblem.Missing)
                continue;
            file = bytes is null ? null : new SourceText(path, bytes);
            reason = BoundedFile.Describe(problem, maxLength);
            return file is not null;
        }
        file = null;
        reason = BoundedFile.Describe(problem, maxLength);
        return false;
    }

    private IEnumerable<string> Candidates(string name, string includingPath)
    {
        // A name with a NUL reaches no file system; Path.Combine would throw for it.
        if (name.Contains('\0', StringComparison.Ordinal))
            return [];
        if (Path.IsPathRooted(name))
            return [name];
        return [Path.Combine(Path.GetDirectoryName(includingPath) ?? "", name),
            .. searchDirectories.Select(directory => Path.Combine(directory, name))];
    }
}
