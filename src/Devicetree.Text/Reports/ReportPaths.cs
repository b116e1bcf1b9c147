namespace Devicetree.Text.Reports;

/// <summary>
/// Paths as formats for machines have them: relative to the root of the repository, with '/' between the names and without '.'
/// and '..', however the user wrote them. A path outside of the root is absolute.
/// </summary>
/// <param name="workingDirectory">Where relative paths start; absolute.</param>
/// <param name="root">The root of the repository; absolute.</param>
public sealed class ReportPaths(string workingDirectory, string root)
{
    /// <summary>What marks the root of a repository: a directory, or a file in a worktree or a submodule.</summary>
    private const string Mark = ".git";

    private readonly string _root = Path.TrimEndingDirectorySeparator(root);

    /// <summary>The root, with '/' between the names and at the end.</summary>
    public string Root => Slashes(_root).TrimEnd('/') + "/";

    /// <summary>
    /// The paths of a command: the root is the nearest directory above with <c>.git</c>, else the working directory.
    /// </summary>
    /// <param name="workingDirectory">The working directory; absolute.</param>
    public static ReportPaths Of(string workingDirectory)
    {
        ArgumentNullException.ThrowIfNull(workingDirectory);
        string? root = workingDirectory;
        while (root is not null && !Path.Exists(Path.Combine(root, Mark)))
            root = Path.GetDirectoryName(root);
        return new(workingDirectory, root ?? workingDirectory);
    }

    /// <summary>
    /// A path as the user wrote it, normalised. What is no path, as the standard input or a URI, stays as it is.
    /// </summary>
    /// <param name="path">The path.</param>
    public string Normalize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!IsPath(path))
            return path;
        string full = Path.GetFullPath(path, workingDirectory);
        if (full == _root)
            return ".";
        string top = Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar;
        return Slashes(full.StartsWith(top, StringComparison.Ordinal) ? full[top.Length..] : full);
    }

    /// <summary>Whether a normalised path is below the root.</summary>
    internal static bool IsBelowRoot(string normalized) => IsPath(normalized) && !Path.IsPathRooted(normalized);

    /// <summary>Whether a name is that of a file: <c>&lt;stdin&gt;</c>, a NUL and the ID of a schema are none.</summary>
    internal static bool IsPath(string path) => path.Length > 0 && path[0] != '<' && path != "-"
        && !path.Contains('\0', StringComparison.Ordinal) && !path.Contains("://", StringComparison.Ordinal);

    private static string Slashes(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
}
