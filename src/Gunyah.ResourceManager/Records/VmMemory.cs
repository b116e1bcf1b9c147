using Gunyah.Abi;

namespace Gunyah.ResourceManager.Records;

/// <summary>Memory that a VM owns: a range of its addresses that is one extent.</summary>
/// <param name="Range">Where the VM sees it.</param>
/// <param name="Extent">The extent, in the Resource Manager's capability space.</param>
internal readonly record struct OwnedMemory(AddressRange Range, CapId Extent);

/// <summary>The books on one VM's guest-physical addresses.</summary>
/// <param name="allocatable">Where the Resource Manager may choose addresses for memory that the VM accepts.</param>
internal sealed class VmMemory(AddressRange allocatable)
{
    /// <summary>Regions at least this large are put at a multiple of it, so that they can be mapped by large blocks.</summary>
    private const ulong LargeBlock = 0x20_0000;

    private readonly List<OwnedMemory> _owned = [];

    /// <summary>The parts of the VM's own memory that are lent or shared.</summary>
    public RangeSet GivenAway { get; } = new();

    /// <summary>The addresses at which there is something, or which are promised.</summary>
    public RangeSet Used { get; } = new();

    public IReadOnlyList<OwnedMemory> Owned => _owned;

    /// <summary>Gives the VM memory of its own.</summary>
    public void AddOwned(OwnedMemory memory)
    {
        _owned.Add(memory);
        Used.TryAdd(memory.Range);
    }

    /// <summary>The memory of the VM that holds all of a range.</summary>
    public bool TryFindOwned(AddressRange range, out OwnedMemory memory)
    {
        foreach (OwnedMemory candidate in _owned)
        {
            if (candidate.Range.Contains(range))
            {
                memory = candidate;
                return true;
            }
        }
        memory = default;
        return false;
    }

    /// <summary>A free address for a region that the VM accepts; null when there is no room.</summary>
    public ulong? FindFree(ulong size) =>
        Used.FindFree(allocatable, size, size >= LargeBlock ? LargeBlock : Abi.Memory.Page.Size);
}
