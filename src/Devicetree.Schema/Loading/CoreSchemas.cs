using Devicetree.Diagnostics;
using Devicetree.Schema.BuiltIn;

namespace Devicetree.Schema.Loading;

/// <summary>The schemas that every set of bindings stands on: types, units, the nodes and properties of the specification.</summary>
public sealed record CoreSchemas
{
    private CoreSchemas()
    {
    }

    /// <summary>None: only the given schemas are read.</summary>
    public static CoreSchemas None { get; } = new();

    /// <summary>Our own, which are part of this library: enough for common nodes, less than a dt-schema has.</summary>
    public static CoreSchemas BuiltIn { get; } = new() { Sources = BuiltInSchemas.All };

    /// <summary>The folder they are in; null when they are in memory or there are none.</summary>
    public string? Folder { get; private init; }

    /// <summary>Those that are in memory.</summary>
    internal IReadOnlyList<SourceText> Sources { get; private init; } = [];

    /// <summary>Those of a folder.</summary>
    /// <param name="folder">An absolute path: the folder of the schemas, or the one above, as dt-schema is installed.</param>
    public static CoreSchemas In(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string inner = Path.Combine(folder, "schemas");
        return new() { Folder = Directory.Exists(inner) ? inner : folder };
    }
}
