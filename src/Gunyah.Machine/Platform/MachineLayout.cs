using System.Collections.Immutable;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Configuration;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.Machine.Platform;

/// <summary>Where a machine has memory.</summary>
/// <param name="Primary">The primary VM's RAM, mapped one to one.</param>
/// <param name="Root">The root VM's RAM, which no bank of the board overlaps.</param>
internal readonly record struct MachineLayout(MemoryRange Primary, MemoryRange Root)
{
    /// <summary>Where the primary VM's RAM begins on boards whose tree leaves even that to the boot loader.</summary>
    private const ulong DefaultBase = 0x8000_0000;

    /// <summary>
    /// What the primary VM loses beside its devicetree and its ramdisk: the page of its image, the alignment of the tree, which
    /// may be as much as this, and what the Resource Manager adds to the tree.
    /// </summary>
    private const ulong PrimaryOverhead = Page.Size + 0x20_0000 + 0x1_0000;

    private const ulong RootAlignment = 0x20_0000;

    /// <summary>The lowest address for the root VM, clear of the addresses where boards have their boot ROM.</summary>
    private const ulong LowestRoot = 0x1000_0000;

    /// <summary>All RAM of the machine.</summary>
    public ImmutableArray<MemoryRange> Ranges => [Primary, Root];

    /// <summary>How much memory the primary VM can lend to one VM in one piece; 0 where it needs everything itself.</summary>
    /// <param name="tree">The size of the base devicetree in bytes.</param>
    /// <param name="ramdisk">The size of the launch plan in bytes.</param>
    public ulong RoomForVms(ulong tree, ulong ramdisk)
    {
        ulong own = PrimaryOverhead + Page.RoundUp(tree) + Page.RoundUp(ramdisk);
        return Primary.Size > own ? Primary.Size - own : 0;
    }

    /// <summary>Lays a machine out over a board.</summary>
    /// <param name="board">The primary VM's base devicetree.</param>
    /// <param name="machine">The sizes.</param>
    /// <param name="layout">The layout, on success.</param>
    /// <returns>Why there is none; null where there is one.</returns>
    public static string? TryPlace(Tree board, MachineConfiguration machine, out MachineLayout layout)
    {
        layout = default;
        if (!AddressReader.TryGetMemory(board, out IReadOnlyList<AddressRegion>? banks, out string? unreadable))
            return $"the memory banks cannot be read: {unreadable}";

        AddressRegion[] usable = [.. banks.Where(bank => bank.Size >= Page.Size)];
        // Banks beyond the address limit are memory that this machine does not have; the Resource Manager says so in the tree.
        AddressRegion? bank = FirstReachable(usable);
        // A bank without a size still says where RAM begins: the boot loader fills in the size, and here the machine does.
        ulong start = bank?.Address ?? FirstReachable(banks.Where(static bank => bank.Address != 0))?.Address ?? DefaultBase;
        ulong size = Math.Min(Math.Min(bank?.Size ?? ulong.MaxValue, machine.Primary.Memory),
            BootCapabilities.WindowBase - start) & ~(Page.Size - 1);
        var primary = new MemoryRange(start, size);
        return TryPlaceRoot(usable, primary, machine.ResourceManagerMemory, out MemoryRange root)
            ? Use(new(primary, root), out layout)
            : $"there is no room of {machine.ResourceManagerMemory} bytes outside the board's memory banks for the root VM";
    }

    private static AddressRegion? FirstReachable(IEnumerable<AddressRegion> banks) =>
        banks.Where(static bank => bank.Address < BootCapabilities.WindowBase && Page.IsAligned(bank.Address))
        .Select(static bank => (AddressRegion?)bank).FirstOrDefault();

    private static string? Use(MachineLayout found, out MachineLayout layout)
    {
        layout = found;
        return null;
    }

    private static bool TryPlaceRoot(AddressRegion[] banks, MemoryRange primary, ulong size, out MemoryRange root)
    {
        // The candidates are the aligned addresses right behind something; the lowest that overlaps nothing is taken.
        AddressRegion[] taken = [.. banks, new(primary.Base, primary.Size)];
        foreach (ulong end in taken.Select(static region => region.Address + region.Size).Append(LowestRoot).Order())
        {
            if (end > BootCapabilities.WindowBase - size - RootAlignment)
                break;
            ulong start = (end + RootAlignment - 1) & ~(RootAlignment - 1);
            root = new(start, size);
            if (!taken.Any(region => Overlap(region, start, size)))
                return true;
        }

        root = default;
        return false;
    }

    private static bool Overlap(AddressRegion bank, ulong start, ulong size) =>
        bank.Address < start + size && start < bank.Address + Math.Min(bank.Size, ulong.MaxValue - bank.Address);
}
