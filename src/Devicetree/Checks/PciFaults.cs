namespace Devicetree.Checks;

/// <summary>PCI bridges and the devices behind them.</summary>
internal static class PciFaults
{
    private const string BusRangeForm = "Write the first bus and the last one, neither above 255.";
    private const string FirstCell = "Write nothing but bus, device and function into the first cell of 'reg'.";

    public static readonly CheckFault BridgeName = new(
        "pci-bridge-name", "node name is not \"pci\" or \"pcie\"",
        "the node is a PCI bridge, but is called '{0}'", "Name it 'pci' or 'pcie'.");

    public static readonly CheckFault BridgeRanges = new(
        "pci-bridge-ranges", "missing ranges for PCI bridge (or not a bridge)",
        "a PCI bridge needs 'ranges', which this node does not have",
        "Add 'ranges', or remove 'device_type' if the node is not a bridge.");

    /// <summary>0: the cell count.</summary>
    public static readonly CheckFault BridgeAddressCells = new(
        "pci-bridge-address-cells", "incorrect #address-cells for PCI bridge",
        "'#address-cells' of a PCI bridge must be 3, but is {0}", "Write '#address-cells = <3>'.");

    public static readonly CheckFault BridgeSizeCells = new(
        "pci-bridge-size-cells", "incorrect #size-cells for PCI bridge",
        "'#size-cells' of a PCI bridge must be 2, but is {0}", "Write '#size-cells = <2>'.");

    public static readonly CheckFault BusRangeLength = new(
        "bus-range-length", "value must be 2 cells",
        "the value has {0} bytes, but a range of buses is 2 cells of 4 bytes", BusRangeForm);

    /// <summary>0: the first bus, 1: the last one.</summary>
    public static readonly CheckFault BusRangeOrder = new(
        "bus-range-order", "1st cell must be less than or equal to 2nd cell",
        "the first bus is {0}, which comes after the last one, {1}", BusRangeForm);

    public static readonly CheckFault BusRangeLimit = new(
        "bus-range-limit", "maximum bus number must be less than 256",
        "the last bus is {1}, but the highest bus number is 255", BusRangeForm);

    /// <summary>0 and 1: the two cells.</summary>
    public static readonly CheckFault RegOffset = new(
        "pci-reg-offset", "PCI reg config space address cells 2 and 3 must be 0",
        "the second and the third cell are 0x{0:x} and 0x{1:x}, but in configuration space both must be 0", "Write 0 in both.");

    /// <summary>0: the first cell.</summary>
    public static readonly CheckFault RegSpace = new(
        "pci-reg-space", "PCI reg address is not configuration space",
        "the first cell is 0x{0:x}, whose highest byte must be 0 for configuration space", FirstCell);

    public static readonly CheckFault RegRegister = new(
        "pci-reg-register", "PCI reg config space address register number must be 0",
        "the first cell is 0x{0:x}, whose lowest byte, the register number, must be 0", FirstCell);

    /// <summary>0: the unit address, 1: the device, 2: the function.</summary>
    public static readonly CheckFault Unit = new(
        "pci-unit", "PCI unit address format error, expected \"{0}\"",
        "'reg' is that of device 0x{1:x}, function {2}, so the unit address should be '{0}'",
        "Write '@{0}' after the name, or correct 'reg'.");

    /// <summary>0: the bus, 1: the first bus, 2: the last one, as dtc prints them; 3 and 4: the last two without signs.</summary>
    public static readonly CheckFault BusNumber = new(
        "pci-bus-number", "PCI bus number {0} out of range, expected ({1} - {2})",
        "the device is on bus {0}, but the bridge has the buses {3} to {4}");

    public static readonly CheckFault BusNumberWithoutRange = BusNumber with
    {
        Name = "pci-bus-number-without-range",
        Text = "the device is on bus {0}, but the bridge has no 'bus-range' and so bus 0 only",
        Remedy = "Correct the bus number in 'reg', or give the bridge a 'bus-range'.",
    };

    public static IReadOnlyList<CheckFault> All =>
    [
        BridgeName, BridgeRanges, BridgeAddressCells, BridgeSizeCells, BusRangeLength, BusRangeOrder, BusRangeLimit,
        RegOffset, RegSpace, RegRegister, Unit, BusNumber, BusNumberWithoutRange,
    ];
}
