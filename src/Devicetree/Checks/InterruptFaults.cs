namespace Devicetree.Checks;

/// <summary>Interrupts, the nodes that take them, and maps between them.</summary>
internal static class InterruptFaults
{
    private const string NameController = "Refer to the interrupt controller with '&label'.";

    /// <summary>0: the property that makes it a provider.</summary>
    public static readonly CheckFault CellsMissing = new(
        "interrupt-cells-missing", "Missing '#interrupt-cells' in interrupt provider",
        "the node has '{0}', but no '#interrupt-cells'", "Add '#interrupt-cells' with the number of cells of one interrupt.");

    /// <summary>Before <see cref="Compatibility.DtcChanges.InterruptProviderBothWays"/>.</summary>
    public static readonly CheckFault CellsMissingOld = CellsMissing with
    {
        Name = "interrupt-cells-missing-old",
        DtcText = "Missing #interrupt-cells in interrupt provider",
    };

    public static readonly CheckFault AddressCellsMissing = new(
        "interrupt-address-cells-missing", "Missing #address-cells in interrupt provider",
        "the node has '{0}', but no '#address-cells'", "Add '#address-cells', which is 0 where interrupts have no address.");

    public static readonly CheckFault NoProvider = new(
        "interrupt-cells-without-provider", "'#interrupt-cells' found, but node is not an interrupt provider",
        "the node has '#interrupt-cells', but neither 'interrupt-controller' nor 'interrupt-map'",
        "Add 'interrupt-controller', or remove '#interrupt-cells'.");

    public static readonly CheckFault NoParent = new(
        "no-interrupt-parent", "Missing interrupt-parent",
        "neither this node nor one above it has a valid 'interrupt-parent'",
        "Name the interrupt controller with 'interrupt-parent', here or in a node above.");

    /// <summary>
    /// 0: the bytes of the value, 1: those of an interrupt, 2: the cells of an interrupt, 3: the interrupt parent.
    /// </summary>
    public static readonly CheckFault Length = new(
        "interrupts-length", "size is ({0}), expected multiple of {1}",
        "the value has {0} bytes, which is not a multiple of {1}: '#interrupt-cells' of {3} is {2}");

    public static readonly CheckFault WithoutCells = Length with
    {
        Name = "interrupts-without-cells",
        Text = "the value has {0} bytes, but '#interrupt-cells' of {3} is 0",
    };

    /// <summary>0: the number.</summary>
    public static readonly CheckFault InvalidParent = new(
        "interrupt-parent-invalid", "Invalid phandle", "0x{0:x} is not a valid phandle", NameController);

    public static readonly CheckFault UnknownParent = new(
        "interrupt-parent-unknown", "Bad phandle", "0x{0:x} is not the phandle of any node", NameController);

    /// <summary>0: the node whose interrupt parent it is.</summary>
    public static readonly CheckFault ParentTakesNone = new(
        "interrupt-parent-takes-none", "Missing interrupt-controller or interrupt-map property",
        "the 'interrupt-parent' of {0} leads to this node, which has neither 'interrupt-controller' nor 'interrupt-map'",
        "Add 'interrupt-controller', or name another node with 'interrupt-parent'.");

    public static readonly CheckFault MapWithoutAddressCells = new(
        "map-without-address-cells", "Missing '#address-cells' in interrupt-map provider",
        "the node has 'interrupt-map', but no '#address-cells'",
        "Add '#address-cells'; the addresses in the map have as many cells.");

    /// <summary>0: the bytes of the mask, 1: the bytes it should have.</summary>
    public static readonly CheckFault MaskLength = new(
        "map-mask-length", "property size ({0}) is invalid, expected {1}",
        "the value has {0} bytes, but '#address-cells' and '#interrupt-cells' make it {1}",
        "Give it a cell for each of '#address-cells' and '#interrupt-cells'.");

    /// <summary>As <see cref="FormFaults.WholeCells"/>; what to do is the check's.</summary>
    public static readonly CheckFault MapWholeCells = FormFaults.WholeCells with
    {
        Name = "map-not-whole-cells",
        Remedy = null,
    };

    /// <summary>0: the bytes of the map, 1: the bytes before the phandle of its last entry.</summary>
    public static readonly CheckFault MapTooShort = new(
        "map-too-short", "property size ({0}) too small, expected > {1}",
        "the value ends after {0} bytes, but the phandle of its last entry should follow {1} bytes");

    /// <summary>0: the bytes of the map, 1: the bytes where its last entry ends.</summary>
    public static readonly CheckFault MapLength = new(
        "map-length", "property size ({0}) mismatch, expected {1}",
        "the value ends after {0} bytes, but its last entry ends after {1}");

    /// <summary>0: the cell, 1: what stands there, as dtc prints it.</summary>
    public static readonly CheckFault MapNoPhandle = new(
        "map-no-phandle", "Cell {0} is not a phandle({1})",
        "the phandle of an entry should be in cell {0}, but 0x{1:x} is not a valid phandle");

    public static readonly CheckFault MapNoNode = new(
        "map-no-node", "Could not get phandle({1}) node for (cell {0})",
        "the phandle of an entry should be in cell {0}, but 0x{1:x} is not the phandle of any node");

    /// <summary>0: the node, 1: the cell.</summary>
    public static readonly CheckFault MapNoProvider = new(
        "map-no-provider", "Missing property '#interrupt-cells' in node {0} or bad phandle (referred from interrupt-map[{1}])",
        "cell {1} of 'interrupt-map' refers to {0}, which has no '#interrupt-cells'",
        "Add '#interrupt-cells' there, or correct the entry.");

    public static readonly CheckFault MapFallback = new(
        "map-fallback", "Missing property '#address-cells' in node {0}, using 0 as fallback",
        "{0} has no '#address-cells', so an entry that leads there is read without an address", "Add '#address-cells' there.");

    public static IReadOnlyList<CheckFault> All =>
    [
        CellsMissing, CellsMissingOld, AddressCellsMissing, NoProvider, NoParent, Length, WithoutCells, InvalidParent,
        UnknownParent, ParentTakesNone, MapWithoutAddressCells, MaskLength, MapWholeCells, MapTooShort, MapLength, MapNoPhandle,
        MapNoNode,
        MapNoProvider, MapFallback,
    ];
}
