using Gunyah.Abi.Memory;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>
/// Where things go in the primary VM's first range of RAM: the image at its start, the ramdisk at its end and the devicetree
/// below the ramdisk, so that the image has room to grow; neither of them where the board keeps memory for something else.
/// What the boot loader has left in that range already stays where it is.
/// </summary>
/// <param name="plan">What there is to place.</param>
/// <param name="reserved">Memory that the board's devicetree reserves.</param>
internal sealed class PrimaryLayout(PrimaryVmPlan plan, IReadOnlyList<MemoryBlock> reserved)
{
    /// <summary>Old arm64 kernels look for the devicetree and the ramdisk no further from themselves than this.</summary>
    private const ulong Reach = 0x2000_0000;

    /// <summary>
    /// A devicetree must not cross a boundary of this size, because a kernel may map just one such block early.
    /// </summary>
    private const ulong EarlyBlock = 0x20_0000;

    private readonly MemoryBlock _ram = plan.Memory[0];

    /// <summary>The first address of the image.</summary>
    public ulong ImageStart => IsInPlace(plan.Image) ? plan.Image.Base : _ram.Base;

    private ulong ImageEnd =>
        plan.Image.Size <= _ram.Base + _ram.Size - ImageStart ? ImageStart + plan.Image.Size : ulong.MaxValue;

    private ulong Top => _ram.Base + Math.Min(_ram.Size, Reach);

    /// <summary>True for what lies in the VM's memory from the start, where nothing needs to copy it.</summary>
    public bool IsInPlace(MemoryBlock block) =>
        new AddressRange(block.Base, block.Size) is { IsValid: true } range
            && new AddressRange(_ram.Base, _ram.Size).Contains(range);

    /// <summary>Finds the place of the ramdisk.</summary>
    /// <param name="ramdisk">Its place; null when the VM has none.</param>
    /// <returns>False where image and ramdisk do not fit the memory.</returns>
    public bool TryPlaceRamdisk(out MemoryBlock? ramdisk)
    {
        ramdisk = null;
        if (ImageEnd > Top)
            return false;
        if (plan.Ramdisk is not MemoryBlock source)
            return true;
        if (IsInPlace(source))
        {
            ramdisk = source;
            return true;
        }
        bool isPlaced = TryPlaceBelow(Top, source.Size, Page.Size, out ulong start);
        ramdisk = new(start, source.Size);
        return isPlaced;
    }

    /// <summary>Finds the place of the devicetree.</summary>
    /// <param name="size">Its size in bytes, at most 2 MiB.</param>
    /// <param name="ramdisk">Where the ramdisk is.</param>
    /// <param name="address">Where it goes.</param>
    /// <returns>False where there is no room.</returns>
    public bool TryPlaceDevicetree(ulong size, MemoryBlock? ramdisk, out ulong address)
    {
        ulong end = Math.Min(ramdisk?.Base ?? Top, Top);
        return TryPlaceBelow(end, size, EarlyBlock, out address) || TryPlaceBelow(end, size, Page.Size, out address);
    }

    private bool TryPlaceBelow(ulong end, ulong size, ulong alignment, out ulong address)
    {
        // Each round either ends or goes below a reserved block, of which there are as many as the tree has room for.
        while (true)
        {
            address = 0;
            if (end < _ram.Base || size > end - _ram.Base)
                return false;
            address = (end - size) & ~(alignment - 1);
            if (address < ImageEnd)
                return false;
            var place = new AddressRange(address, size);
            MemoryBlock[] inTheWay =
                [.. reserved.Where(block => new AddressRange(block.Base, block.Size) is { IsValid: true } range
                && range.Overlaps(place))];
            if (inTheWay.Length == 0)
                return true;
            end = inTheWay.Min(block => block.Base);
        }
    }
}
