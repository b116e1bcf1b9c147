using Devicetree;
using Devicetree.Loading;
using Devicetree.Schema.Findings.Explained;

namespace Gunyah.Tool.Input;

/// <summary>A devicetree that a command line names.</summary>
/// <param name="Tree">What is in it.</param>
/// <param name="Places">Where it was written.</param>
internal sealed record InputTree(Tree Tree, ISourcePlaces Places)
{
    /// <summary>The tree of a document.</summary>
    public static InputTree Of(DevicetreeDocument document) => new(document.Tree, new SourcePlaces(document.Source));
}
