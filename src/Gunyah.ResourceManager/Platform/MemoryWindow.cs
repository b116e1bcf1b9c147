using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.ResourceManager.Platform;

/// <summary>A piece of memory as the hypervisor knows it.</summary>
/// <param name="Extent">The whole of this extent.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct MemoryPiece(CapId Extent, ulong Size);

/// <summary>
/// The part of the Resource Manager's own address space where it maps the memory of VMs for as long as it reads or writes a
/// devicetree there. Nothing of its own lies from <see cref="BootCapabilities.WindowBase"/> on.
/// </summary>
internal sealed class MemoryWindow(IVcpu vcpu, CapId addressSpace)
{
    /// <summary>Maps those pieces, one behind the other, that hold any byte of a range.</summary>
    /// <param name="pieces">Memory in the order in which a VM sees it as one range.</param>
    /// <param name="offset">The first byte wanted, from the start of the first piece.</param>
    /// <param name="size">How many bytes are wanted, at least 1.</param>
    /// <param name="view">The bytes; must be closed before another view is opened.</param>
    public GunyahError Open(IEnumerable<MemoryPiece> pieces, ulong offset, ulong size, out MemoryView view)
    {
        view = new MemoryView(vcpu, addressSpace);
        ulong start = 0;
        foreach (MemoryPiece piece in pieces)
        {
            bool wanted = start < offset + size && start + piece.Size > offset;
            if (wanted)
            {
                GunyahError error = view.Append(piece, offset > start ? offset - start : 0);
                if (error != GunyahError.Ok)
                {
                    view.Close();
                    return error;
                }
            }
            start += piece.Size;
        }
        if (start >= offset + size)
            return GunyahError.Ok;
        view.Close();
        return GunyahError.AddressInvalid;
    }
}

/// <summary>Memory of a VM that the Resource Manager has mapped for a moment.</summary>
internal sealed class MemoryView(IVcpu vcpu, CapId addressSpace)
{
    private readonly List<(CapId Extent, ulong Address)> _mapped = [];
    private ulong _next = BootCapabilities.WindowBase;
    private ulong _start = BootCapabilities.WindowBase;

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">From the first byte that the view was opened for.</param>
    /// <param name="destination">Takes them.</param>
    public bool TryRead(ulong offset, Span<byte> destination) => vcpu.TryRead(_start + offset, destination);

    /// <summary>Writes bytes; where it fails nothing was written.</summary>
    /// <param name="offset">From the first byte that the view was opened for.</param>
    /// <param name="source">The bytes.</param>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source) => vcpu.TryWrite(_start + offset, source);

    /// <summary>Takes the memory out of the Resource Manager's address space again.</summary>
    public void Close()
    {
        foreach ((CapId extent, ulong address) in _mapped)
            vcpu.Unmap(addressSpace, extent, address);
        _mapped.Clear();
    }

    internal GunyahError Append(MemoryPiece piece, ulong skip)
    {
        if (piece.Size > GuestAddressSpace.End - _next)
            return GunyahError.AddressOverflow;
        GunyahError error = vcpu.Map(addressSpace, piece.Extent, _next, MemoryAccess.ReadWrite);
        if (error != GunyahError.Ok)
            return error;
        if (_mapped.Count == 0)
            _start = _next + skip;
        _mapped.Add((piece.Extent, _next));
        _next += piece.Size;
        return GunyahError.Ok;
    }
}
