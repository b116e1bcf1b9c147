using Devicetree.Compatibility;

namespace Devicetree.Decompilation;

/// <summary>As which dtc a blob is read, and how much of it is accepted.</summary>
internal sealed record BlobReaderOptions
{
    /// <summary>The version of dtc whose behaviour is wanted.</summary>
    public DtcVersion Version { get; init; } = DtcVersion.Newest;

    /// <summary>
    /// The most nodes from the root to a leaf. dtc has no limit and dies somewhere between 10,000 and 100,000; its own grammar
    /// takes no source text that is deeper than about this.
    /// </summary>
    public int MaxDepth { get; init; } = 3328;

    /// <summary>The most nodes.</summary>
    public int MaxNodes { get; init; } = 1_000_000;

    /// <summary>The most bytes that a blob may claim as its total size.</summary>
    public int MaxTotalSize { get; init; } = 256 * 1024 * 1024;

    internal static BlobReaderOptions Default { get; } = new();
}
