using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.Platform;

/// <summary>Reads the devicetree from a guest's memory, by the arm64 boot protocol: at the address in X0 at the start.</summary>
public static class DevicetreeLoader
{
    /// <summary>The largest blob that the arm64 boot protocol allows, in bytes.</summary>
    public const int MaxSize = 2 * 1024 * 1024;

    private const int Alignment = 8;
    private const int HeadSize = 2 * sizeof(uint);
    private const uint Magic = 0xD00D_FEED;

    private static readonly FdtReaderOptions _limits = new() { MaxTotalSize = MaxSize, MaxDepth = 64 };

    /// <summary>Reads the tree at an address.</summary>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="address">The blob's address, a multiple of 8.</param>
    /// <param name="tree">The tree, null on error.</param>
    /// <param name="reason">Why there is none, null if there is.</param>
    public static bool TryLoad(
        GuestMemory memory, ulong address, [NotNullWhen(true)] out Tree? tree, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(memory);
        tree = null;
        reason = null;
        Span<byte> head = stackalloc byte[HeadSize];
        if (address % Alignment != 0)
            reason = $"0x{address:x} is not a multiple of {Alignment}";
        else if (!memory.TryRead(address, head))
            reason = $"there is no memory at 0x{address:x}";
        else if (BinaryPrimitives.ReadUInt32BigEndian(head) != Magic)
            reason = $"there is no devicetree at 0x{address:x}";
        else if (BinaryPrimitives.ReadUInt32BigEndian(head[sizeof(uint)..]) is var size && size > MaxSize)
            reason = $"the devicetree at 0x{address:x} claims {size} bytes, more than {MaxSize}";
        else
            tree = Read(memory, address, (int)size, out reason);
        return tree is not null;
    }

    private static Tree? Read(GuestMemory memory, ulong address, int size, out string? reason)
    {
        var blob = new byte[size];
        if (!memory.TryRead(address, blob))
        {
            reason = $"the devicetree's {size} bytes at 0x{address:x} are not all mapped";
            return null;
        }
        FdtReader.TryRead(blob, out Tree? tree, out FdtError? error, _limits);
        reason = error?.ToString();
        return tree;
    }
}
