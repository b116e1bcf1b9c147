namespace Devicetree.Interpretation;

/// <summary>One interrupt of a device.</summary>
/// <param name="Controller">The node that interprets the cells: an interrupt controller or a nexus with an
/// <c>interrupt-map</c>.</param>
/// <param name="Cells">As many cells as the controller's <c>#interrupt-cells</c> says.</param>
public sealed record InterruptSpecifier(Node Controller, IReadOnlyList<uint> Cells);
