using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Cell counts, the forms of <c>reg</c> and <c>ranges</c>, and what is said about them in between.</summary>
internal static class AddressChecks
{
    private const ulong RegOrRanges = (1UL << (int)KnownProperty.Reg) | (1UL << (int)KnownProperty.Ranges);

    private const string RemoveFromRoot = "Remove it: the root is on no bus.";
    private const string EmptyRanges = "Give both nodes the same cell counts, or write the entries: child's address, parent's address, size.";

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
                c.FailElsewhere(node, null, reg, $"Root node has a \"reg\" property", RemoveFromRoot);
                continue;
            }
            int length = reg.Value.Length;
            if (length == 0)
                c.Fail(node, reg, $"property is empty", "Give it an address, or remove it.");
            int addressCells = c.Index[parent].ChildAddressCells, sizeCells = c.Index[parent].ChildSizeCells;
            if (!Values.IsMultiple(length, BytesOf(addressCells + sizeCells)))
                c.Fail(node, reg, $"property has invalid length ({length} bytes) (#address-cells == {addressCells}, #size-cells == {sizeCells})");
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
                c.Fail(node, ranges, $"Root node has a \"{name}\" property", RemoveFromRoot);
                continue;
            }
            int parentAddress = c.Index[parent].ChildAddressCells, parentSize = c.Index[parent].ChildSizeCells;
            int address = c.Index[node].ChildAddressCells, size = c.Index[node].ChildSizeCells;
            int length = ranges.Value.Length;
            if (length == 0)
            {
                if (parentAddress != address)
                    c.Fail(node, ranges, $"empty \"{name}\" property but its #address-cells ({address}) differs from {c.PathOf(parent)} ({parentAddress})", EmptyRanges);
                if (parentSize != size)
                    c.Fail(node, ranges, $"empty \"{name}\" property but its #size-cells ({size}) differs from {c.PathOf(parent)} ({parentSize})", EmptyRanges);
            }
            else if (!Values.IsMultiple(length, BytesOf(parentAddress + address + size)))
            {
                c.Fail(node, ranges,
                    $"\"{name}\" property has invalid length ({length} bytes) (parent #address-cells == {parentAddress}, child #address-cells == {address}, #size-cells == {size})");
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
                c.Fail(i, $"node has a reg or ranges property, but no unit name", i == 0 ? RemoveFromRoot : "Put '@' and the first address after the name.");
            else if (hasUnit && !hasAddress)
                c.Fail(i, $"node has a unit name, but no reg or ranges property", "Add 'reg', or remove '@' and what follows it from the name.");
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
                c.Fail(i, $"unit name should not have leading \"0x\"");
                unit = unit[2..];
            }
            if (unit.Length > 1 && unit[0] == '0' && char.IsAsciiHexDigit(unit[1]))
                c.Fail(i, $"unit name should not have leading 0s");
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
                c.Fail(i, $"Relying on default #address-cells value");
            if (parent.SizeCells == -1)
                c.Fail(i, $"Relying on default #size-cells value");
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
            if (node.AddressCells < 0 || node.SizeCells < 0 || node.Has(KnownProperty.Ranges) || node.Node.Children.All.Count == 0)
                continue;
            if ((dmaRangesCount && node.Has(KnownProperty.DmaRanges)) || AnyChildHas(c, ref node, counting))
                continue;
            if (childRangesCount)
                c.Fail(i, $"unnecessary #address-cells/#size-cells without \"ranges\", \"dma-ranges\" or child \"reg\" or \"ranges\" property");
            else if (dmaRangesCount)
                c.Fail(i, $"unnecessary #address-cells/#size-cells without \"ranges\", \"dma-ranges\" or child \"reg\" property");
            else
                c.Fail(i, $"unnecessary #address-cells/#size-cells without \"ranges\" or child \"reg\" property");
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
