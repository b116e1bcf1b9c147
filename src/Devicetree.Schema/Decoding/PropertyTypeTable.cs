using System.Collections.Concurrent;
using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Decoding;

/// <summary>What all schemas together say about the type of a property of a name.</summary>
/// <param name="Types">The types that occur, without repetition.</param>
/// <param name="Dimensions">Its dimensions, null when none are known.</param>
internal sealed record PropertyTypeInfo(IReadOnlyList<PropertyType> Types, PropertyDimensions? Dimensions)
{
    /// <summary>True where a type is a phandle with arguments.</summary>
    public bool IsPhandleArray { get; } = Types.Any(type => type.Name == "phandle-array");

    /// <summary>True where a type is an address.</summary>
    public bool IsAddress { get; } = Types.Any(type => type.Kind == ElementKind.Address);

    /// <summary>True when the number of rows or their length is fixed.</summary>
    public bool HasFixedDimensions =>
        Dimensions is PropertyDimensions { Outer.IsFixed: true } or PropertyDimensions { Inner.IsFixed: true };
}

/// <summary>
/// The types of properties, with the answers for names remembered: every step of the decoding asks again. Shared by threads.
/// </summary>
public sealed class PropertyTypeTable
{
    /// <summary>How many names are remembered; hostile blobs may have any number of them.</summary>
    private const int MaxRemembered = 16_384;

    private readonly PropertyTypes _types;

    private readonly ConcurrentDictionary<string, PropertyTypeInfo> _remembered = new(StringComparer.Ordinal);

    internal PropertyTypeTable(PropertyTypes types) => _types = types;

    internal PropertyTypeInfo Find(string name)
    {
        if (_remembered.TryGetValue(name, out PropertyTypeInfo? known))
            return known;
        var found = new PropertyTypeInfo(_types.Of(name), _types.DimensionsOf(name));
        if (_remembered.Count < MaxRemembered)
            _remembered.TryAdd(name, found);
        return found;
    }
}
