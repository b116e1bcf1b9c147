using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>Schemas that have just been processed, or were read from a processed-schema file.</summary>
internal sealed class MemoryStore : SchemaStore
{
    private readonly (string Id, string FileName, SchemaObject Schema)[] _schemas;
    private readonly Dictionary<string, int> _byId;
    private readonly Dictionary<string, int> _byCompatible = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PropertyType>> _types;
    private readonly KeyValuePair<string, IReadOnlyList<PropertyType>>[] _patternTypes;
    private readonly HashSet<string> _documented;
    private readonly string[] _compatiblePatterns;

    public MemoryStore(
        IEnumerable<(string Id, string FileName, SchemaObject Schema)> schemas,
        IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> types,
        IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> patternTypes,
        IEnumerable<string> documented,
        IEnumerable<string> compatiblePatterns)
    {
        _schemas = [.. schemas.OrderBy(schema => schema.Id, StringComparer.Ordinal)];
        _byId = new(_schemas.Length, StringComparer.Ordinal);
        for (int i = 0; i < _schemas.Length; i++)
        {
            _byId.Add(_schemas[i].Id, i);
            // A string that several schemas speak of belongs to the last of them.
            foreach (string compatible in CompatibleStrings.ThatChoose(_schemas[i].Schema))
                _byCompatible[compatible] = i;
        }
        _types = types.ToDictionary(StringComparer.Ordinal);
        _patternTypes = [.. patternTypes.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        _documented = documented.ToHashSet(StringComparer.Ordinal);
        _compatiblePatterns = [.. compatiblePatterns];
    }

    public override int Count => _schemas.Length;

    public override IReadOnlyList<KeyValuePair<string, IReadOnlyList<PropertyType>>> PatternTypes => _patternTypes;

    public override IReadOnlyList<string> CompatiblePatterns => _compatiblePatterns;

    public override string Id(int index) => _schemas[index].Id;

    public override string FileName(int index) => _schemas[index].FileName;

    public override SelectKind SelectKind(int index) => ProcessedSchema.KindOf(_schemas[index].Schema["select"]);

    public override SchemaObject Schema(int index) => _schemas[index].Schema;

    public override SchemaValue Select(int index) => _schemas[index].Schema["select"]!;

    public override int FindId(ReadOnlySpan<char> id) =>
        _byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out int index) ? index : -1;

    public override int FindCompatible(ReadOnlySpan<char> compatible) =>
        _byCompatible.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(compatible, out int index) ? index : -1;

    public override bool IsDocumented(ReadOnlySpan<char> compatible) =>
        _documented.GetAlternateLookup<ReadOnlySpan<char>>().Contains(compatible);

    public override IReadOnlyList<PropertyType>? FindTypes(ReadOnlySpan<char> name) =>
        _types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out IReadOnlyList<PropertyType>? types) ? types : null;

    public override IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> AllTypes() =>
        _types.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    public override IEnumerable<string> AllDocumented() => _documented.Order(StringComparer.Ordinal);

    /// <summary>The compatible strings that choose schemas, with the indexes of these.</summary>
    public IReadOnlyDictionary<string, int> Choosing => _byCompatible;
}
