using Devicetree.Live;

namespace Devicetree.References;

/// <summary>One entry of a list of references in a value.</summary>
/// <param name="Start">Where the entry begins, in bytes. Some lists have other cells in front of the reference.</param>
/// <param name="Offset">Where the cell with the phandle is, in bytes.</param>
/// <param name="Target">The node that is meant; null for a place that is left empty, and for a node of another tree.</param>
/// <param name="Name">What the source or the fixups call the target; empty when only the phandle is known.</param>
internal readonly record struct ReferenceEntry(int Start, int Offset, LiveNode? Target, string Name);
