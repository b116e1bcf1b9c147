using Devicetree.Overlays;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>A property that an overlay sets.</summary>
/// <param name="Node">The path of its node in the result.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">Its value before, as source text; null when it is new.</param>
/// <param name="After">Its value now, as source text; empty for one without bytes.</param>
internal sealed record PropertyChange(string Node, string Name, string? Before, string After);

/// <summary>What one fragment does, in order: nodes that it adds (no property), and properties that it sets.</summary>
/// <param name="Name">The fragment.</param>
/// <param name="Target">The path of the node that it changes.</param>
/// <param name="Label">The label by which that is named; null when it is not named by one.</param>
/// <param name="WrittenPath">The path by which it is named; null when it is not named by one.</param>
internal sealed record FragmentChange(string Name, string Target, string? Label, string? WrittenPath)
{
    public List<(string? NewNode, PropertyChange? Property)> Changes { get; } = [];
}

/// <summary>A symbol that an overlay adds or replaces.</summary>
internal sealed record SymbolChange(string Label, string Path, string? Before);

/// <summary>
/// A phandle of an overlay that gets another number: one above those of the base, or that which the base has for the node.
/// </summary>
internal sealed record PhandleChange(string Node, uint Before, uint After, bool IsOfBase);

/// <summary>A place of an overlay that got the phandle of a label of the base.</summary>
internal sealed record ResolvedLabel(string Label, string Place, string Target);

/// <summary>Notes what the application of an overlay does.</summary>
/// <param name="overlay">The overlay.</param>
internal sealed class OverlayExplanation(OverlayTree overlay) : IOverlayTrace
{
    private readonly OverlayReferences _references = new(overlay.Tree);

    public string File => overlay.File;

    public List<FragmentChange> Fragments { get; } = [];

    public List<SymbolChange> Symbols { get; } = [];

    public List<PhandleChange> Phandles { get; } = [];

    public List<ResolvedLabel> Labels { get; } = [];

    /// <summary>What of the overlay is not in the result as it is written.</summary>
    public IReadOnlyList<OverlayNote> Notes { get; set; } = [];

    /// <summary>A note in words.</summary>
    public static string Text(OverlayNote note) => note.Kind switch
    {
        OverlayNoteKind.OutsideNode => $"{note.Place}: is in no fragment",
        OverlayNoteKind.RootProperties => $"/: {note.Other}",
        OverlayNoteKind.WithoutBody => $"{note.Place}: has no body",
        OverlayNoteKind.Dormant => $"{note.Place}: is dormant",
        OverlayNoteKind.Parameters => $"{note.Place}: {note.Other}",
        OverlayNoteKind.MetLoosely => $"{note.Place}: goes into {note.Other}",
        _ => $"{note.Place}: waits for the tree that both overlays will be applied to, as {note.Other}",
    };

    /// <inheritdoc/>
    public void Begin()
    {
        Fragments.Clear();
        Symbols.Clear();
        Phandles.Clear();
        Labels.Clear();
    }

    /// <inheritdoc/>
    public void PhandleShifted(string node, uint before, uint after) => Phandles.Add(new(node, before, after, IsOfBase: false));

    /// <inheritdoc/>
    public void PhandleAdopted(string node, uint before, uint after)
    {
        // It was shifted before; what it was in the overlay's file is what counts.
        int shifted = Phandles.FindIndex(change => change.Node == node && change.After == before);
        if (shifted < 0)
            Phandles.Add(new(node, before, after, IsOfBase: true));
        else
            Phandles[shifted] = Phandles[shifted] with { After = after, IsOfBase = true };
    }

    /// <inheritdoc/>
    public void LabelResolved(string label, string place, string target) => Labels.Add(new(label, place, target));

    /// <inheritdoc/>
    public void FragmentBegins(string name, string target, string? writtenPath) =>
        Fragments.Add(new(name, target, writtenPath is null ? _references.LabelAt($"/{name}", "target") : null, writtenPath));

    /// <inheritdoc/>
    public void NodeAdded(string path) => Fragments[^1].Changes.Add((path, null));

    /// <inheritdoc/>
    public void PropertySet(string path, string name, bool existed, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        FragmentChange fragment = Fragments[^1];
        string below = path[(fragment.Target.Length == 1 ? 0 : Math.Min(fragment.Target.Length, path.Length))..];
        string own = below.Length <= 1
            ? $"/{fragment.Name}/{OverlayProblems.Body}" : $"/{fragment.Name}/{OverlayProblems.Body}{below}";
        fragment.Changes.Add((null, new(path, name, existed ? OverlayReferences.Text(before) : null,
            _references.Text(own, name, after))));
    }

    /// <inheritdoc/>
    public void SymbolSet(string label, string path, string? before) => Symbols.Add(new(label, path, before));
}
