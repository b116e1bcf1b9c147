namespace Devicetree.Overlays;

/// <summary>
/// Applies overlays to a tree, one after another, so that references in the result lead where they led before
/// (<see cref="Compatibility.StrictChoices"/>): what is new stands in the order in which it is written; a reference by path is
/// looked up; one that would lead to no node is an error; and an overlay that is applied to an overlay gives one that does what
/// both do, fixups included. <see cref="OverlayApplier"/> and <see cref="FlatOverlayStack"/> do as libfdt instead.
/// </summary>
public sealed class OverlayStack
{
    /// <summary>A stack of no overlay yet.</summary>
    /// <param name="base">The tree; it is not changed.</param>
    public OverlayStack(Tree @base)
    {
        ArgumentNullException.ThrowIfNull(@base);
        Tree = @base;
    }

    /// <summary>The result so far.</summary>
    public Tree Tree { get; private set; }

    /// <summary>
    /// True when the base is an overlay itself, so that what the next one refers to may be in a tree that is not known yet.
    /// </summary>
    public bool IsOverlay => OverlayApplier.IsOverlay(Tree);

    /// <summary>What of the last overlay is not in the result as it is written, in no order that matters.</summary>
    public IReadOnlyList<OverlayNote> Notes { get; private set; } = [];

    /// <summary>Applies one more overlay; when that fails the stack stays as it was.</summary>
    /// <param name="overlay">The overlay; it is not changed. Its reservations and boot CPU are ignored.</param>
    /// <returns>What is wrong, null when nothing is.</returns>
    public OverlayError? Apply(Tree overlay) => Apply(overlay, null);

    /// <summary>As <see cref="Apply(Tree)"/>, with somebody who is told of everything that was done.</summary>
    internal OverlayError? Apply(Tree overlay, IOverlayTrace? trace)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        trace?.Begin();
        var application = new OverlayApplication(Tree.Clone(), overlay, trace);
        OverlayError? error = application.Run();
        if (error is null)
            (Tree, Notes) = (application.Result, [.. OverlayNotes.Of(overlay), .. application.Notes]);
        return error;
    }
}
