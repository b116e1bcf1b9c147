using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Interrupts, the nodes that take them, and maps from one to the other.</summary>
internal static class InterruptChecks
{
    private const ulong ProviderMarks = (1UL << (int)KnownProperty.InterruptController)
        | (1UL << (int)KnownProperty.InterruptMap);

    public static void Providers(CheckContext c)
    {
        bool bothWays = c.Has(DtcChanges.InterruptProviderBothWays);
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            bool isProvider = node.HasAny(ProviderMarks), hasCells = node.Has(KnownProperty.InterruptCells);
            if (bothWays)
            {
                if (isProvider && !hasCells)
                    c.Fail(i, InterruptFaults.CellsMissing, MarkOf(ref node));
                else if (hasCells && !isProvider)
                    c.Fail(i, InterruptFaults.NoProvider);
                continue;
            }
            if (isProvider && !hasCells)
                c.Fail(i, InterruptFaults.CellsMissingOld, MarkOf(ref node));
            if (isProvider && !node.Has(KnownProperty.AddressCells))
                c.Fail(i, InterruptFaults.AddressCellsMissing, MarkOf(ref node));
        }
    }

    /// <summary>The property that makes a node a provider.</summary>
    private static string MarkOf(ref NodeState node) =>
        KnownProperties.NameOf(
            node.Has(KnownProperty.InterruptController) ? KnownProperty.InterruptController : KnownProperty.InterruptMap);

    public static void Interrupts(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Interrupts); i >= 0 && !c.Refused; i = c.Index.Next(i))
            Interrupts(c, c.Index.Owner(i), c.Index.Property(i));
    }

    private static void Interrupts(CheckContext c, int node, LiveProperty interrupts)
    {
        int length = interrupts.Value.Length;
        if (length % Values.CellBytes != 0)
            c.Fail(node, interrupts, FormFaults.WholeInterruptCells, length, Values.CellBytes);
        if (!TryFindProvider(c, node, out int provider))
            return;
        if (provider < 0)
        {
            c.FailElsewhere(node, null, (node, interrupts), InterruptFaults.NoParent);
            return;
        }
        // Another check says that it is missing.
        if (c.Index.Find(provider, KnownProperty.InterruptCells) is not LiveProperty property
            || c.CellOf(provider, property) is not uint cells)
            return;
        int bytes = unchecked((int)(cells * Values.CellBytes));
        if (!Values.IsMultiple(length, bytes))
        {
            c.FailElsewhere(node, property, (node, interrupts),
                bytes == 0 ? InterruptFaults.WithoutCells : InterruptFaults.Length,
                length, bytes, cells, c.Index[provider].Node);
        }
    }

    /// <summary>
    /// Goes up to the first node that is a provider or names one. This is dtc's search, whose findings have to be dtc's, and not
    /// the one of <c>InterruptParentSearch</c>: it takes what <c>interrupt-parent</c> names without looking further, and a
    /// provider is what says that it is one, with <c>#interrupt-cells</c> or not.
    /// </summary>
    /// <returns>False when nothing more is to be said; the provider is -1 when there is none.</returns>
    private static bool TryFindProvider(CheckContext c, int node, out int provider)
    {
        provider = -1;
        for (int at = node; at >= 0; at = c.Index[at].Parent)
        {
            if (at != node && c.Index[at].HasAny(ProviderMarks))
            {
                provider = at;
                return true;
            }
            if (c.Index.Find(at, KnownProperty.InterruptParent) is not LiveProperty property)
                continue;
            if (c.CellOf(at, property) is not uint phandle)
                return false;
            if (!PhandleTable.IsValid(phandle))
            {
                if (c.Tree.IsPlugin)
                    return false;
                c.Fail(at, property, InterruptFaults.InvalidParent, phandle);
                return true;
            }
            if (c.Phandles.Find(phandle) is not LiveNode found)
            {
                c.Fail(at, property, InterruptFaults.UnknownParent, phandle);
                return false;
            }
            provider = found.Ordinal;
            if (!c.Index[provider].HasAny(ProviderMarks))
                c.Fail(provider, InterruptFaults.ParentTakesNone, c.Index[at].Node);
            return true;
        }
        return true;
    }

    public static void Maps(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.InterruptMap); i >= 0 && !c.Refused; i = c.Index.Next(i))
            Map(c, c.Index.Owner(i), c.Index.Property(i));
    }

    private static void Map(CheckContext c, int index, LiveProperty map)
    {
        ref NodeState node = ref c.Index[index];
        if (node.AddressCells < 0)
        {
            c.Fail(index, InterruptFaults.MapWithoutAddressCells);
            return;
        }
        if (c.Index.Find(index, KnownProperty.InterruptCells) is not LiveProperty said
            || c.CellOf(index, said) is not uint interruptCells)
            return;
        ulong cells = (ulong)node.AddressCells + interruptCells;
        if (c.Index.Find(index, KnownProperty.InterruptMapMask) is LiveProperty mask
            && (ulong)mask.Value.Length != cells * Values.CellBytes)
            c.Fail(index, mask, InterruptFaults.MaskLength, mask.Value.Length, cells * Values.CellBytes);
        int length = map.Value.Length;
        if (length % Values.CellBytes != 0)
        {
            c.Fail(index, map, InterruptFaults.MapWholeCells, length, Values.CellBytes);
            return;
        }
        ulong count = (ulong)length / Values.CellBytes;
        for (ulong cell = 0; cell < count;)
        {
            if (cell + cells >= count)
            {
                c.Fail(index, map, InterruptFaults.MapTooShort, length, (cell + cells) * Values.CellBytes);
                return;
            }
            cell += cells;
            if (!TryParentCells(c, index, map, cell, out ulong parentCells))
                return;
            cell += 1 + parentCells;
            if (cell > count && c.Has(DtcChanges.InterruptMapLength))
                c.Fail(index, map, InterruptFaults.MapLength, length, cell * Values.CellBytes);
        }
    }

    /// <summary>The number of cells after the phandle at a place of a map; false, reported, when that cannot be known.</summary>
    private static bool TryParentCells(CheckContext c, int index, LiveProperty map, ulong cell, out ulong cells)
    {
        cells = 0;
        uint phandle = Values.Cell(map.Value, (int)cell);
        if (!PhandleTable.IsValid(phandle))
        {
            if (!c.Tree.IsPlugin)
                c.Fail(index, map, InterruptFaults.MapNoPhandle, cell, (int)phandle);
            return false;
        }
        if (c.Phandles.Find(phandle) is not LiveNode provider)
        {
            c.Fail(index, map, InterruptFaults.MapNoNode, cell, (int)phandle);
            return false;
        }
        if (c.Index.Find(provider.Ordinal, KnownProperty.InterruptCells) is not LiveProperty interruptCells)
        {
            c.FailElsewhere(index, null, (index, map), InterruptFaults.MapNoProvider, provider, cell);
            return false;
        }
        if (c.CellOf(provider.Ordinal, interruptCells) is not uint interrupt)
            return false;
        cells = interrupt;
        if (c.Index.Find(provider.Ordinal, KnownProperty.AddressCells) is not LiveProperty addressCells)
        {
            if (c.Has(DtcChanges.InterruptMapFallback))
                c.Fail(index, map, InterruptFaults.MapFallback, provider);
        }
        else if (c.CellOf(provider.Ordinal, addressCells) is uint address)
            cells += address;
        else
            return false;
        return true;
    }
}
