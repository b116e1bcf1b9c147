using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Memory;

/// <summary>A range of addresses, half open: <see cref="Base"/> up to but not including <see cref="End"/>.</summary>
/// <param name="Base">The first address.</param>
/// <param name="Size">The size in bytes.</param>
public readonly record struct MemoryRange(ulong Base, ulong Size)
{
    /// <summary>The first address after the range.</summary>
    public ulong End => Base + Size;

    internal bool IsPageAligned => Page.IsAligned(Base) && Page.IsAligned(Size);

    internal bool Wraps => Base + Size < Base;

    /// <summary>True if all of a range lies in this one; one that wraps does not.</summary>
    /// <param name="address">Its first address.</param>
    /// <param name="size">Its size in bytes.</param>
    public bool Contains(ulong address, ulong size) => address >= Base && size <= Size && address - Base <= Size - size;

    internal bool Contains(MemoryRange other) => Contains(other.Base, other.Size);

    /// <summary>True if the two, neither of which wraps, have an address in common.</summary>
    public bool Overlaps(MemoryRange other) => Base < other.End && other.Base < End;
}
