using System.Globalization;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Siblings with the same unit address, and nodes with another one than their <c>reg</c>.</summary>
internal static class UnitAddressChecks
{
    /// <summary>Up to here comparing each with each is as fast as a table; most nodes stay below.</summary>
    private const int TableFrom = 12;

    public static void Unique(CheckContext c) => Unique(c, enabledOnly: false);

    public static void UniqueIfEnabled(CheckContext c) => Unique(c, enabledOnly: true);

    /// <summary>
    /// The unit address as a number against the first address of <c>reg</c>, where no bus has a rule of its own. Zeros in front
    /// are another check's, and so are units of several parts.
    /// </summary>
    public static void MatchesReg(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Reg); i >= 0; i = c.Index.Next(i))
        {
            int index = c.Index.Owner(i);
            ref NodeState node = ref c.Index[index];
            if (node.Parent < 0)
                continue;
            ref NodeState parent = ref c.Index[node.Parent];
            int cells = parent.AddressCells;
            LiveProperty reg = c.Index.Property(i);
            // Where the counts are missing or the length does not fit them, other checks say so, and the first address is not
            // known.
            if (parent.Bus != Bus.None || cells is < 1 or > 2 || reg.Value.Length == 0
                || !Values.IsMultiple(reg.Value.Length, (cells + parent.ChildSizeCells) * Values.CellBytes))
            {
                continue;
            }
            ulong address = Values.Cell(reg.Value, 0);
            if (cells == 2)
                address = TwoCells(parent.BaseName, address, Values.Cell(reg.Value, 1));
            ReadOnlySpan<char> unit = node.Unit.StartsWith("0x") ? node.Unit[2..] : node.Unit;
            if (ulong.TryParse(unit, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong named)
                && named != address)
                c.Fail(index, AddressFaults.UnitDiffers, named, address);
        }
    }

    /// <summary>
    /// What of two cells is the address in names: both as one number, but on SPMI the first (the slave; the second is the kind of
    /// access), and on ISA the second (the first says in which space it is), as their bindings name nodes.
    /// </summary>
    private static ulong TwoCells(ReadOnlySpan<char> bus, ulong first, ulong second) => bus switch
    {
        "spmi" => first,
        "isa" => second,
        _ => (first << 32) | second,
    };

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
        c.Fail(earlier, AddressFaults.SameUnit, c.Index[later].Node);

    private static bool IsDisabled(CheckContext c, int node) =>
        c.Index.Find(node, KnownProperty.Status) is LiveProperty status && Values.IsCString(status.Value, "disabled"u8);
}
