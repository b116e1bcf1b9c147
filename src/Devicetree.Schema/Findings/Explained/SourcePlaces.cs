using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>Where nodes and properties of a tree are written.</summary>
public interface ISourcePlaces
{
    /// <summary>
    /// The place that a finding points at: where the property was set last, by whatever layer did it; else the name of the node
    /// where it was first defined. Nowhere for what no source says.
    /// </summary>
    /// <param name="path">The node.</param>
    /// <param name="property">The property; null for the node itself.</param>
    SourceSpan PlaceOf(string path, string? property);

    /// <summary>
    /// What else is to be seen: the definition of the node when another file set the property, and where something was deleted.
    /// </summary>
    /// <param name="path">The node.</param>
    /// <param name="property">The property; null for the node itself.</param>
    /// <param name="isMissing">Whether the property is not there.</param>
    IReadOnlyList<RelatedPlace> Related(string path, string? property, bool isMissing);
}

/// <summary>The places of a tree that was compiled from one source.</summary>
/// <param name="tree">The tree; null for one that was not compiled.</param>
public sealed class SourcePlaces(LiveTree? tree) : ISourcePlaces
{
    private LiveNode? Find(string path)
    {
        LiveNode? node = tree?.Root is { Deleted: false } root ? root : null;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node?.Children.FindLive(name);
        return node;
    }

    /// <inheritdoc/>
    public SourceSpan PlaceOf(string path, string? property)
    {
        LiveNode? node = Find(path);
        if (node is null)
            return default;
        SourceSpan span = property is null ? default : node.Properties.FindLive(property)?.Span ?? default;
        return span.Source is null ? node.NameSpan : span;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RelatedPlace> Related(string path, string? property, bool isMissing)
    {
        if (Find(path) is not LiveNode node)
            return [];
        var places = new List<RelatedPlace>();
        LiveProperty? set = property is null ? null : node.Properties.All.FirstOrDefault(each => each.Name == property);
        if (isMissing)
        {
            if (set is { Deleted: true, Span.Source: not null })
                places.Add(new(set.Span, "it was set here and deleted later"));
            if (node.Spans.Last() is { Source: not null } last && last != node.Span)
                places.Add(new(last, "the node is last changed here"));
        }
        else if (set is { Deleted: false, Span.Location: SourceLocation here } && node.NameSpan.Location is SourceLocation there
            && here.Path != there.Path)
        {
            places.Add(new(node.NameSpan, "the node is defined here"));
        }
        return places;
    }
}
