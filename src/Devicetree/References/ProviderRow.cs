namespace Devicetree.References;

/// <summary>A property that holds phandles with arguments, whose number the node referred to says.</summary>
/// <param name="Property">The property.</param>
/// <param name="Cells">What says the number, in the node referred to.</param>
/// <param name="Otherwise">The number where that says nothing; null where it is then no provider.</param>
internal sealed record ProviderRow(string Property, string Cells, int? Otherwise = null);
