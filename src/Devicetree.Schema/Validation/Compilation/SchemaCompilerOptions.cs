namespace Devicetree.Schema.Validation.Compilation;

/// <summary>How schemas are compiled.</summary>
internal sealed record SchemaCompilerOptions
{
    /// <summary>
    /// True to take keys in the order of their names, as a processed set stores them; false for the order in which they are
    /// written. It decides the order of errors.
    /// </summary>
    public bool SortKeys { get; init; } = true;

    /// <summary>
    /// True for the original's rule on a reference to a schema that is not in the set: nothing satisfies it. False to demand
    /// nothing there and to take every property for known to it, so that one gap is no finding at every node.
    /// </summary>
    public bool MissingSchemasForbid { get; init; }
}
