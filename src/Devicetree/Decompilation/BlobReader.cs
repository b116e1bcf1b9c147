using Devicetree.Compatibility;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Reads blobs of all versions into live trees as <c>dtc -I dtb</c> does, with its verdicts (devicetree.md 2.3). It accepts what
/// <see cref="FdtReader"/> refuses: names that stand twice, a root with a name, overlapping blocks, unknown versions. dtc's
/// checks come after it.
/// </summary>
internal static class BlobReader
{
    /// <summary>Reads a blob as a version of dtc does.</summary>
    /// <param name="blob">The file. It is not copied: the tree's values lie in it, so it must not change afterwards.</param>
    /// <param name="version">The version of dtc.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="BlobRules"/>: at most one error, which is the
    /// last.</param>
    /// <returns>The tree, null after an error.</returns>
    public static LiveTree? Read(ReadOnlyMemory<byte> blob, DtcVersion version, DiagnosticBag diagnostics) =>
        Read(blob, new BlobReaderOptions { Version = version }, diagnostics);

    /// <summary>Reads a blob.</summary>
    /// <param name="blob">The file. It is not copied: the tree's values lie in it, so it must not change afterwards.</param>
    /// <param name="options">The version of dtc, and limits.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="BlobRules"/>: at most one error, which is the
    /// last.</param>
    /// <returns>The tree, null after an error.</returns>
    public static LiveTree? Read(ReadOnlyMemory<byte> blob, BlobReaderOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var tolerance = new BlobTolerance
        {
            AllowsRootName = true,
            ReadsUnknownVersions = true,
            MaxDepth = options.MaxDepth,
            MaxNodes = options.MaxNodes,
            MaxTotalSize = options.MaxTotalSize,
        };
        return Read(blob, tolerance, options.Version, new BlobFaults(diagnostics), diagnostics);
    }

    /// <summary>Reads a blob.</summary>
    /// <param name="blob">The blob, and what may follow it. It is not copied.</param>
    /// <param name="tolerance">What is refused, and what is reported.</param>
    /// <param name="version">The version of dtc.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="diagnostics">Takes what does not fit into the tree later.</param>
    internal static LiveTree? Read(
        ReadOnlyMemory<byte> blob, BlobTolerance tolerance, DtcVersion version, BlobFaults faults, DiagnosticBag diagnostics)
    {
        if (BlobHeader.Read(blob.Span, tolerance, faults) is not BlobHeader header)
            return null;
        ReadOnlyMemory<byte> whole = blob[..(int)header.TotalSize];
        var budget = new ValueBudget(int.MaxValue,
            limit => faults.Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, 0, limit, "bytes of values"));
        var tree = new LiveTree(isPlugin: false, budget)
        {
            BootCpu = header.BootCpu,
        };
        var sink = new LiveSink(tree, noticesTwins: tolerance.Names is not null);
        if (!ReservationBlock.TryRead(whole.Span, header, tolerance, faults, entry => tree.Reserve(new(entry, new LabelList())))
            || !new StructureBlock(whole, header, tolerance, faults, sink).TryRead())
        {
            return null;
        }
        LiveNode root = sink.Root!;
        tree.AddRoot(root);
        if (version.Has(DtcChanges.RestoreLabels))
        {
            tree.IsPlugin = root.Children.FindLive(OverlayNames.Fixups) is not null
                || root.Children.FindLive(OverlayNames.LocalFixups) is not null;
        }
        return tree;
    }
}
