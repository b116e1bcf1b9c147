using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>A tree that is to be checked.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Source">What it was compiled from; null for a blob.</param>
internal sealed record CheckedTree(Tree Tree, LiveTree? Source)
{
    /// <summary>Applies an overlay.</summary>
    /// <param name="name">What the user called this tree.</param>
    /// <param name="overlay">The overlay.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public CheckedTree? With(string name, CheckedTree overlay, DiagnosticBag diagnostics)
    {
        if (!OverlayApplier.IsOverlay(overlay.Tree))
        {
            diagnostics.Report(CheckRules.NoOverlay, default, name);
            return null;
        }
        if (OverlayApplier.TryApply(Tree, overlay.Tree, out Tree? merged, out OverlayError? error))
            return new(merged, null);
        diagnostics.Report(CheckRules.NotApplied, default, name, error);
        return null;
    }
}
