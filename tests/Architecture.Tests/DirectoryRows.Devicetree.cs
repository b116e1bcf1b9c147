namespace Architecture.Tests;

/// <summary>The projects of devicetrees.</summary>
internal static partial class DirectoryRows
{
    private static Dictionary<string, DirectoryRow[]> Devicetree => new()
    {
        ["Devicetree.Text"] =
        [
            new("Sources"),
            new("Diagnostics", "Sources"),
            new("Reports", "Diagnostics", "Sources"),
            new("Files"),
            new("Yaml", "Diagnostics", "Sources"),
        ],
    };
}
