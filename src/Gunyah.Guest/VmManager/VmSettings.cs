using System.Collections.Immutable;
using Gunyah.Abi.Memory;

namespace Gunyah.Guest.VmManager;

/// <summary>What a VM is made of: its memory, image and devicetree.</summary>
public sealed record VmSettings
{
    /// <summary>Room that the Resource Manager's overlay may need besides the tree itself (gunyah-rm.md 7.3 and Q-08).</summary>
    private const ulong OverlayRoom = 16 * 1024;

    /// <summary>
    /// Where the VM's memory lies in the owner's address space; page aligned. The owner loses access to it until the VM is
    /// destroyed.
    /// </summary>
    public required ulong MemoryAddress { get; init; }

    /// <summary>The size of the VM's memory in bytes; whole pages.</summary>
    public required ulong MemorySize { get; init; }

    /// <summary>The image; it goes to the beginning of the memory, where the first vCPU starts.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The devicetree with the VM's configuration, as <see cref="VmConfiguration.ToBlob"/> makes it.</summary>
    public required ReadOnlyMemory<byte> Devicetree { get; init; }

    /// <summary>True to share the memory instead of lending it; only debug builds of the Resource Manager take that.</summary>
    public bool SharesMemory { get; init; }

    /// <summary>Further memory for the VM, lent or shared before its image is configured.</summary>
    public ImmutableArray<VmMemoryRegion> MoreMemory { get; init; } = [];

    /// <summary>
    /// Answers a vCPU's access to an address where it has no memory; null reads zeros and ignores writes.
    /// </summary>
    public Func<VmmioAccess, ulong>? Vmmio { get; init; }

    /// <summary>How long a step that waits for the VM itself (its end, its reset) may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the devicetree goes, from the beginning of the memory: behind the image, at a page.</summary>
    internal ulong DevicetreeOffset => Page.RoundUp((ulong)Image.Length);

    /// <summary>The room for the devicetree and what the Resource Manager adds to it.</summary>
    internal ulong DevicetreeSize => Page.RoundUp(2 * ((ulong)Devicetree.Length + OverlayRoom));

    /// <summary>Why these settings cannot make a VM; null if nothing speaks against it.</summary>
    internal string? Problem
    {
        get
        {
            if (!Page.IsAligned(MemoryAddress) || !Page.IsAligned(MemorySize) || MemorySize == 0)
                return "the memory is not made of whole pages";
            if (DevicetreeOffset + DevicetreeSize > MemorySize)
                return $"image and devicetree need {DevicetreeOffset + DevicetreeSize} bytes, the memory has {MemorySize}";
            return MoreMemory.Any(region => !Page.IsAligned(region.Address) || !Page.IsAligned(region.Size) || region.Size == 0)
                ? "further memory is not made of whole pages"
                : null;
        }
    }
}

/// <summary>A range of the owner's memory that a VM gets.</summary>
/// <param name="Label">What it is for; 0 is further RAM.</param>
/// <param name="Address">Where it lies in the owner's address space; page aligned.</param>
/// <param name="Size">Its size in bytes; whole pages.</param>
/// <param name="IsShared">True if the owner keeps access.</param>
public sealed record VmMemoryRegion(uint Label, ulong Address, ulong Size, bool IsShared = false);

/// <summary>A vCPU's access to an address where it has no memory.</summary>
/// <param name="Address">The address in the VM.</param>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
/// <param name="IsWrite">True for a write.</param>
/// <param name="Value">The value written; 0 for a read.</param>
public readonly record struct VmmioAccess(ulong Address, ulong Size, bool IsWrite, ulong Value);
