using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>
/// Where an access went that was allowed, for the next one nearby: as long as the translations are the same tree, which never
/// changes, neither they nor the host memory behind them need be looked up again. It holds nothing that was never written: that
/// has no host memory yet.
/// </summary>
internal struct MemoryWindow
{
    private AddressTree<StageTwoEntry>? _entries;
    private ulong _base;
    private ulong _size;
    private MemoryAccess _allowed;
    private byte[]? _bytes;
    private int _start;

    /// <summary>The bytes of an access that is allowed and lies inside.</summary>
    /// <param name="entries">The translations at this moment.</param>
    /// <param name="address">The first address.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="needed">The access.</param>
    /// <param name="found">The bytes themselves.</param>
    /// <returns>False where the access must be looked at whole.</returns>
    public readonly bool TryFind(
        AddressTree<StageTwoEntry>? entries, ulong address, int length, MemoryAccess needed, out Span<byte> found)
    {
        ulong within = address - _base;
        if (_entries != entries || within >= _size || (ulong)length > _size - within || (_allowed & needed) != needed)
        {
            found = default;
            return false;
        }

        found = _bytes.AsSpan(_start + (int)within, length);
        return true;
    }

    /// <summary>Moves to where an access went.</summary>
    /// <param name="entries">The translations that it used.</param>
    /// <param name="entry">The one of its first byte.</param>
    /// <param name="address">Its address.</param>
    /// <param name="physical">The memory.</param>
    public void Move(
        AddressTree<StageTwoEntry>? entries, in StageTwoEntry entry, ulong address, PhysicalMemory physical)
    {
        ulong at = entry.Physical + (address - entry.Guest.Base);
        if (!physical.TryGetPiece(at, out MemoryRange piece, out ArraySegment<byte> bytes))
            return;
        // The part of the piece that the entry leads to: the piece may begin before it and end behind it.
        ulong first = Math.Max(piece.Base, entry.Physical);
        ulong end = Math.Min(piece.End, entry.Physical + entry.Guest.Size);
        _entries = entries;
        _base = entry.Guest.Base + (first - entry.Physical);
        _size = end - first;
        _allowed = MapAttributes.KernelAccess(entry.Attributes);
        _bytes = bytes.Array;
        _start = bytes.Offset + (int)(first - piece.Base);
    }
}
