using System.Runtime.CompilerServices;
using Devicetree.Schema.Model;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Collects the types of all properties from all schemas (devicetree.md 5.4), one schema after the other: the order can decide
/// which of two types of the same width wins.
/// </summary>
internal sealed class PropertyTypeCollector
{
    /// <summary>
    /// How many property schemas one file may lead to by its references to itself; the largest has a few thousand.
    /// </summary>
    private const int MaxVisitsPerFile = 200_000;

    /// <summary>A pattern of the core schemas for the names of aliases, which would match nearly every property.</summary>
    private const string AliasPattern = @"^[a-z][a-z0-9\-]*$";

    private static readonly string[] _conditions = ["allOf", "anyOf", "oneOf"];

    private readonly OrderedDictionary<string, List<CollectedType>> _types = new(StringComparer.Ordinal);

    /// <summary>References to the same file that are being followed, so that a circle of them ends.</summary>
    private readonly HashSet<(string Name, SchemaValue Target)> _following = new(FollowedReferenceComparer.Instance);

    private SchemaObject _schema = new([], default);
    private string _schemaId = "";
    private int _visits;

    /// <summary>Adds what a schema says.</summary>
    public void Add(string id, SchemaObject schema)
    {
        _schema = schema;
        _schemaId = id;
        _visits = 0;
        AddParts(schema);
    }

    /// <summary>
    /// Resolves what refers to another property, and drops what is no property. Call it once, after the last schema.
    /// </summary>
    /// <returns>The types by name and by pattern, in the order in which they were found.</returns>
    public (OrderedDictionary<string, List<CollectedType>> Names,
        OrderedDictionary<string, List<CollectedType>> Patterns) Finish()
    {
        ResolveReferences();
        _types.Remove(AliasPattern);
        var names = new OrderedDictionary<string, List<CollectedType>>(StringComparer.Ordinal);
        var patterns = new OrderedDictionary<string, List<CollectedType>>(StringComparer.Ordinal);
        foreach ((string name, List<CollectedType> types) in _types)
        {
            types.RemoveAll(type => type.Name == PropertyTypeNames.Node);
            if (types.Count > 0 && !types[0].IsPattern)
                names.Add(name, types);
            else if (types.Count > 0 && types[0].Name is not null)
                patterns.Add(name, types);
        }
        DropNamesThatPatternsCover(names, patterns.Keys);
        return (names, patterns);
    }

    private static void DropNamesThatPatternsCover(OrderedDictionary<string, List<CollectedType>> names,
        IEnumerable<string> patterns)
    {
        string[] untyped = [.. names.Where(entry => entry.Value[0].Name is null).Select(entry => entry.Key)];
        if (untyped.Length == 0)
            return;
        var compiled = new PatternSet([.. patterns]);
        foreach (string name in untyped)
        {
            if (compiled.IsMatch(name))
                names.Remove(name);
        }
    }

    /// <summary>A type that is no type's name is another property's, <c>…/properties/NAME</c>.</summary>
    private void ResolveReferences()
    {
        foreach (List<CollectedType> types in _types.Values)
        {
            CollectedType? reference = types.Find(
                type => type.Name is string name && name != PropertyTypeNames.Node && PropertyTypeNames.FindIn(name) is null);
            if (reference is not null)
                reference.Name = _types.TryGetValue(reference.Name!, out List<CollectedType>? target)
                    ? target.FirstOrDefault()?.Name : null;
        }
    }

    private void AddParts(SchemaValue? part)
    {
        if (part is not SchemaObject schema)
            return;
        AddParts(schema["additionalProperties"]);
        foreach (string condition in _conditions)
        {
            foreach (SchemaValue member in ItemsOf(schema[condition]))
                AddParts(member);
        }
        AddProperties(schema["patternProperties"], isPattern: true);
        AddProperties(schema["properties"], isPattern: false);
    }

    private void AddProperties(SchemaValue? part, bool isPattern)
    {
        if (part is not SchemaObject properties)
            return;
        foreach (SchemaEntry entry in properties.Entries)
            AddProperty(entry.Key, entry.Value, isPattern);
    }

    private void AddProperty(string name, SchemaValue value, bool isPattern)
    {
        if (name.StartsWith('$') || ++_visits > MaxVisitsPerFile)
            return;
        if (value is not SchemaObject schema)
        {
            if (value is SchemaBoolean { Value: true })
                _types.TryAdd(name, [new(null, _schemaId, isPattern, null)]);
            return;
        }
        string? reference = (schema["$ref"] as SchemaString)?.Value;
        if (reference?.StartsWith("#/", StringComparison.Ordinal) == true && !TryFollow(name, reference, isPattern))
            return;
        foreach (string condition in _conditions)
        {
            foreach (SchemaValue member in ItemsOf(schema[condition]))
                AddProperty(name, member, isPattern);
        }
        string? type = PropertyTypeRules.TypeOf(name, schema, reference);
        if (!_types.TryGetValue(name, out List<CollectedType>? known))
            _types.Add(name, known = []);
        if (type is not null)
            Merge(known, type, PropertyTypeRules.DimensionsOf(type, schema), isPattern);
        else if (known.Count == 0)
            known.Add(new(null, _schemaId, isPattern, null));
        if (type is not null && PropertyTypeRules.HasProperties(schema))
            AddParts(schema);
    }

    /// <summary>Adds what a reference into the same file leads to.</summary>
    /// <returns>False when the file has said all it has to say about the property.</returns>
    private bool TryFollow(string name, string reference, bool isPattern)
    {
        if (_types.TryGetValue(name, out List<CollectedType>? known) && known.Exists(type => type.IsFrom(_schemaId)))
            return false;
        SchemaValue? target = SchemaUri.Follow(_schema, reference[1..]);
        if (target is null || !_following.Add((name, target)))
            return true;
        AddProperty(name, target, isPattern);
        _following.Remove((name, target));
        return true;
    }

    private void Merge(List<CollectedType> known, string type, PropertyDimensions? dimensions, bool isPattern)
    {
        foreach (CollectedType other in known)
        {
            if (other.Name is null)
            {
                known.Remove(other);
                break;
            }
            bool isMatrix = dimensions is not null && PropertyType.HasDimensions(other.Name);
            bool isText = IsText(type) && IsText(other.Name);
            if (!isMatrix && !isText && other.Name != type)
                continue;
            if (isMatrix)
                other.Widen(dimensions!.Value);
            else if (isText && type == PropertyTypeNames.StringArray)
                other.Name = type;
            other.AddSchema(_schemaId);
            return;
        }
        known.Add(new(type, _schemaId, isPattern, dimensions));
    }

    private static bool IsText(string type) => type.Contains("string", StringComparison.Ordinal);

    private static IReadOnlyList<SchemaValue> ItemsOf(SchemaValue? value) => value is SchemaArray list ? list.Items : [];

    /// <summary>Two references are the same when they give the same property to the very same place in the file.</summary>
    private sealed class FollowedReferenceComparer : IEqualityComparer<(string Name, SchemaValue Target)>
    {
        public static FollowedReferenceComparer Instance { get; } = new();

        public bool Equals((string Name, SchemaValue Target) x, (string Name, SchemaValue Target) y) =>
            ReferenceEquals(x.Target, y.Target) && x.Name == y.Name;

        public int GetHashCode((string Name, SchemaValue Target) obj) =>
            HashCode.Combine(obj.Name, RuntimeHelpers.GetHashCode(obj.Target));
    }
}
