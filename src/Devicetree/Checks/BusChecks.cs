using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Simple buses, I2C and SPI: how they are recognised, their cell counts, and their children's addresses.</summary>
internal static class BusChecks
{
    private const uint OwnSlaveAddress = 1u << 30;
    private const uint TenBitAddress = 1u << 31;

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
                    c.Fail(i, BusFaults.SimpleAddressMissing);
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
                c.Fail(i, BusFaults.SimpleUnit, address, property.Name);
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
                c.Fail(i, BusFaults.I2cAddressCells, new CellCount(node.AddressCells));
            if (node.ChildSizeCells != 0)
                c.Fail(i, BusFaults.I2cSizeCells, new CellCount(node.SizeCells));
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
                c.Fail(i, BusFaults.I2cAddressMissing);
                continue;
            }
            uint first = Values.Cell(reg.Value, 0) & ~OwnSlaveAddress;
            if (!IsHex(node.Unit, first))
                c.Fail(i, BusFaults.I2cUnit, first);
            for (int cell = 0; cell < reg.Value.Length / Values.CellBytes; cell++)
                I2cAddress(c, i, reg, Values.Cell(reg.Value, cell) & ~OwnSlaveAddress);
        }
    }

    private static void I2cAddress(CheckContext c, int node, LiveProperty reg, uint address)
    {
        bool isTenBit = (address & TenBitAddress) != 0;
        if (isTenBit && (address & ~TenBitAddress) > 0x3ff)
            c.Fail(node, reg, BusFaults.I2cTenBits, address, address & ~TenBitAddress);
        // Without the change the flag alone makes a good address of ten bits look too long for seven.
        else if (address > 0x7f && !(isTenBit && c.Has(DtcChanges.TenBitAddresses)))
            c.Fail(node, reg, BusFaults.I2cSevenBits, address);
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
            bool isSlave = node.Has(KnownProperty.SpiSlave);
            if (node.ChildAddressCells != (isSlave ? 0 : 1))
                c.Fail(i, isSlave ? BusFaults.SpiSlaveAddressCells : BusFaults.SpiAddressCells, new CellCount(node.AddressCells));
            if (node.ChildSizeCells != 0)
                c.Fail(i, BusFaults.SpiSizeCells, new CellCount(node.SizeCells));
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
            c.Fail(index, BusFaults.SpiName);
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
                c.Fail(i, BusFaults.SpiAddressMissing);
                continue;
            }
            uint address = Values.Cell(reg.Value, 0);
            if (!IsHex(node.Unit, address))
                c.Fail(i, BusFaults.SpiUnit, address);
        }
    }

    private static bool IsHex(ReadOnlySpan<char> unit, ulong number)
    {
        Span<char> expected = stackalloc char[16];
        number.TryFormat(expected, out int length, "x", CultureInfo.InvariantCulture);
        return unit.SequenceEqual(expected[..length]);
    }
}
