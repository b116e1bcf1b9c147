using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>
/// Reads flattened devicetrees of versions 16 and 17 (newer ones when they call themselves compatible). Everything that is read
/// is checked, more strictly than libfdt does it:
/// <list type="bullet">
/// <item>blocks lie inside the blob, on their boundaries, and do not overlap;</item>
/// <item>the structure block follows its grammar (properties before children), fills its stated size exactly and holds one
/// root;</item>
/// <item>names are terminated, legal and unique among siblings; no two nodes have the same phandle.</item>
/// </list>
/// What dtc, libfdt, QEMU and boot loaders write is accepted, also with bytes after the blob, gaps between blocks, NOP tags and
/// pad bytes that are not zero. What is refused, and why, the rules of <see cref="BlobRules"/> say.
/// </summary>
public static class FdtReader
{
    /// <summary>Whether bytes begin as a blob does, and not as a source.</summary>
    public static bool IsBlob(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(bytes) == FdtFormat.Magic;

    /// <summary>
    /// Reads a blob. The bytes are copied first, so the tree does not change when the blob does (it may lie in a guest's memory).
    /// </summary>
    /// <param name="blob">The blob; bytes after its total size are ignored.</param>
    /// <param name="tree">The tree, null on error.</param>
    /// <param name="error">What is wrong and at which offset, null when nothing is.</param>
    /// <param name="options">Limits, the defaults when null.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> blob,
        [NotNullWhen(true)] out Tree? tree,
        [NotNullWhen(false)] out FdtError? error,
        FdtReaderOptions? options = null)
    {
        BlobTolerance tolerance = options is null ? _defaults : BlobTolerance.Strict(options);
        var faults = new BlobFaults(new DiagnosticBag());
        tree = null;
        // The header decides how much is copied, so the copy's header is what must be checked: a guest may write in between.
        if (BlobHeader.Read(blob.Span, tolerance, faults) is BlobHeader first)
            tree = Read(blob[..(int)first.TotalSize].ToArray(), tolerance, faults);
        error = faults.Error;
        return error is null;
    }

    private static readonly BlobTolerance _defaults = BlobTolerance.Strict(FdtReaderOptions.Default);

    /// <summary>Reads a blob whose bytes stay as they are: the tree's values lie in it.</summary>
    /// <param name="blob">The blob, and what may follow it.</param>
    /// <param name="tolerance">What is refused; illegal names always are.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>The tree; null when the blob is refused.</returns>
    internal static Tree? Read(ReadOnlyMemory<byte> blob, BlobTolerance tolerance, BlobFaults faults)
    {
        if (BlobHeader.Read(blob.Span, tolerance, faults) is not BlobHeader header)
            return null;
        var tree = new Tree { BootCpu = header.BootCpu };
        ReadOnlyMemory<byte> whole = blob[..(int)header.TotalSize];
        return ReservationBlock.TryRead(whole.Span, header, tolerance, faults, tree.Reservations.Add)
            && new StructureBlock(whole, header, tolerance, faults, new TreeSink(tree)).TryRead() ? tree : null;
    }
}
