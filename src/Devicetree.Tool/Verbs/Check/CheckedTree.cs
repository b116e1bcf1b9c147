using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Tool.Verbs.Overlay;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>A tree that is to be checked.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Source">What it was compiled from; null for a blob and for what an overlay was applied to.</param>
/// <param name="Places">Where it is written.</param>
internal sealed record CheckedTree(Tree Tree, LiveTree? Source, ISourcePlaces Places)
{
    /// <summary>Applies an overlay.</summary>
    /// <param name="name">What the user called this tree.</param>
    /// <param name="file">What the user called the overlay.</param>
    /// <param name="overlay">The overlay.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public CheckedTree? With(string name, string file, CheckedTree overlay, DiagnosticBag diagnostics)
    {
        if (!OverlayApplier.IsOverlay(overlay.Tree))
        {
            diagnostics.Report(CheckRules.NoOverlay, default, name);
            return null;
        }
        var stack = new OverlayStack(Tree);
        var problems = new OverlayProblems(name, stack, new(file, overlay.Tree, overlay.Source));
        var places = new OverlayPlaces(Places, overlay.Places);
        OverlayError? error = stack.Apply(overlay.Tree, places);
        foreach (ReportItem item in error is null ? problems.OfNotes(stack.Notes) : problems.Of(error))
            diagnostics.Add(item.Diagnostic);
        return error is null ? new(stack.Tree, null, places) : null;
    }
}
