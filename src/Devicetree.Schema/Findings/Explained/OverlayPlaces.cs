using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// The places of a tree that an overlay was applied to: in the overlay for what it brings, else in the base. Is told where its
/// fragments go while it is applied.
/// </summary>
/// <param name="base">The places of the base.</param>
/// <param name="overlay">The places of the overlay, by its own paths.</param>
internal sealed class OverlayPlaces(ISourcePlaces @base, ISourcePlaces overlay) : ISourcePlaces, IOverlayTrace
{
    private readonly List<(string Body, string Target)> _fragments = [];
    private readonly HashSet<(string Path, string Property)> _set = [];

    /// <summary>Whether the overlay sets a property of a node of the result.</summary>
    /// <param name="path">The node's path in the result.</param>
    /// <param name="property">The property.</param>
    public bool Sets(string? path, string? property) =>
        path is not null && property is not null && _set.Contains((path, property));

    /// <inheritdoc/>
    public SourceSpan PlaceOf(string path, string? property)
    {
        SourceSpan found = default;
        foreach (string own in OwnPaths(path))
        {
            SourceSpan node = overlay.PlaceOf(own, null);
            SourceSpan span = property is null ? node : overlay.PlaceOf(own, property);
            // Of a property that this fragment does not set only the node has a place.
            if (span.Source is not null && (property is null || span != node))
                return span;
            if (found.Source is null)
                found = node;
        }
        SourceSpan ofBase = @base.PlaceOf(path, property);
        bool isSetInBase = property is not null && ofBase.Source is not null && ofBase != @base.PlaceOf(path, null);
        return found.Source is null || isSetInBase ? ofBase : found;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RelatedPlace> Related(string path, string? property, bool isMissing)
    {
        IReadOnlyList<RelatedPlace> ofBase = @base.Related(path, property, isMissing);
        SourceSpan node = @base.PlaceOf(path, null);
        bool isInOverlay = OwnPaths(path).Any(own => overlay.PlaceOf(own, null).Source is not null);
        return isInOverlay && node.Source is not null ? [.. ofBase, new(node, "the node of the base is defined here")] : ofBase;
    }

    /// <inheritdoc/>
    public void FragmentBegins(string name, string target, string? writtenPath) =>
        _fragments.Add(($"/{name}/{OverlayNames.Body}", target));

    /// <inheritdoc/>
    public void Begin()
    {
        _fragments.Clear();
        _set.Clear();
    }

    /// <inheritdoc/>
    public void PhandleShifted(string node, uint before, uint after)
    {
        // Phandles, labels and symbols have no places of their own.
    }

    /// <inheritdoc/>
    public void PhandleAdopted(string node, uint before, uint after)
    {
        // As for phandles.
    }

    /// <inheritdoc/>
    public void LabelResolved(string label, string place, string target)
    {
        // As for phandles.
    }

    /// <inheritdoc/>
    public void NodeAdded(string path)
    {
        // Nodes are found by their fragment.
    }

    /// <inheritdoc/>
    public void PropertySet(string path, string name, bool existed, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        _set.Add((path, name));

    /// <inheritdoc/>
    public void SymbolSet(string label, string path, string? before)
    {
        // As for phandles.
    }

    /// <summary>What a node is called in the fragments that may bring it, those that are applied last first.</summary>
    private IEnumerable<string> OwnPaths(string path)
    {
        for (int i = _fragments.Count - 1; i >= 0; i--)
        {
            (string body, string target) = _fragments[i];
            if (path == target)
                yield return body;
            else if (target == "/" || path.StartsWith(target + "/", StringComparison.Ordinal))
                yield return body + path[(target == "/" ? 0 : target.Length)..];
        }
    }
}
