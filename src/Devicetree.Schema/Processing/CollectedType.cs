namespace Devicetree.Schema.Processing;

/// <summary>A type of a property while schemas are still being read.</summary>
/// <param name="name">The type; null when schemas know the property but not its type.</param>
/// <param name="schemaId">The first schema that says so.</param>
/// <param name="isPattern">Whether the property's name is a regular expression.</param>
/// <param name="dimensions">The sizes of a matrix.</param>
internal sealed class CollectedType(string? name, string schemaId, bool isPattern, PropertyDimensions? dimensions)
{
    private readonly List<string> _schemaIds = [schemaId];

    public string? Name { get; set; } = name;

    public bool IsPattern => isPattern;

    /// <summary>The schemas that say so, in the order they were read.</summary>
    public IReadOnlyList<string> SchemaIds => _schemaIds;

    public PropertyDimensions? Dimensions { get; private set; } = dimensions;

    /// <summary>Whether the schema that is being read says so; schemas are read one after the other.</summary>
    public bool IsFrom(string schemaId) => _schemaIds[^1] == schemaId;

    public void AddSchema(string schemaId)
    {
        if (!IsFrom(schemaId))
            _schemaIds.Add(schemaId);
    }

    /// <summary>Makes the sizes wide enough for others.</summary>
    public void Widen(PropertyDimensions other) => Dimensions = Dimensions is not PropertyDimensions own ? other
        : new(Union(own.Outer, other.Outer), Union(own.Inner, other.Inner));

    private static SizeRange Union(SizeRange left, SizeRange right)
    {
        long maximum = Math.Min(left.Maximum, right.Maximum) == 0 ? 0 : Math.Max(left.Maximum, right.Maximum);
        return new(maximum == 1 ? 1 : Math.Min(left.Minimum, right.Minimum), maximum);
    }
}
