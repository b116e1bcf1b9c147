namespace Devicetree.Schema.Processing;

/// <summary>
/// Finds properties of the core schemas that a binding gives a type which no value of theirs can have: the tree decodes them as
/// the core schemas say, whatever the binding says.
/// </summary>
internal static class CoreTypeClashes
{
    /// <summary>The types of a property that clash with those of the core schemas.</summary>
    /// <param name="types">All types of the property.</param>
    /// <param name="isCore">Whether a schema is one of the core schemas.</param>
    /// <returns>The types of bindings that clash, and one that the core schemas give.</returns>
    public static IEnumerable<(CollectedType Clashing, string OfCore)> In(List<CollectedType> types, Func<string, bool> isCore)
    {
        PropertyType[] core = [.. types.Where(type => type.Name is not null && type.SchemaIds.Any(isCore)).Select(TypeOf)];
        if (core.Length == 0 || core.Any(type => type.Kind == ElementKind.Unknown))
            yield break;
        foreach (CollectedType type in types)
        {
            if (type.Name is not null && !type.SchemaIds.Any(isCore) && TypeOf(type) is { Kind: not ElementKind.Unknown } own
                && !core.Any(other => MayBeSame(own, other)))
                yield return (type, core[^1].Name!);
        }
    }

    private static PropertyType TypeOf(CollectedType type) => new(type.Name, type.Dimensions);

    /// <summary>Whether a value can be of both types.</summary>
    private static bool MayBeSame(PropertyType one, PropertyType other)
    {
        if (IsNumber(one) != IsNumber(other))
            return false;
        // Numbers of another width are told apart by the length of the value.
        return IsNumber(one) ? one.Bits != other.Bits
            || (one.Shape == ElementShape.Scalar) == (other.Shape == ElementShape.Scalar) : one.Kind == other.Kind;
    }

    private static bool IsNumber(PropertyType type) =>
        type.Kind is ElementKind.Number or ElementKind.Phandle or ElementKind.Address;
}
