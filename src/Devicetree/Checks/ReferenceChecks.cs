using System.Text;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>
/// The fix-ups that dtc schedules as checks: phandles that the source sets, references, nodes that nothing refers to.
/// </summary>
internal static class ReferenceChecks
{
    public static void ExplicitPhandles(CheckContext c)
    {
        int modern = c.Index.First(KnownProperty.Phandle), legacy = c.Index.First(KnownProperty.LegacyPhandle);
        // In the order of nodes, as the two lists are.
        while (modern >= 0 || legacy >= 0)
        {
            int ofModern = modern >= 0 ? c.Index.Owner(modern) : int.MaxValue, ofLegacy = legacy >= 0
                ? c.Index.Owner(legacy) : int.MaxValue;
            int node = Math.Min(ofModern, ofLegacy);
            ExplicitPhandle(c, node, ofModern == node ? c.Index.Property(modern) : null,
                ofLegacy == node ? c.Index.Property(legacy) : null);
            modern = ofModern == node ? c.Index.Next(modern) : modern;
            legacy = ofLegacy == node ? c.Index.Next(legacy) : legacy;
        }
    }

    private static void ExplicitPhandle(CheckContext c, int index, LiveProperty? modern, LiveProperty? legacy)
    {
        LiveNode node = c.Index[index].Node;
        uint phandle = modern is null ? 0 : Explicit(c, node, modern);
        uint old = legacy is null ? 0 : Explicit(c, node, legacy);
        if (phandle == 0 && old == 0)
            return;
        LiveProperty property = (phandle != 0 ? modern : legacy)!;
        if (phandle != 0 && old != 0 && phandle != old)
            FailPhandle(c, node, null, property, ReferenceFaults.PhandlesDiffer);
        if (phandle == 0)
            phandle = old;
        if (c.Phandles.Find(phandle) is not LiveNode other || other == node)
            c.Phandles.Take(phandle, node);
        else
            c.FailAt(node, null, property.Span, null, ReferenceFaults.DuplicatePhandle, phandle, node, other);
    }

    /// <summary>The phandle that a property sets; 0 when that is wrong, or when it asks for any.</summary>
    private static uint Explicit(CheckContext c, LiveNode node, LiveProperty property)
    {
        if (property.Value.Length != Values.CellBytes)
        {
            FailPhandle(c, node, property, property, ReferenceFaults.PhandleLength, (uint)property.Value.Length);
            return 0;
        }
        foreach (Marker marker in property.Value.Markers)
        {
            if (marker.Kind != MarkerKind.PhandleReference)
                continue;
            if (c.Tree.Find(marker.Target) != node)
                FailPhandle(c, node, null, property, ReferenceFaults.PhandleOfOther);
            return 0;
        }
        uint phandle = Values.Cell(property.Value, 0);
        if (PhandleTable.IsValid(phandle))
            return phandle;
        FailPhandle(c, node, property, property, ReferenceFaults.PhandleValue, phandle);
        return 0;
    }

    private static void FailPhandle(
        CheckContext c, LiveNode node, LiveProperty? place, LiveProperty property, CheckFault fault, uint number = 0) =>
        c.FailAt(node, place, property.Span, null, fault, new PropertyPlace(node, property), property.Name, number);

    public static void ResolvePhandles(CheckContext c)
    {
        foreach (int i in c.Index.WithPhandles)
        {
            LiveProperty property = c.Index.Property(i);
            if (property.Deleted)
                continue;
            IReadOnlyList<Marker> markers = property.Value.Markers;
            for (int m = 0; m < markers.Count; m++)
            {
                Marker marker = markers[m];
                if (marker.Kind != MarkerKind.PhandleReference)
                    continue;
                if (c.Tree.Find(marker.Target) is LiveNode target)
                {
                    property.Value.SetCell(marker.Offset, c.Phandles.PhandleOf(target));
                    target.IsReferenced = true;
                }
                else if (!c.Tree.IsPlugin)
                {
                    FailReference(c, c.Index[c.Index.Owner(i)].Node, property, marker);
                }
            }
        }
    }

    public static void ResolvePaths(CheckContext c)
    {
        foreach (int i in c.Index.WithPaths)
        {
            LiveNode node = c.Index[c.Index.Owner(i)].Node;
            LiveProperty property = c.Index.Property(i);
            if (property.Deleted)
                continue;
            property.Value.InsertPaths(marker =>
            {
                if (c.Tree.Budget.IsExhausted)
                    return default;
                if (c.Tree.Find(marker.Target) is LiveNode target)
                {
                    target.IsReferenced = true;
                    return Encoding.Latin1.GetBytes(target.Path + "\0");
                }
                FailReference(c, node, property, marker);
                return default;
            });
        }
    }

    /// <summary>Drops unreferenced nodes. A reference that comes from a dropped node has counted already.</summary>
    public static void OmitUnused(CheckContext c)
    {
        bool omitted = false;
        for (int i = 0; i < c.Index.Count; i++)
        {
            LiveNode node = c.Index[i].Node;
            if (!node.OmitIfUnreferenced || node.IsReferenced || node.Deleted
                || (c.Options.GenerateSymbols && node.Labels.All.Count > 0))
                continue;
            node.Delete();
            omitted = true;
        }
        if (omitted)
            c.Index.Build(c.Tree);
    }

    private static void FailReference(CheckContext c, LiveNode node, LiveProperty property, Marker marker)
    {
        // What stands in a body whose own node does not exist was reported with that.
        if (c.Tree.MayBeLost(marker.Target))
        {
            c.FailSilently();
            return;
        }
        string described = marker.Target.StartsWith('/') ? $"'&{{{marker.Target}}}'" : $"'&{marker.Target}'";
        c.FailAt(node, null, marker.Span, null, ReferenceFaults.UnknownReference,
            new PropertyPlace(node, property), described,
            new ReferenceAdvice(c.Tree, marker.Target, IsTarget: false), marker.Target);
    }
}
