using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Cell counts, the forms of <c>reg</c> and <c>ranges</c>, and what is said about them in between.</summary>
internal static class AddressChecks
{
    private const ulong RegOrRanges = (1UL << (int)KnownProperty.Reg) | (1UL << (int)KnownProperty.Ranges);

    /// <summary>Reads the cell counts, which later checks use.</summary>
    public static void AddressSizeCells(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            node.AddressCells = CellsOf(c, i, KnownProperty.AddressCells);
            node.SizeCells = CellsOf(c, i, KnownProperty.SizeCells);
        }
    }

    private static int CellsOf(CheckContext c, int node, KnownProperty kind) =>
        c.Index.Find(node, kind) is LiveProperty property && c.CellOf(node, property) is uint cells ? (int)cells : -1;

    public static void RegFormat(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.Reg); i >= 0; i = c.Index.Next(i))
        {
            int node = c.Index.Owner(i), parent = c.Index[node].Parent;
            LiveProperty reg = c.Index.Property(i);
            if (parent < 0)
            {
                c.FailElsewhere(node, null, (node, reg), AddressFaults.RootReg);
                continue;
            }
            int length = reg.Value.Length;
            if (length == 0)
                c.Fail(node, reg, AddressFaults.RegEmpty);
            int addressCells = c.Index[parent].ChildAddressCells, sizeCells = c.Index[parent].ChildSizeCells;
            int entry = BytesOf(addressCells + sizeCells);
            if (!Values.IsMultiple(length, entry))
            {
                c.Fail(node, reg, entry == 0 ? AddressFaults.RegWithoutCells : AddressFaults.RegLength,
                    length, addressCells, sizeCells, entry);
            }
        }
    }

    public static Action<CheckContext> RangesFormat(KnownProperty kind) => c =>
    {
        string name = KnownProperties.NameOf(kind);
        for (int i = c.Index.First(kind); i >= 0; i = c.Index.Next(i))
        {
            int node = c.Index.Owner(i), parent = c.Index[node].Parent;
            LiveProperty ranges = c.Index.Property(i);
            if (parent < 0)
            {
                c.Fail(node, ranges, AddressFaults.RootRanges, name);
                continue;
            }
            int parentAddress = c.Index[parent].ChildAddressCells, parentSize = c.Index[parent].ChildSizeCells;
            int address = c.Index[node].ChildAddressCells, size = c.Index[node].ChildSizeCells;
            int length = ranges.Value.Length, entry = BytesOf(parentAddress + address + size);
            if (length == 0)
            {
                if (parentAddress != address)
                    c.Fail(node, ranges, AddressFaults.EmptyRangesAddress, name, address, c.Index[parent].Node, parentAddress);
                if (parentSize != size)
                    c.Fail(node, ranges, AddressFaults.EmptyRangesSize, name, size, c.Index[parent].Node, parentSize);
            }
            else if (!Values.IsMultiple(length, entry))
            {
                c.Fail(node, ranges, entry == 0 ? AddressFaults.RangesWithoutCells : AddressFaults.RangesLength,
                    name, length, parentAddress, address, size, entry);
            }
        }
    };

    public static void UnitAddressVersusReg(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (node.HasOverlayBody)
                continue;
            bool hasAddress = node.Has(KnownProperty.Reg) || c.Index.Find(i, KnownProperty.Ranges) is { Value.Length: > 0 };
            bool hasUnit = !node.Unit.IsEmpty;
            if (hasAddress && !hasUnit)
                c.Fail(i, i == 0 ? AddressFaults.RootAddress : AddressFaults.UnitMissing,
                    node.Has(KnownProperty.Reg) ? PropertyNames.Reg : PropertyNames.Ranges);
            else if (hasUnit && !hasAddress)
                c.Fail(i, AddressFaults.AddressMissing, node.Unit.ToString());
        }
    }

    public static void UnitAddressFormat(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            ReadOnlySpan<char> unit = node.Unit;
            if (unit.IsEmpty || unit[0] != '0' || (node.Parent >= 0 && c.Index[node.Parent].Bus != Bus.None))
                continue;
            if (unit.StartsWith("0x"))
            {
                c.Fail(i, AddressFaults.UnitPrefix, unit.ToString());
                unit = unit[2..];
            }
            if (unit.Length > 1 && unit[0] == '0' && char.IsAsciiHexDigit(unit[1]))
                c.Fail(i, AddressFaults.UnitZeros, unit.ToString());
        }
    }

    public static void AvoidDefaultAddressSize(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (!node.HasAny(RegOrRanges))
                continue;
            ref NodeState parent = ref c.Index[node.Parent];
            if (parent.AddressCells == -1)
                c.Fail(i, AddressFaults.DefaultAddressCells);
            if (parent.SizeCells == -1)
                c.Fail(i, AddressFaults.DefaultSizeCells);
        }
    }

    public static void AvoidUnnecessaryAddressSize(CheckContext c)
    {
        bool dmaRangesCount = c.Has(DtcChanges.DmaRangesCount), childRangesCount = c.Has(DtcChanges.ChildRangesCount);
        ulong counting = childRangesCount ? RegOrRanges : 1UL << (int)KnownProperty.Reg;
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            // A child that was deleted counts: dtc asks whether its list is empty.
            if (node.AddressCells < 0 || node.SizeCells < 0 || node.Has(KnownProperty.Ranges)
                || node.Node.Children.All.Count == 0)
                continue;
            if ((dmaRangesCount && node.Has(KnownProperty.DmaRanges)) || AnyChildHas(c, ref node, counting))
                continue;
            c.Fail(i, childRangesCount ? AddressFaults.UnusedCells
                : dmaRangesCount ? AddressFaults.UnusedCellsByReg : AddressFaults.UnusedCellsByRanges);
        }
    }

    private static bool AnyChildHas(CheckContext c, ref NodeState node, ulong properties)
    {
        for (int child = node.FirstChild; child >= 0; child = c.Index[child].NextSibling)
        {
            if (c.Index[child].HasAny(properties))
                return true;
        }
        return false;
    }

    /// <summary>The bytes of some cells, with the overflow of C for counts that no tree has.</summary>
    private static int BytesOf(int cells) => unchecked(cells * Values.CellBytes);
}
