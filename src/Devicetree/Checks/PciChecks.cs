using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>PCI bridges and the devices behind them.</summary>
internal static class PciChecks
{
    private const int AddressCells = 3;
    private const int SizeCells = 2;
    private const uint MaxBus = 0xff;

    public static void Bridge(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.DeviceType); i >= 0; i = c.Index.Next(i))
        {
            if (!Values.IsCString(c.Index.Property(i).Value, "pci"u8))
                continue;
            int index = c.Index.Owner(i);
            ref NodeState node = ref c.Index[index];
            node.Bus = Bus.Pci;
            if (node.BaseName is not ("pci" or "pcie"))
                c.Fail(index, PciFaults.BridgeName, node.BaseName.ToString());
            if (!node.Has(KnownProperty.Ranges))
                c.Fail(index, PciFaults.BridgeRanges);
            if (node.ChildAddressCells != AddressCells)
                c.Fail(index, PciFaults.BridgeAddressCells, new CellCount(node.AddressCells));
            if (node.ChildSizeCells != SizeCells)
                c.Fail(index, PciFaults.BridgeSizeCells, new CellCount(node.SizeCells));
            if (c.Index.Find(index, KnownProperty.BusRange) is LiveProperty range)
                BusRange(c, index, range);
        }
    }

    private static void BusRange(CheckContext c, int node, LiveProperty range)
    {
        if (range.Value.Length != 2 * Values.CellBytes)
        {
            c.Fail(node, range, PciFaults.BusRangeLength, range.Value.Length);
            return;
        }
        uint first = Values.Cell(range.Value, 0), last = Values.Cell(range.Value, 1);
        if (first > last)
            c.Fail(node, range, PciFaults.BusRangeOrder, first, last);
        if (last > MaxBus)
            c.Fail(node, range, PciFaults.BusRangeLimit, first, last);
    }

    public static void DeviceReg(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Reg); i >= 0; i = c.Index.Next(i))
        {
            int index = c.Index.Owner(i);
            LiveProperty reg = c.Index.Property(i);
            if (!IsDevice(c, index, reg))
                continue;
            uint second = Values.Cell(reg.Value, 1), third = Values.Cell(reg.Value, 2);
            if (second != 0 || third != 0)
                c.Fail(index, reg, PciFaults.RegOffset, second, third);
            uint address = Values.Cell(reg.Value, 0);
            if ((address & 0xff000000) != 0)
                c.Fail(index, reg, PciFaults.RegSpace, address);
            if ((address & 0x000000ff) != 0)
                c.Fail(index, reg, PciFaults.RegRegister, address);
            UnitAddress(c, index, device: (address >> 11) & 0x1f, function: (address >> 8) & 7);
        }
    }

    private static void UnitAddress(CheckContext c, int index, uint device, uint function)
    {
        ReadOnlySpan<char> unit = c.Index[index].Unit;
        Span<char> expected = stackalloc char[8];
        if (function == 0 && expected.TryWrite(CultureInfo.InvariantCulture, $"{device:x}", out int length)
            && unit.SequenceEqual(expected[..length]))
            return;
        expected.TryWrite(CultureInfo.InvariantCulture, $"{device:x},{function:x}", out length);
        if (!unit.SequenceEqual(expected[..length]))
            c.Fail(index, PciFaults.Unit, expected[..length].ToString(), device, function);
    }

    public static void DeviceBusNumber(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Reg); i >= 0; i = c.Index.Next(i))
        {
            int index = c.Index.Owner(i);
            LiveProperty reg = c.Index.Property(i);
            if (!IsDevice(c, index, reg))
                continue;
            uint bus = (Values.Cell(reg.Value, 0) >> 16) & MaxBus;
            uint first = 0, last = 0;
            LiveProperty? range = c.Index.Find(c.Index[index].Parent, KnownProperty.BusRange);
            if (range?.Value.Length == 2 * Values.CellBytes)
            {
                first = Values.Cell(range.Value, 0);
                last = Values.Cell(range.Value, c.Has(DtcChanges.BusRangeRead) ? 1 : 0);
            }
            // The property is the bridge's, the path the device's.
            if (bus < first || bus > last)
            {
                c.FailElsewhere(index, range, (index, reg), range is null ? PciFaults.BusNumberWithoutRange : PciFaults.BusNumber,
                    (int)bus, (int)first, (int)last, first, last);
            }
        }
    }

    /// <summary>
    /// True for a child of a bridge. The checks before have made sure that its <c>reg</c> has five cells; for cell counts at
    /// which C overflows they have not.
    /// </summary>
    private static bool IsDevice(CheckContext c, int node, LiveProperty reg) =>
        c.Index[node].Parent is int parent and >= 0 && c.Index[parent].Bus == Bus.Pci
        && reg.Value.Length >= AddressCells * Values.CellBytes;
}
