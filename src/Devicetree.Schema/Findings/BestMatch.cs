using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Keywords;

namespace Devicetree.Schema.Findings;

/// <summary>Picks of several errors the one that says most, as the original's JSON Schema library does.</summary>
internal static class BestMatch
{
    /// <summary>
    /// Of errors the one nearest to the top; and then, while that is one of <c>anyOf</c> or <c>oneOf</c>, of its context the
    /// deepest one, unless two are equally good.
    /// </summary>
    public static SchemaError Of(IReadOnlyList<SchemaError> errors)
    {
        SchemaError best = errors[0];
        foreach (SchemaError error in errors.Skip(1))
        {
            if (Compare(error, best) > 0)
                best = error;
        }
        while (best.Context.Count > 0)
        {
            List<SchemaError> rising = [.. best.Context.Order(Comparer<SchemaError>.Create(Compare))];
            if (rising.Count > 1 && Compare(rising[0], rising[1]) == 0)
                return best;
            best = rising[0];
        }
        return best;
    }

    /// <summary>Orders paths: step by step, a path before those that go on from it. Indexes stand before keys.</summary>
    public static int ComparePaths(IReadOnlyList<PathStep> one, IReadOnlyList<PathStep> other)
    {
        for (int i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            int order = (one[i].Key, other[i].Key) switch
            {
                (null, null) => one[i].Index.CompareTo(other[i].Index),
                (null, _) => -1,
                (_, null) => 1,
                var (a, b) => string.CompareOrdinal(a, b),
            };
            if (order != 0)
                return order;
        }
        return one.Count.CompareTo(other.Count);
    }

    private static int Compare(SchemaError one, SchemaError other)
    {
        int order = other.Path.Count.CompareTo(one.Path.Count);
        if (order == 0)
            order = ComparePaths(one.Path, other.Path);
        if (order == 0)
            order = IsStrong(one).CompareTo(IsStrong(other));
        return order != 0 ? order : MissesType(one).CompareTo(MissesType(other));
    }

    private static bool IsStrong(SchemaError error) => error.Keyword is not ("anyOf" or "oneOf");

    private static bool MissesType(SchemaError error) => error.Schema.Find<TypeKeyword>()?.Accepts(error.Instance) != true;
}
