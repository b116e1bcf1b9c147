namespace Devicetree.Overlays;

/// <summary>
/// A cell that is to hold a phandle: that of a label or a path of another tree, or of a node of the tree it is in.
/// </summary>
/// <param name="Offset">Where in its value, in bytes.</param>
/// <param name="Label">The label, or a path that starts with a slash; null for a node of the same tree.</param>
internal readonly record struct CellReference(int Offset, string? Label);
