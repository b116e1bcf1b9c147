using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Memory;
using Gunyah.ResourceManager.Boot;

namespace Gunyah.Machine.Platform;

/// <summary>
/// Puts what the Resource Manager starts from into the root VM's memory, one thing behind the other on page boundaries, as a
/// boot loader does.
/// </summary>
internal sealed class BootImages(PhysicalMemory memory, MemoryRange root)
{
    private ulong _next = root.Base;

    /// <summary>How many bytes did not fit; 0 while everything did.</summary>
    public ulong Missing { get; private set; }

    /// <summary>Adds some bytes.</summary>
    /// <returns>Where they are; nothing that can be used once something did not fit.</returns>
    public MemoryBlock Add(ReadOnlySpan<byte> bytes)
    {
        var block = new MemoryBlock(_next, (ulong)bytes.Length);
        ulong taken = Page.RoundUp(block.Size);
        if (taken > root.End - _next)
        {
            Missing += taken - (root.End - _next);
            return block;
        }

        memory.TryWrite(block.Base, bytes);
        _next += taken;
        return block;
    }
}
