namespace Devicetree.Tool.Verbs.Schema;

/// <summary>Finds what belongs to a binding by where it is: the folder of all bindings, and the headers that examples include.</summary>
internal static class BindingFolders
{
    /// <summary>
    /// How the folder of all bindings ends in the kernel, and in what takes its devicetrees over. Other folders hold what does not belong
    /// together, such as dialects that exclude each other, and are named by their users.
    /// </summary>
    private static readonly string[] _bindings = ["/devicetree/bindings", "/Bindings"];

    /// <summary>Where a tree keeps headers for devicetrees, from its top folder: what has to be there, and what is searched then.</summary>
    private static readonly (string Landmark, string Folder)[] _headers =
    [
        ("scripts/dtc/include-prefixes", "scripts/dtc/include-prefixes"),
        ("include/dt-bindings", "include"),
    ];

    /// <summary>The folder of all bindings that a file is in; null when it is in none.</summary>
    /// <param name="path">The absolute path of the file.</param>
    public static string? Root(string path)
    {
        string? found = null;
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Array.Exists(_bindings, end => folder.EndsWith(end, StringComparison.Ordinal)))
                found = folder;
        }
        return found;
    }

    /// <summary>The folder that headers are searched in for the examples of a file; null when none is above it.</summary>
    /// <param name="path">The absolute path of the file.</param>
    public static string? Headers(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach ((string landmark, string searched) in _headers)
            {
                if (Directory.Exists(Path.Combine(folder, landmark)))
                    return Path.Combine(folder, searched);
            }
        }
        return null;
    }
}
