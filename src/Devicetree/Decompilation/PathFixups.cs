using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// The fixups of references to paths, <c>&amp;{/path}</c>, in a tree that was compiled before: properties of <c>/__fixups__</c>
/// that have the path as their name. dtc writes them before 1.7, and no source can spell them, so a text has the references
/// instead.
/// </summary>
internal sealed class PathFixups
{
    private readonly LiveTree _tree;
    private readonly IReadOnlyList<LiveProperty> _fixups;

    private PathFixups(LiveTree tree, IReadOnlyList<LiveProperty> fixups)
    {
        _tree = tree;
        _fixups = fixups;
    }

    /// <summary>Finds them.</summary>
    /// <param name="tree">The tree.</param>
    public static PathFixups Of(LiveTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        LiveNode? node = tree.Root?.Children.FindLive(OverlayNames.Fixups);
        return new(tree, node is null ? [] : [.. node.Properties.Live.Where(property => NameRules.IsFixup(node.Path,
            property.Name))]);
    }

    /// <summary>Takes them out of the tree, and the node that holds them when nothing else is in it.</summary>
    public void Remove()
    {
        foreach (LiveProperty property in _fixups)
            property.Delete();
        if (_fixups.Count > 0 && _tree.Root?.Children.FindLive(OverlayNames.Fixups) is LiveNode node
            && !node.Properties.Live.Any())
            node.Delete();
    }

    /// <summary>Puts the references back into the values that they stand for.</summary>
    /// <param name="diagnostics">Gets warnings, by the rules of <see cref="RestorationRules"/>.</param>
    public void Restore(DiagnosticBag diagnostics)
    {
        if (_fixups.Count > 0)
            RestoredReferences.RestorePaths(_tree, _fixups, diagnostics);
    }
}
