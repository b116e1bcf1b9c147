namespace Devicetree.Schema.Validation.Bindings;

/// <summary>Which schemas are applied.</summary>
public sealed record BindingFilter
{
    /// <summary>All of them.</summary>
    public static BindingFilter All { get; } = new();

    /// <summary>Only schemas whose identifier has one of these parts; all when empty.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>True to apply only the schema that the compatible strings choose.</summary>
    public bool CompatibleOnly { get; init; }

    /// <summary>Whether a schema is applied.</summary>
    public bool Admits(string id) => Parts.Count == 0 || Parts.Any(part => id.Contains(part, StringComparison.Ordinal));
}

/// <summary>An error and the schema of the set that it comes from.</summary>
/// <param name="SchemaId">The identifier of the schema, without <c>#</c>.</param>
/// <param name="Error">The error.</param>
internal readonly record struct BindingError(string SchemaId, SchemaError Error);
