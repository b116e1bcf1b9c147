namespace Devicetree.Tool.Verbs.Schema;

/// <summary>
/// Finds what belongs to a binding by where it is: the directory of all bindings, and the headers that examples include.
/// </summary>
internal static class BindingDirectories
{
    /// <summary>
    /// How the directory of all bindings ends in the kernel, and in what takes its devicetrees over. Other directories hold what
    /// does not belong together, such as dialects that exclude each other, and are named by their users.
    /// </summary>
    private static readonly string[] _bindings = ["/devicetree/bindings", "/Bindings"];

    /// <summary>
    /// Where a tree keeps headers for devicetrees, from its top directory: what has to be there, and what is searched then.
    /// </summary>
    private static readonly (string Landmark, string Directory)[] _headers =
    [
        ("scripts/dtc/include-prefixes", "scripts/dtc/include-prefixes"),
        ("include/dt-bindings", "include"),
    ];

    /// <summary>The directory of all bindings that a file is in; null when it is in none.</summary>
    /// <param name="path">The absolute path of the file.</param>
    public static string? Root(string path)
    {
        string? found = null;
        for (string? directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Array.Exists(_bindings, end => directory.EndsWith(end, StringComparison.Ordinal)))
                found = directory;
        }
        return found;
    }

    /// <summary>The directory that headers are searched in for the examples of a file; null when none is above it.</summary>
    /// <param name="path">The absolute path of the file.</param>
    public static string? Headers(string path)
    {
        for (string? directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            foreach ((string landmark, string searched) in _headers)
            {
                if (Directory.Exists(Path.Combine(directory, landmark)))
                    return Path.Combine(directory, searched);
            }
        }
        return null;
    }
}
