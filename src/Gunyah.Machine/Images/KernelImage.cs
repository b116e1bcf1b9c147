using System.Collections.Immutable;
using Gunyah.Hypervisor.Memory;

namespace Gunyah.Machine.Images;

/// <summary>What a kernel file is.</summary>
internal enum KernelFormat
{
    /// <summary>The <c>Image</c> of arm64 Linux, and of those who took over its header.</summary>
    LinuxImage,

    /// <summary>An executable in ELF, linked for addresses in the VM's memory.</summary>
    Elf,

    /// <summary>Bytes, of which the first is the first instruction.</summary>
    Raw,
}

/// <summary>A part of a kernel file and its place in the VM's memory.</summary>
/// <param name="Offset">Where it is in the file.</param>
/// <param name="Size">How many bytes of the file.</param>
/// <param name="Address">Where they go.</param>
internal readonly record struct KernelSegment(ulong Offset, ulong Size, ulong Address);

/// <summary>Why a kernel file cannot be used.</summary>
/// <param name="Reason">A phrase without a full stop.</param>
/// <param name="Offset">Where in the file what it says stands; null for the whole file.</param>
internal sealed record KernelProblem(string Reason, ulong? Offset = null);

/// <summary>A kernel file that was understood: what goes where, and where it starts.</summary>
/// <param name="Format">What it is.</param>
/// <param name="File">The file, unpacked.</param>
/// <param name="Segments">What goes where. What it has beyond that is zero, as memory is at first.</param>
/// <param name="Place">All of the memory that it takes.</param>
/// <param name="Entry">The address of the first instruction.</param>
internal sealed record KernelImage(
    KernelFormat Format, GuestFile File, ImmutableArray<KernelSegment> Segments, MemoryRange Place, ulong Entry)
{
    private const int Piece = 256 * 1024;

    /// <summary>Puts it into memory.</summary>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void Load(PhysicalMemory memory)
    {
        foreach (KernelSegment segment in Segments)
            Load(memory, File, segment);
    }

    /// <summary>Puts a part of a file into memory.</summary>
    internal static void Load(PhysicalMemory memory, GuestFile file, KernelSegment segment)
    {
        var piece = new byte[(int)Math.Min(segment.Size, Piece)];
        for (ulong done = 0; done < segment.Size; done += (ulong)piece.Length)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min((ulong)piece.Length, segment.Size - done));
            file.Read(segment.Offset + done, part);
            memory.TryWrite(segment.Address + done, part);
        }
    }
}
