using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Siblings with the same unit address.</summary>
internal static class UnitAddressChecks
{
    /// <summary>Up to here comparing each with each is as fast as a table; most nodes stay below.</summary>
    private const int TableFrom = 12;

    public static void Unique(CheckContext c) => Unique(c, enabledOnly: false);

    public static void UniqueIfEnabled(CheckContext c) => Unique(c, enabledOnly: true);

    private static void Unique(CheckContext c, bool enabledOnly)
    {
        var units = new List<int>();
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (node.AddressCells < 0 || node.SizeCells < 0)
                continue;
            units.Clear();
            for (int child = node.FirstChild; child >= 0; child = c.Index[child].NextSibling)
            {
                if (!c.Index[child].Unit.IsEmpty && !(enabledOnly && IsDisabled(c, child)))
                    units.Add(child);
            }
            if (units.Count > TableFrom && AllDiffer(c, units))
                continue;
            FindSame(c, units);
        }
    }

    private static bool AllDiffer(CheckContext c, List<int> nodes)
    {
        var seen = new HashSet<string>(nodes.Count, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (int node in nodes)
        {
            if (!seen.Add(c.Index[node].Unit))
                return false;
        }
        return true;
    }

    private static void FindSame(CheckContext c, List<int> nodes)
    {
        if (nodes.Count > TableFrom)
        {
            FindSameByTable(c, nodes);
            return;
        }
        for (int a = 1; a < nodes.Count; a++)
        {
            for (int b = 0; b < a; b++)
            {
                if (c.Index[nodes[a]].Unit.SequenceEqual(c.Index[nodes[b]].Unit))
                    Fail(c, nodes[b], nodes[a]);
            }
        }
    }

    private static void FindSameByTable(CheckContext c, List<int> nodes)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (int node in nodes)
        {
            string unit = c.Index[node].Unit.ToString();
            if (!groups.TryGetValue(unit, out List<int>? group))
                groups.Add(unit, group = []);
            for (int i = 0; i < group.Count && !c.IsExhausted; i++)
                Fail(c, group[i], node);
            group.Add(node);
        }
    }

    private static void Fail(CheckContext c, int earlier, int later) =>
        c.Fail(earlier, $"duplicate unit-address (also used in node {c.PathOf(later)})");

    private static bool IsDisabled(CheckContext c, int node) =>
        c.Index.Find(node, KnownProperty.Status) is LiveProperty status && Values.IsCString(status.Value, "disabled"u8);
}
