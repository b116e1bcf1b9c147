namespace Devicetree.Checks;

/// <summary>Cell counts, <c>reg</c>, <c>ranges</c> and unit addresses, whatever the bus.</summary>
internal static class AddressFaults
{
    private const string RemoveFromRoot = "Remove it: the root is on no bus.";
    private const string EmptyRanges =
        "Give both nodes the same cell counts, or write the entries: child's address, parent's address, size.";

    public static readonly CheckFault RootReg = new(
        "root-reg", "Root node has a \"reg\" property", "the root node cannot have an address", RemoveFromRoot);

    public static readonly CheckFault RootRanges = new(
        "root-ranges", "Root node has a \"{0}\" property",
        "the root node has no parent to whose addresses '{0}' could lead", RemoveFromRoot);

    public static readonly CheckFault RegEmpty = new(
        "reg-empty", "property is empty", "the property has no value, but an address is expected",
        "Give it an address, or remove it.");

    /// <summary>0: the bytes of the value, 1: address cells, 2: size cells, 3: the bytes of an entry.</summary>
    public static readonly CheckFault RegLength = new(
        "reg-length", "property has invalid length ({0} bytes) (#address-cells == {1}, #size-cells == {2})",
        "the value has {0} bytes, which is not a multiple of {3}: '#address-cells' of the parent is {1}, '#size-cells' is {2}");

    public static readonly CheckFault RegWithoutCells = RegLength with
    {
        Name = "reg-without-cells",
        Text = "the value has {0} bytes, but '#address-cells' and '#size-cells' of the parent are both 0",
    };

    /// <summary>
    /// 0: the property, 1: the bytes of the value, 2: the parent's address cells, 3: the node's, 4: size cells, 5: the bytes of
    /// an entry.
    /// </summary>
    public static readonly CheckFault RangesLength = new(
        "ranges-length",
        "\"{0}\" property has invalid length ({1} bytes) "
            + "(parent #address-cells == {2}, child #address-cells == {3}, #size-cells == {4})",
        "the value has {1} bytes, which is not a multiple of {5}: "
            + "'#address-cells' is {3} here and {2} in the parent, '#size-cells' is {4}");

    public static readonly CheckFault RangesWithoutCells = RangesLength with
    {
        Name = "ranges-without-cells",
        Text = "the value has {1} bytes, but '#address-cells' here and in the parent and '#size-cells' are all 0",
    };

    /// <summary>0: the property, 1: cells of the node, 2: the parent, 3: cells of the parent.</summary>
    public static readonly CheckFault EmptyRangesAddress = new(
        "empty-ranges-address", "empty \"{0}\" property but its #address-cells ({1}) differs from {2} ({3})",
        "an empty '{0}' keeps addresses as they are, but '#address-cells' is {1} here and {3} in {2}", EmptyRanges);

    public static readonly CheckFault EmptyRangesSize = new(
        "empty-ranges-size", "empty \"{0}\" property but its #size-cells ({1}) differs from {2} ({3})",
        "an empty '{0}' keeps sizes as they are, but '#size-cells' is {1} here and {3} in {2}", EmptyRanges);

    /// <summary>0: the property with the address.</summary>
    public static readonly CheckFault UnitMissing = new(
        "unit-missing", "node has a reg or ranges property, but no unit name",
        "the node has '{0}', but its name has no unit address", "Put '@' and the first address after the name.");

    public static readonly CheckFault RootAddress = UnitMissing with
    {
        Name = "root-address",
        Text = "the root node has '{0}', but it is on no bus",
        Remedy = "Remove '{0}'.",
    };

    /// <summary>0: the unit address.</summary>
    public static readonly CheckFault AddressMissing = new(
        "address-missing", "node has a unit name, but no reg or ranges property",
        "the name ends in '@{0}', but the node has neither 'reg' nor 'ranges'", "Add 'reg', or remove '@{0}' from the name.");

    public static readonly CheckFault UnitPrefix = new(
        "unit-prefix", "unit name should not have leading \"0x\"", "the unit address '{0}' begins with '0x'");

    public static readonly CheckFault UnitZeros = new(
        "unit-zeros", "unit name should not have leading 0s", "the unit address '{0}' has leading zeros");

    public static readonly CheckFault DefaultAddressCells = new(
        "default-address-cells", "Relying on default #address-cells value",
        "the parent does not set '#address-cells', so addresses are read with the default of 2 cells");

    public static readonly CheckFault DefaultSizeCells = new(
        "default-size-cells", "Relying on default #size-cells value",
        "the parent does not set '#size-cells', so sizes are read with the default of 1 cell");

    public static readonly CheckFault UnusedCells = new(
        "unused-cells",
        "unnecessary #address-cells/#size-cells without \"ranges\", \"dma-ranges\" or child \"reg\" or \"ranges\" property",
        "'#address-cells' and '#size-cells' have no use: "
            + "the node has neither 'ranges' nor 'dma-ranges', and no child has 'reg' or 'ranges'");

    /// <summary>Before <see cref="Compatibility.DtcChanges.ChildRangesCount"/>.</summary>
    public static readonly CheckFault UnusedCellsByReg = new(
        "unused-cells-by-reg",
        "unnecessary #address-cells/#size-cells without \"ranges\", \"dma-ranges\" or child \"reg\" property",
        "'#address-cells' and '#size-cells' have no use: "
            + "the node has neither 'ranges' nor 'dma-ranges', and no child has 'reg'");

    /// <summary>Before <see cref="Compatibility.DtcChanges.DmaRangesCount"/>.</summary>
    public static readonly CheckFault UnusedCellsByRanges = new(
        "unused-cells-by-ranges", "unnecessary #address-cells/#size-cells without \"ranges\" or child \"reg\" property",
        "'#address-cells' and '#size-cells' have no use: the node has no 'ranges', and no child has 'reg'");

    /// <summary>0: the later node.</summary>
    public static readonly CheckFault SameUnit = new(
        "same-unit", "duplicate unit-address (also used in node {0})", "{0} has the same unit address");

    /// <summary>0: the unit address, 1: the address in <c>reg</c>. No version of dtc looks for it.</summary>
    public static readonly CheckFault UnitDiffers = new(
        "unit-differs", "", "the unit address is 0x{0:x}, but the first address of 'reg' is 0x{1:x}");

    public static IReadOnlyList<CheckFault> All =>
    [
        RootReg, RootRanges, RegEmpty, RegLength, RegWithoutCells, RangesLength, RangesWithoutCells, EmptyRangesAddress,
        EmptyRangesSize, UnitMissing, RootAddress, AddressMissing, UnitPrefix, UnitZeros, DefaultAddressCells, DefaultSizeCells,
        UnusedCells, UnusedCellsByReg, UnusedCellsByRanges, SameUnit, UnitDiffers,
    ];
}
