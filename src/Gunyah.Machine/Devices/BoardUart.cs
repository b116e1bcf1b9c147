using Devicetree;
using Devicetree.Interpretation;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Machine.Devices;

/// <summary>The PL011 of a board, as its devicetree describes it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Intid">Its shared interrupt; null where the tree gives it none that this machine can raise.</param>
internal readonly record struct BoardUart(ulong Address, uint? Intid)
{
    private const string Compatible = "arm,pl011";
    private const uint SharedPeripheral = 0;

    /// <summary>Finds the first that is in use.</summary>
    /// <returns>Null if the board has none whose address is readable.</returns>
    public static BoardUart? Find(Tree board)
    {
        foreach (Node node in board.Root.SelfAndDescendants())
        {
            if (node.IsCompatible(Compatible) && !IsDisabled(node) && HasCpuAddresses(node)
                && AddressReader.TryGetRegions(node, out IReadOnlyList<AddressRegion>? regions, out _) && regions.Count > 0
                && regions[0].Address <= ulong.MaxValue - Pl011Registers.Size)
                return new(regions[0].Address, FindInterrupt(board, node));
        }

        return null;
    }

    private static bool IsDisabled(Node node) =>
        node.Property("status") is { } status && status.TryGetString(out string? value) && value is not ("okay" or "ok");

    /// <summary>The addresses of a bus below the root are those of the CPU where its empty <c>ranges</c> says so.</summary>
    private static bool HasCpuAddresses(Node node)
    {
        for (Node? bus = node.Parent; bus?.Parent is not null; bus = bus.Parent)
        {
            if (bus.Property("ranges") is not { Value.IsEmpty: true })
                return false;
        }

        return true;
    }

    private static uint? FindInterrupt(Tree board, Node node) =>
        InterruptReader.TryGetInterrupts(board, node, out IReadOnlyList<InterruptSpecifier>? interrupts, out _)
            && interrupts.Count > 0 && interrupts[0].Cells is [SharedPeripheral, var number, _, ..]
            && number <= InterruptIds.LastSpi - InterruptIds.FirstSpi
            ? InterruptIds.FirstSpi + number
            : null;
}
