using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Sources;

namespace Gunyah.Tool.Input;

/// <summary>Notes which nodes and properties of a merged tree an overlay brought, and where its source writes them.</summary>
/// <param name="source">The overlay's source; null for a blob.</param>
/// <param name="base">The places of the base.</param>
internal sealed class OverlayPlaces(LiveTree? source, PlaceOf @base) : IOverlayTrace
{
    private const string Body = "__overlay__";

    private readonly Dictionary<(string Path, string? Property), SourceSpan> _written = [];
    private string _fragment = "";
    private string _target = "";

    /// <summary>The place in the overlay, else in the base.</summary>
    public SourceSpan Of(string path, string? property)
    {
        if (_written.TryGetValue((path, property), out SourceSpan span) || _written.TryGetValue((path, null), out span))
            return span;
        return @base(path, property);
    }

    /// <inheritdoc/>
    public void Begin() => _written.Clear();

    /// <inheritdoc/>
    public void FragmentBegins(string name, string target, string? writtenPath) => (_fragment, _target) = (name, target);

    /// <inheritdoc/>
    public void NodeAdded(string path) => _written[(path, null)] = InputTree.PlaceIn(source, OwnPath(path), null);

    /// <inheritdoc/>
    public void PropertySet(string path, string name, bool existed, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        _written[(path, name)] = InputTree.PlaceIn(source, OwnPath(path), name);

    /// <inheritdoc/>
    public void PhandleShifted(string node, uint before, uint after)
    {
        // Findings are about the result.
    }

    /// <inheritdoc/>
    public void PhandleAdopted(string node, uint before, uint after)
    {
        // See above.
    }

    /// <inheritdoc/>
    public void LabelResolved(string label, string place, string target)
    {
        // See above.
    }

    /// <inheritdoc/>
    public void SymbolSet(string label, string path, string? before)
    {
        // See above.
    }

    /// <summary>The path in the overlay of what is at a path of the result.</summary>
    private string OwnPath(string path) =>
        $"/{_fragment}/{Body}{path[(_target == "/" ? 0 : Math.Min(_target.Length, path.Length))..]}".TrimEnd('/');
}
