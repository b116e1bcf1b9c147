using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Abi;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Services.Vms;

/// <summary>The devicetree inside a VM's image, read from and written to the VM's memory.</summary>
internal static class ParcelTree
{
    private const int TotalSizeOffset = 4;
    private const int HeaderSize = 40;

    /// <summary>Reads the tree.</summary>
    /// <param name="window">Where to map the memory meanwhile.</param>
    /// <param name="image">Where the tree lies.</param>
    /// <param name="tree">The tree, on success.</param>
    /// <param name="blob">The bytes that it was read from, exactly as many as its header says.</param>
    /// <returns>Why there is no tree; null on success.</returns>
    public static string? Read(MemoryWindow window, VmImage image, out Tree? tree, out byte[] blob)
    {
        tree = null;
        blob = [];
        if (window.Open(image.Parcel.Pieces, image.DevicetreeOffset, image.DevicetreeSize, out MemoryView view)
            .Failed(out GunyahError error))
            return $"the memory of the devicetree cannot be mapped: {error}";
        bool isRead = TryReadBlob(view, image.DevicetreeSize, out byte[]? bytes);
        view.Close();
        if (!isRead)
            return "the devicetree does not fit the room that it was given";
        blob = bytes!;
        return FdtReader.TryRead(blob, out tree, out FdtError? malformed, DevicetreeLimits.Reading) ? null : malformed.ToString();
    }

    /// <summary>Writes a tree in the place of the one that was read.</summary>
    /// <returns>Why it could not be written; null on success.</returns>
    public static string? Write(MemoryWindow window, VmImage image, ReadOnlySpan<byte> blob)
    {
        if ((ulong)blob.Length > image.DevicetreeSize)
            return $"the finished devicetree has {blob.Length} bytes and {image.DevicetreeSize} bytes of room";
        if (window.Open(image.Parcel.Pieces, image.DevicetreeOffset, (ulong)blob.Length, out MemoryView view)
            .Failed(out GunyahError error))
            return $"the memory of the devicetree cannot be mapped: {error}";
        bool isWritten = view.TryWrite(0, blob);
        view.Close();
        return isWritten ? null : "the devicetree cannot be written";
    }

    /// <summary>Copies as many bytes as the header promises; what the reader judges is then the copy.</summary>
    private static bool TryReadBlob(MemoryView view, ulong room, [NotNullWhen(true)] out byte[]? blob)
    {
        blob = null;
        Span<byte> header = stackalloc byte[HeaderSize];
        if (room < HeaderSize || !view.TryRead(0, header))
            return false;
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header[TotalSizeOffset..]);
        if (size is < HeaderSize or > DevicetreeLimits.MaxSize || size > room)
            return false;
        blob = new byte[size];
        return view.TryRead(0, blob);
    }
}
