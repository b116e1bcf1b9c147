using System.Collections.Concurrent;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Processing;

/// <summary>The types that schemas give properties, by name (devicetree.md 5.4).</summary>
internal sealed class PropertyTypes
{
    private static readonly IReadOnlyList<PropertyType> _none = [];

    private readonly SchemaStore _store;
    private readonly Lazy<(PatternSet Patterns, PropertyType[] Types)> _patterns;

    /// <summary>What the patterns make of a name: boards use the same names again and again.</summary>
    private readonly ConcurrentDictionary<string, PatternMatch> _byPattern = new(StringComparer.Ordinal);

    internal PropertyTypes(SchemaStore store)
    {
        _store = store;
        _patterns = new(CompilePatterns);
    }

    /// <summary>The names and their types, in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> Names => _store.AllTypes();

    /// <summary>The patterns and their types, in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<PropertyType>>> Patterns => _store.PatternTypes;

    /// <summary>
    /// The different types of a property: those of its name, or when that has none, those of every pattern that is found in it.
    /// </summary>
    /// <returns>Types with a name each, no name twice; nothing when schemas know no type.</returns>
    public IReadOnlyList<PropertyType> Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _store.FindTypes(name) is IReadOnlyList<PropertyType> types && types.Any(type => type.Name is not null)
            ? Distinct(types)
            : OfPatterns(name).Types;
    }

    /// <summary>
    /// The dimensions of a property: the first that a type of its name has, else the first of a pattern; null when there are
    /// none.
    /// </summary>
    public PropertyDimensions? DimensionsOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FirstDimensions(_store.FindTypes(name) ?? _none) ?? OfPatterns(name).Dimensions;
    }

    /// <summary>Whether the number of rows or their length is fixed.</summary>
    public bool HasFixedDimensions(string name) =>
        DimensionsOf(name) is PropertyDimensions dimensions && (dimensions.Outer.IsFixed || dimensions.Inner.IsFixed);

    private static PropertyDimensions? FirstDimensions(IReadOnlyList<PropertyType> types)
    {
        foreach (PropertyType type in types)
        {
            if (type.Dimensions is PropertyDimensions dimensions)
                return dimensions;
        }
        return null;
    }

    private static IReadOnlyList<PropertyType> Distinct(IReadOnlyList<PropertyType> types) =>
        types.Count == 1 ? types : [.. types.Where(type => type.Name is not null).DistinctBy(type => type.Name)];

    private PatternMatch OfPatterns(string name) =>
        _byPattern.GetOrAdd(name, static (name, self) => self.MatchPatterns(name), this);

    private PatternMatch MatchPatterns(string name)
    {
        (PatternSet patterns, PropertyType[] types) = _patterns.Value;
        PropertyType[] found = [.. patterns.Match(name).Select(index => types[index])];
        return new(found.Length < 2 ? found : Distinct(found), FirstDimensions(found));
    }

    /// <summary>Only the first type of a pattern counts, as in the original.</summary>
    private (PatternSet Patterns, PropertyType[] Types) CompilePatterns()
    {
        var patterns = new List<string>();
        var firsts = new List<PropertyType>();
        foreach ((string pattern, IReadOnlyList<PropertyType> types) in _store.PatternTypes)
        {
            if (types is not [{ Name: not null } first, ..])
                continue;
            patterns.Add(pattern);
            firsts.Add(first);
        }
        return (new PatternSet(patterns), [.. firsts]);
    }

    /// <summary>What the patterns make of a name.</summary>
    private readonly record struct PatternMatch(IReadOnlyList<PropertyType> Types, PropertyDimensions? Dimensions);
}
