using Devicetree;
using Devicetree.Live;
using Devicetree.Loading;
using Devicetree.Text.Sources;

namespace Gunyah.Tool.Input;

/// <summary>A devicetree that a command line names.</summary>
/// <param name="Tree">What is in it.</param>
/// <param name="Places">Where it was written.</param>
internal sealed record InputTree(Tree Tree, PlaceOf Places)
{
    /// <summary>The tree of a document.</summary>
    public static InputTree Of(DevicetreeDocument document) =>
        new(document.Tree, (path, property) => PlaceIn(document.Source, path, property));

    /// <summary>The place of a property in a live tree, else that of its node.</summary>
    public static SourceSpan PlaceIn(LiveTree? source, string path, string? property)
    {
        if (source?.Find(path) is not LiveNode node)
            return default;
        SourceSpan span = property is null ? default : node.Properties.FindLive(property)?.Span ?? default;
        return span.Source is null ? node.NameSpan : span;
    }
}
