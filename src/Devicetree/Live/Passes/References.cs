using System.Text;
using Devicetree.Diagnostics;
using Devicetree.Source;

namespace Devicetree.Live.Passes;

/// <summary>Puts phandles and paths where references stand, then drops the nodes that were to be omitted without one.</summary>
internal static class References
{
    public static void ResolvePhandles(LiveTree tree, PhandleAllocator phandles, DiagnosticBag diagnostics)
    {
        foreach (LiveNode node in tree.Nodes)
        {
            // By index: a node that refers to itself gets a property while its own are looked through.
            for (int i = 0; i < node.Properties.All.Count; i++)
            {
                LiveProperty property = node.Properties.All[i];
                if (!property.Deleted)
                    ResolvePhandles(tree, node, property, phandles, diagnostics);
            }
        }
    }

    public static void ResolvePaths(LiveTree tree, DiagnosticBag diagnostics)
    {
        foreach (LiveNode node in tree.Nodes)
        {
            foreach (LiveProperty property in node.Properties.Live)
            {
                property.Value.InsertPaths(marker =>
                {
                    if (tree.Budget.IsExhausted)
                        return default;
                    if (tree.Find(marker.Target) is LiveNode target)
                    {
                        target.IsReferenced = true;
                        return Encoding.ASCII.GetBytes(target.Path + "\0");
                    }
                    diagnostics.Report(DtsRules.UnknownReference, marker.Span, new PropertyPlace(node, property), Described(marker));
                    return default;
                });
            }
        }
    }

    /// <summary>Drops unreferenced nodes. A reference that comes from a dropped node has counted already.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="keepLabelled">Whether a node with a label stays, because a symbol will refer to it.</param>
    public static void OmitUnreferenced(LiveTree tree, bool keepLabelled)
    {
        foreach (LiveNode node in tree.Nodes)
        {
            if (node.OmitIfUnreferenced && !node.IsReferenced && !(keepLabelled && node.Labels.All.Count > 0))
                node.Delete();
        }
    }

    private static void ResolvePhandles(
        LiveTree tree, LiveNode node, LiveProperty property, PhandleAllocator phandles, DiagnosticBag diagnostics)
    {
        foreach (Marker marker in property.Value.Markers)
        {
            if (marker.Kind != MarkerKind.PhandleReference)
                continue;
            if (tree.Find(marker.Target) is LiveNode target)
            {
                property.Value.SetCell(marker.Offset, phandles.PhandleOf(target));
                target.IsReferenced = true;
            }
            else if (!tree.IsPlugin)
            {
                diagnostics.Report(DtsRules.UnknownReference, marker.Span, new PropertyPlace(node, property), Described(marker));
            }
            else if (marker.Target.StartsWith('/'))
            {
                diagnostics.Report(DtsRules.ExternalPath, marker.Span, new PropertyPlace(node, property), Described(marker));
            }
        }
    }

    private static string Described(Marker marker) => marker.Target.StartsWith('/') ? $"'&{{{marker.Target}}}'" : $"'&{marker.Target}'";
}
