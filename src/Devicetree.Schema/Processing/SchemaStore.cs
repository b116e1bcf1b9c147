using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Where <see cref="ProcessedSchemas"/> are: in memory, or in a cache of which only the parts that are asked for are read.
/// Several threads may ask at once.
/// </summary>
internal abstract class SchemaStore
{
    /// <summary>The number of schemas. They are ordered by ID.</summary>
    public abstract int Count { get; }

    /// <summary>Property names that are regular expressions, and their types.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, IReadOnlyList<PropertyType>>> PatternTypes { get; }

    /// <summary>Regular expressions for documented compatible strings.</summary>
    public abstract IReadOnlyList<string> CompatiblePatterns { get; }

    public abstract string Id(int index);

    public abstract string FileName(int index);

    public abstract SelectKind SelectKind(int index);

    public abstract SchemaObject Schema(int index);

    public abstract SchemaValue Select(int index);

    /// <summary>The schema with an ID; -1 when there is none.</summary>
    public abstract int FindId(ReadOnlySpan<char> id);

    /// <summary>The schema that a compatible string chooses; -1 when there is none.</summary>
    public abstract int FindCompatible(ReadOnlySpan<char> compatible);

    /// <summary>Whether a compatible string stands in any schema, word for word.</summary>
    public abstract bool IsDocumented(ReadOnlySpan<char> compatible);

    /// <summary>The types of a property that stands by its name in the type table; null when it does not.</summary>
    public abstract IReadOnlyList<PropertyType>? FindTypes(ReadOnlySpan<char> name);

    /// <summary>All names of the type table in ordinal order with their types.</summary>
    public abstract IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> AllTypes();

    /// <summary>All compatible strings that stand in any schema, in ordinal order.</summary>
    public abstract IEnumerable<string> AllDocumented();
}
