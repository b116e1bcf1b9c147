using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Overlays;

/// <summary>
/// Applies overlays by the algorithm of libfdt: the overlay's phandles move above those of the base, references follow, labels
/// are looked up in the base's symbols, then every fragment is merged and the overlay's symbols are added (devicetree.md 3.1,
/// 3.2). The result has the nodes and properties of <c>fdtoverlay</c> in the same order. Where versions of libfdt differ,
/// phandles of the base keep their numbers, as since 1.7.1.
/// </summary>
public static class OverlayApplier
{
    /// <summary>Whether a tree is an overlay: it has a fragment with a body.</summary>
    public static bool IsOverlay(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Root.Children.Any(fragment => fragment.Children.Any(child => child.Name == OverlayNames.Body));
    }

    /// <summary>Applies one overlay. Neither tree is modified; on error there is no result at all.</summary>
    /// <param name="base">The tree to apply to.</param>
    /// <param name="overlay">The overlay; its reservations and boot CPU are ignored.</param>
    /// <param name="result">The merged tree, null on error.</param>
    /// <param name="error">What is wrong, null when nothing is.</param>
    public static bool TryApply(
        Tree @base,
        Tree overlay,
        [NotNullWhen(true)] out Tree? result,
        [NotNullWhen(false)] out OverlayError? error)
    {
        ArgumentNullException.ThrowIfNull(@base);
        ArgumentNullException.ThrowIfNull(overlay);
        var targets = new OverlayTargets(@base.Clone());
        var own = new OverlayCopy(overlay);
        uint delta = @base.HighestPhandle;
        error = OverlayResolver.ShiftPhandles(own, delta)
            ?? OverlayResolver.ShiftLocalReferences(own, delta)
            ?? OverlayResolver.ResolveLabels(targets.Tree, own)
            ?? OverlayResolver.ProtectBasePhandles(targets, own)
            ?? OverlayMerger.MergeFragments(targets, own.Tree)
            ?? OverlayMerger.MergeSymbols(targets, own.Tree);
        result = error is null ? targets.Tree : null;
        return error is null;
    }
}
