using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>The tree that an overlay is merged into, and how its fragments say where.</summary>
internal sealed class OverlayTargets
{
    private readonly Dictionary<uint, Node> _byPhandle = [];

    public OverlayTargets(Tree tree)
    {
        Tree = tree;
        foreach (Node node in tree.Root.SelfAndDescendants())
            NotePhandle(node);
    }

    public Tree Tree { get; }

    /// <summary>Makes a node a possible target; a phandle that stands twice means the node that had it first.</summary>
    public void NotePhandle(Node node)
    {
        if (node.Phandle is uint phandle)
            _byPhandle.TryAdd(phandle, node);
    }

    /// <summary>
    /// The fragments of an overlay, each with its body; children of the root without a body are something else.
    /// </summary>
    public static IEnumerable<(Node Fragment, Node Body)> FragmentsOf(Tree overlay)
    {
        foreach (Node fragment in overlay.Root.Children)
        {
            if (fragment.Child(OverlayNames.Body) is Node body)
                yield return (fragment, body);
        }
    }

    /// <summary>Finds the node that a fragment applies to.</summary>
    /// <param name="fragment">The fragment, a node of the overlay.</param>
    /// <param name="target">The node of the base, null on error.</param>
    /// <param name="path">The fragment's <c>target-path</c> when that is what told, else null.</param>
    public OverlayError? Find(Node fragment, out Node? target, out string? path)
    {
        target = null;
        path = null;
        if (fragment.Property(OverlayNames.Target) is Property byPhandle)
        {
            if (!byPhandle.TryGetU32(out uint phandle) || phandle == OverlayNames.Unresolved)
                return new(FdtErrorKind.BadPhandle, fragment.Name, OverlayNames.Target, "the target is no phandle");
            if (phandle != 0)
            {
                return _byPhandle.TryGetValue(phandle, out target) ? null
                    : new(FdtErrorKind.NotFound, fragment.Name, OverlayNames.Target, $"no node has the phandle 0x{phandle:x}");
            }
        }
        if (fragment.Property(OverlayNames.TargetPath) is not Property byPath)
            return new(FdtErrorKind.BadOverlay, fragment.Name, null, "the fragment has neither a target nor a target-path");
        path = BlobPaths.FirstString(byPath);
        if (path is null)
            return new(FdtErrorKind.BadPath, fragment.Name, OverlayNames.TargetPath, "the path is not terminated");
        target = BlobPaths.Follow(Tree, path, out FdtErrorKind reason);
        return target is null ? new(reason, fragment.Name, OverlayNames.TargetPath, $"there is no node '{path}'") : null;
    }
}
