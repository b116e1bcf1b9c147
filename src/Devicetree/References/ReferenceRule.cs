namespace Devicetree.References;

/// <summary>
/// How the references of a property are laid out: cells in front, a phandle, its arguments, and so on until the value ends.
/// </summary>
/// <param name="CellsProperty">The property by which the node referred to says how many arguments it takes; null for a fixed
/// number.</param>
/// <param name="Arguments">The number of arguments where that is fixed, or where the node does not say; null when it
/// must.</param>
/// <param name="Before">How many cells each entry has in front of the phandle.</param>
/// <param name="IsMap">True for a map, whose entries have an address and a specifier in front, and an address more
/// behind.</param>
internal sealed record ReferenceRule(string? CellsProperty, int? Arguments = null, int Before = 0, bool IsMap = false)
{
    /// <summary>Whether the arguments may be phandles themselves.</summary>
    public bool ArgumentsMayRefer { get; init; }

    /// <summary>Phandles alone.</summary>
    public static ReferenceRule Bare { get; } = new(null, 0);

    /// <summary>A nexus's map, whose entries depend on two nodes each (Devicetree Specification 0.4, section 2.4.3).</summary>
    public static ReferenceRule InterruptMap { get; } = new(PropertyNames.InterruptCells, IsMap: true);
}
