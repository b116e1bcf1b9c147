namespace Devicetree.Checks;

/// <summary>Simple buses, I2C and SPI.</summary>
internal static class BusFaults
{
    private const string AddReg = "Add 'reg' with the address on the bus.";

    public static readonly CheckFault SimpleAddressMissing = new(
        "simple-bus-address-missing", "missing or empty reg/ranges property",
        "the node is on a simple bus, but has neither 'reg' nor 'ranges' with an address",
        "Add 'reg', or move the node out of the bus.");

    /// <summary>0: the address, 1: the property that has it.</summary>
    public static readonly CheckFault SimpleUnit = new(
        "simple-bus-unit", "simple-bus unit address format error, expected \"{0:x}\"",
        "the first address of '{1}' is 0x{0:x}, so the unit address should be '{0:x}'");

    /// <summary>0: the cell count.</summary>
    public static readonly CheckFault I2cAddressCells = new(
        "i2c-address-cells", "incorrect #address-cells for I2C bus",
        "'#address-cells' of an I2C bus must be 1, but is {0}", "Write '#address-cells = <1>'.");

    public static readonly CheckFault I2cSizeCells = new(
        "i2c-size-cells", "incorrect #size-cells for I2C bus",
        "'#size-cells' of an I2C bus must be 0, but is {0}", "Write '#size-cells = <0>'.");

    public static readonly CheckFault I2cAddressMissing = new(
        "i2c-address-missing", "missing or empty reg property",
        "the node is on an I2C bus, but has no 'reg' with an address", AddReg);

    public static readonly CheckFault I2cUnit = new(
        "i2c-unit", "I2C bus unit address format error, expected \"{0:x}\"",
        "the first address of 'reg' is 0x{0:x}, so the unit address should be '{0:x}'");

    /// <summary>0: the address with its flags, 1: without them.</summary>
    public static readonly CheckFault I2cTenBits = new(
        "i2c-ten-bits", "I2C address must be less than 10-bits, got \"0x{0:x}\"",
        "the I2C address 0x{1:x} has more than 10 bits", "Correct the address in 'reg': the highest one is 0x3ff.");

    public static readonly CheckFault I2cSevenBits = new(
        "i2c-seven-bits",
        "I2C address must be less than 7-bits, got \"0x{0:x}\". Set I2C_TEN_BIT_ADDRESS for 10 bit addresses or fix the property",
        "the I2C address 0x{0:x} has more than 7 bits",
        "Correct the address in 'reg', or set bit 31 (I2C_TEN_BIT_ADDRESS) if it is one of 10 bits.");

    /// <summary>0: the cell count.</summary>
    public static readonly CheckFault SpiAddressCells = new(
        "spi-address-cells", "incorrect #address-cells for SPI bus",
        "'#address-cells' of an SPI bus must be 1, but is {0}", "Write '#address-cells = <1>'.");

    public static readonly CheckFault SpiSlaveAddressCells = SpiAddressCells with
    {
        Name = "spi-slave-address-cells",
        Text = "'#address-cells' of an SPI bus with 'spi-slave' must be 0, but is {0}",
        Remedy = "Write '#address-cells = <0>'.",
    };

    public static readonly CheckFault SpiSizeCells = new(
        "spi-size-cells", "incorrect #size-cells for SPI bus",
        "'#size-cells' of an SPI bus must be 0, but is {0}", "Write '#size-cells = <0>'.");

    public static readonly CheckFault SpiName = new(
        "spi-name", "node name for SPI buses should be 'spi'",
        "the node's children have 'spi-' properties, but the node is not called 'spi'", "Rename it to 'spi'.");

    public static readonly CheckFault SpiAddressMissing = new(
        "spi-address-missing", "missing or empty reg property",
        "the node is on an SPI bus, but has no 'reg' with a chip select", "Add 'reg' with the number of the chip select.");

    public static readonly CheckFault SpiUnit = new(
        "spi-unit", "SPI bus unit address format error, expected \"{0:x}\"",
        "the chip select in 'reg' is 0x{0:x}, so the unit address should be '{0:x}'");

    public static IReadOnlyList<CheckFault> All =>
    [
        SimpleAddressMissing, SimpleUnit, I2cAddressCells, I2cSizeCells, I2cAddressMissing, I2cUnit, I2cTenBits, I2cSevenBits,
        SpiAddressCells, SpiSlaveAddressCells, SpiSizeCells, SpiName, SpiAddressMissing, SpiUnit,
    ];
}
