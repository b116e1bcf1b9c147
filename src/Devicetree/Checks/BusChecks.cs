using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Simple buses, I2C and SPI: how they are recognised, their cell counts, and their children's addresses.</summary>
internal static class BusChecks
{
    private const uint OwnSlaveAddress = 1u << 30;
    private const uint TenBitAddress = 1u << 31;

    private const string AddReg = "Add 'reg' with the address on the bus.";
    private const string CorrectAddress = "Correct the address in 'reg'; one of 10 bits has bit 31 set.";

    public static void SimpleBridge(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Compatible); i >= 0; i = c.Index.Next(i))
        {
            if (Values.HasString(c.Index.Property(i).Value, "simple-bus"u8))
                c.Index[c.Index.Owner(i)].Bus = Bus.Simple;
        }
    }

    public static void SimpleReg(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            ref NodeState parent = ref c.Index[node.Parent];
            if (parent.Bus != Bus.Simple)
                continue;
            LiveProperty? property = c.Index.Find(i, KnownProperty.Reg);
            long first = 0;
            if (property is null)
            {
                property = c.Index.Find(i, KnownProperty.Ranges);
                first = node.ChildAddressCells; // after the child's own address
            }
            if (property is null || property.Value.Length == 0)
            {
                if (parent.Parent >= 0 && node.Bus != Bus.Simple)
                    c.Fail(i, $"missing or empty reg/ranges property", "Add 'reg', or move the node out of the bus.");
                continue;
            }
            int cells = parent.ChildAddressCells;
            // The original reads on in memory where the value is too short. Another check has named that.
            if (first < 0 || cells < 0 || (first + cells) * Values.CellBytes > property.Value.Length)
                continue;
            ulong address = 0;
            for (int cell = 0; cell < cells; cell++)
                address = (address << 32) | Values.Cell(property.Value, (int)first + cell);
            if (!IsHex(node.Unit, address))
                c.Fail(i, $"simple-bus unit address format error, expected \"{address:x}\"");
        }
    }

    public static void I2cBridge(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            ReadOnlySpan<char> name = node.BaseName;
            if (!name.StartsWith("i2c") || name is not ("i2c" or "i2c-bus" or "i2c-arb"))
                continue;
            if (name is "i2c" && c.Has(DtcChanges.I2cBusChild) && HasI2cBusChild(c, ref node))
                continue;
            node.Bus = Bus.I2c;
            if (node.Node.Children.All.Count == 0)
                continue;
            if (node.ChildAddressCells != 1)
                c.Fail(i, $"incorrect #address-cells for I2C bus");
            if (node.ChildSizeCells != 0)
                c.Fail(i, $"incorrect #size-cells for I2C bus");
        }
    }

    private static bool HasI2cBusChild(CheckContext c, ref NodeState node)
    {
        for (int child = node.FirstChild; child >= 0; child = c.Index[child].NextSibling)
        {
            if (c.Index[child].BaseName is "i2c-bus")
                return true;
        }
        return false;
    }

    public static void I2cReg(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (c.Index[node.Parent].Bus != Bus.I2c)
                continue;
            if (c.Index.Find(i, KnownProperty.Reg) is not LiveProperty reg || reg.Value.Length < Values.CellBytes)
            {
                c.Fail(i, $"missing or empty reg property", AddReg);
                continue;
            }
            uint first = Values.Cell(reg.Value, 0) & ~OwnSlaveAddress;
            if (!IsHex(node.Unit, first))
                c.Fail(i, $"I2C bus unit address format error, expected \"{first:x}\"");
            for (int cell = 0; cell < reg.Value.Length / Values.CellBytes; cell++)
                I2cAddress(c, i, reg, Values.Cell(reg.Value, cell) & ~OwnSlaveAddress);
        }
    }

    private static void I2cAddress(CheckContext c, int node, LiveProperty reg, uint address)
    {
        bool isTenBit = (address & TenBitAddress) != 0;
        if (isTenBit && (address & ~TenBitAddress) > 0x3ff)
            c.Fail(node, reg, $"I2C address must be less than 10-bits, got \"0x{address:x}\"", CorrectAddress);
        // Without the change the flag alone makes a good address of ten bits look too long for seven.
        else if (address > 0x7f && !(isTenBit && c.Has(DtcChanges.TenBitAddresses)))
            c.Fail(node, reg, $"I2C address must be less than 7-bits, got \"0x{address:x}\". Set I2C_TEN_BIT_ADDRESS for 10 bit addresses or fix the property", CorrectAddress);
    }

    public static void SpiBridge(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (node.BaseName is "spi")
                node.Bus = Bus.Spi;
            else if (!IsUnnamedSpi(c, i, ref node))
                continue;
            if (node.Node.Children.All.Count == 0)
                continue;
            if (node.ChildAddressCells != (node.Has(KnownProperty.SpiSlave) ? 0 : 1))
                c.Fail(i, $"incorrect #address-cells for SPI bus");
            if (node.ChildSizeCells != 0)
                c.Fail(i, $"incorrect #size-cells for SPI bus");
        }
    }

    /// <summary>Recognises a bus that is not called <c>spi</c> by its children's properties.</summary>
    private static bool IsUnnamedSpi(CheckContext c, int index, ref NodeState node)
    {
        if (node.ChildAddressCells != 1 || node.ChildSizeCells != 0)
            return false;
        for (int child = node.FirstChild; child >= 0 && node.Bus != Bus.Spi; child = c.Index[child].NextSibling)
        {
            if (c.Index[child].HasSpiProperty)
                node.Bus = Bus.Spi;
        }
        if (node.Bus != Bus.Spi)
            return false;
        if (node.Has(KnownProperty.Reg))
            c.Fail(index, $"node name for SPI buses should be 'spi'", "Rename it to 'spi'.");
        return true;
    }

    public static void SpiReg(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            ref NodeState parent = ref c.Index[node.Parent];
            if (parent.Bus != Bus.Spi || parent.Has(KnownProperty.SpiSlave))
                continue;
            if (c.Index.Find(i, KnownProperty.Reg) is not LiveProperty reg || reg.Value.Length < Values.CellBytes)
            {
                c.Fail(i, $"missing or empty reg property", AddReg);
                continue;
            }
            uint address = Values.Cell(reg.Value, 0);
            if (!IsHex(node.Unit, address))
                c.Fail(i, $"SPI bus unit address format error, expected \"{address:x}\"");
        }
    }

    private static bool IsHex(ReadOnlySpan<char> unit, ulong number)
    {
        Span<char> expected = stackalloc char[16];
        number.TryFormat(expected, out int length, "x", CultureInfo.InvariantCulture);
        return unit.SequenceEqual(expected[..length]);
    }
}
