using Devicetree.Schema.BuiltIn;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Loading;

/// <summary>
/// The schemas that every set of bindings stands on: types, units, the nodes and properties of the specification.
/// </summary>
public sealed record CoreSchemas
{
    /// <summary>The file that gives numbers their types.</summary>
    internal const string Types = "types.yaml";

    /// <summary>
    /// Stands in the types of a dt-schema before 2024.09 only: it described every number as a list of lists, which blobs are no
    /// longer decoded to, so that nearly every value of a tree would be a finding.
    /// </summary>
    private static ReadOnlySpan<byte> OlderDefinition => "\n  uint8-item:"u8;

    private CoreSchemas()
    {
    }

    /// <summary>None: only the given schemas are read.</summary>
    public static CoreSchemas None { get; } = new();

    /// <summary>Our own, which are part of this library, with the facts of the newest dt-schema's.</summary>
    public static CoreSchemas BuiltIn { get; } = new() { Sources = BuiltInSchemas.All };

    /// <summary>The directory they are in; null when they are in memory or there are none.</summary>
    public string? Directory { get; private init; }

    /// <summary>
    /// A directory whose core schemas are too old to be used, so that these take their place; null when there is none.
    /// </summary>
    public string? PassedOver { get; private init; }

    /// <summary>Those that are in memory.</summary>
    internal IReadOnlyList<SourceText> Sources { get; private init; } = [];

    /// <summary>Those of a directory; our own when they are those of a dt-schema before 2024.09.</summary>
    /// <param name="directory">An absolute path: the directory of the schemas, or the one above, as dt-schema is
    /// installed.</param>
    public static CoreSchemas In(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string inner = Path.Combine(directory, "schemas");
        if (!System.IO.Directory.Exists(inner))
            inner = directory;
        return IsOlder(Path.Combine(inner, Types)) ? BuiltIn with { PassedOver = inner } : new() { Directory = inner };
    }

    private static bool IsOlder(string types) =>
        BoundedFile.Read(types, YamlLimits.Default.MaxBytes, mayBeSpecial: false, out byte[]? bytes) == FileProblem.None
        && bytes.AsSpan().IndexOf(OlderDefinition) >= 0;
}
