using System.Collections.Immutable;
using System.Globalization;
using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;
using Gunyah.Virtio.Transport;

namespace Gunyah.Machine.Platform;

/// <summary>A device's place on a board.</summary>
/// <param name="Address">Where its registers are.</param>
/// <param name="Intid">Its shared interrupt.</param>
internal readonly record struct BoardPlace(ulong Address, uint Intid);

/// <summary>
/// Adds virtio devices to a board that knows nothing of them: registers where nothing else is, and interrupts that nothing
/// else has.
/// </summary>
internal static class VirtioNodes
{
    /// <summary>Where to begin to look: QEMU's "virt" has its own there.</summary>
    private const ulong FirstAddress = 0x0A00_0000;
    private const uint FirstNumber = 16;

    private const uint SharedPeripheral = 0;
    private const uint LevelHigh = 4;
    private const uint InterruptCells = 3;

    /// <summary>Adds nodes to a board.</summary>
    /// <param name="board">The tree; changed.</param>
    /// <param name="count">How many devices.</param>
    /// <param name="places">Where they are.</param>
    /// <returns>Why there can be none; null where all were added.</returns>
    public static string? TryAdd(Tree board, int count, out ImmutableArray<BoardPlace> places)
    {
        places = [];
        if (count == 0)
            return null;
        Node? controller = board.Root.SelfAndDescendants().FirstOrDefault(static node => node.IsCompatible("arm,gic-v3"));
        if (controller?.Property("phandle") is not { } property || !property.TryGetU32(out uint handle)
            || controller.Property("#interrupt-cells") is not { } cells || !cells.TryGetU32(out uint perInterrupt)
            || perInterrupt != InterruptCells)
            return "it has no GICv3 with interrupts of three cells, which virtio devices need";

        MemoryRange[] taken = [.. board.Root.SelfAndDescendants().SelectMany(Regions)];
        var numbers = board.Root.SelfAndDescendants().SelectMany(node => SharedNumbers(board, node)).ToHashSet();
        var made = ImmutableArray.CreateBuilder<BoardPlace>(count);
        var range = new MemoryRange(FirstAddress, VirtioMmio.Size);
        uint number = FirstNumber;
        for (; made.Count < count; range = new(range.End, range.Size))
        {
            if (taken.Any(range.Overlaps))
                continue;
            while (numbers.Contains(number))
                number++;
            if (InterruptIds.FirstSpi + number > InterruptIds.LastSpi)
                return "all of its interrupts are taken";
            Add(board.Root, range, handle, number);
            made.Add(new(range.Base, InterruptIds.FirstSpi + number));
            number++;
        }

        places = made.MoveToImmutable();
        return null;
    }

    private static void Add(Node root, MemoryRange range, uint controller, uint number)
    {
        Node node = root.AddChild(string.Create(CultureInfo.InvariantCulture, $"virtio_mmio@{range.Base:x}"));
        node.SetString("compatible", "virtio,mmio");
        node.SetCells("reg",
        [
            .. Cells(range.Base, AddressReader.AddressCells(root) ?? 2), .. Cells(range.Size, AddressReader.SizeCells(root) ?? 1),
        ]);
        node.SetCells("interrupt-parent", controller);
        node.SetCells("interrupts", SharedPeripheral, number, LevelHigh);
        node.Set("dma-coherent", default);
    }

    private static uint[] Cells(ulong value, uint count) => count == 1 ? [(uint)value] : [(uint)(value >> 32), (uint)value];

    /// <summary>Whatever a bus says about them: an address that is taken twice is worse than one that is left out.</summary>
    private static IEnumerable<MemoryRange> Regions(Node node) =>
        AddressReader.TryGetRegions(node, out IReadOnlyList<AddressRegion>? regions, out _)
            ? regions.Where(static region => region.Size > 0 && region.Address + region.Size > region.Address)
                .Select(static region => new MemoryRange(region.Address, region.Size))
            : [];

    private static IEnumerable<uint> SharedNumbers(Tree board, Node node) =>
        InterruptReader.TryGetInterrupts(board, node, out IReadOnlyList<InterruptSpecifier>? interrupts, out _)
            ? interrupts.Where(static interrupt => interrupt.Cells is [SharedPeripheral, _, ..])
                .Select(static interrupt => interrupt.Cells[1])
            : [];
}
