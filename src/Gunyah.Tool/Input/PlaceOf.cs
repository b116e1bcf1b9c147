using Devicetree.Text.Sources;

namespace Gunyah.Tool.Input;

/// <summary>Where a node or one of its properties was written.</summary>
/// <param name="path">The node's path.</param>
/// <param name="property">The property; null for the node itself.</param>
/// <returns>The place: of a property that nobody wrote its node's; the default span where the input has none.</returns>
internal delegate SourceSpan PlaceOf(string path, string? property);
