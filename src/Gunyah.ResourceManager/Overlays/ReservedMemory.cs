using Devicetree;
using Devicetree.Interpretation;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Overlays;

/// <summary>Memory that a board's devicetree keeps for firmware and devices.</summary>
internal static class ReservedMemory
{
    /// <summary>
    /// The fixed regions of <c>/reserved-memory</c> and the entries of the reservation block. What cannot be read is no region:
    /// a guest cannot read it either.
    /// </summary>
    public static IReadOnlyList<MemoryBlock> Of(Tree board)
    {
        var blocks = new List<MemoryBlock>();
        foreach (MemoryReservation reservation in board.Reservations)
            blocks.Add(new(reservation.Address, reservation.Size));
        foreach (Node node in board.Root.Child("reserved-memory")?.Children ?? [])
        {
            if (AddressReader.TryGetRegions(node, out IReadOnlyList<AddressRegion>? regions, out _))
                blocks.AddRange(regions.Select(region => new MemoryBlock(region.Address, region.Size)));
        }
        return blocks;
    }
}
