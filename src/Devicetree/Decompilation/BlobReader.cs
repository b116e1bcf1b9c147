using System.Buffers.Binary;
using Devicetree.Compatibility;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Decompilation;

/// <summary>
/// Reads blobs of all versions into live trees as <c>dtc -I dtb</c> does, with its verdicts and its words (devicetree.md 2.3). It accepts what
/// <see cref="FdtReader"/> refuses: names that stand twice, a root with a name, overlapping blocks, unknown versions. dtc's checks come
/// after it.
/// </summary>
public static class BlobReader
{
    /// <summary>Reads a blob as a version of dtc does.</summary>
    /// <param name="blob">The file. It is not copied: the tree's values lie in it, so it must not change afterwards.</param>
    /// <param name="version">The version of dtc.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="BlobRules"/>: at most one error, which is the last.</param>
    /// <returns>The tree, null after an error.</returns>
    public static LiveTree? Read(ReadOnlyMemory<byte> blob, DtcVersion version, DiagnosticBag diagnostics) =>
        Read(blob, new BlobReaderOptions { Version = version }, diagnostics);

    /// <summary>Reads a blob.</summary>
    /// <param name="blob">The file. It is not copied: the tree's values lie in it, so it must not change afterwards.</param>
    /// <param name="options">The version of dtc, and limits.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="BlobRules"/>: at most one error, which is the last.</param>
    /// <returns>The tree, null after an error.</returns>
    public static LiveTree? Read(ReadOnlyMemory<byte> blob, BlobReaderOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (BlobHeader.Read(blob.Span, options, diagnostics) is not BlobHeader header)
            return null;
        ReadOnlyMemory<byte> whole = blob[..(int)header.TotalSize];
        var budget = new ValueBudget(int.MaxValue, limit => diagnostics.Report(BlobRules.TooLarge, default, limit, "bytes of values"));
        var tree = new LiveTree(isPlugin: false, budget)
        {
            BootCpu = header.BootCpu,
        };
        if (!TryReadReservations(whole.Span, header, tree, diagnostics)
            || new BlobStructure(whole, header, options, tree, diagnostics).Read() is not LiveNode root)
        {
            return null;
        }
        tree.AddRoot(root);
        if (options.Version.Has(DtcChanges.RestoreLabels))
        {
            tree.IsPlugin = root.Children.FindLive(OverlayNames.Fixups) is not null
                || root.Children.FindLive(OverlayNames.LocalFixups) is not null;
        }
        return tree;
    }

    private static bool TryReadReservations(ReadOnlySpan<byte> blob, BlobHeader header, LiveTree tree, DiagnosticBag diagnostics)
    {
        for (long offset = header.ReservationsOffset; ; offset += FdtFormat.ReservationSize)
        {
            if (offset + FdtFormat.ReservationSize > blob.Length)
            {
                diagnostics.Report(BlobRules.PrematureEnd, default, offset, "the reservation block");
                return false;
            }
            ReadOnlySpan<byte> entry = blob.Slice((int)offset, FdtFormat.ReservationSize);
            ulong size = BinaryPrimitives.ReadUInt64BigEndian(entry[sizeof(ulong)..]);
            if (size == 0)
                return true;
            tree.Reserve(new(new(BinaryPrimitives.ReadUInt64BigEndian(entry), size), new LabelList()));
        }
    }
}
