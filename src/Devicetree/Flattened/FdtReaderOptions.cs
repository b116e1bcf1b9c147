namespace Devicetree.Flattened;

/// <summary>
/// How much a blob may ask of its reader. The defaults are many times what any board needs (the largest in Linux 6.1 has about
/// 2,000 nodes, 12 levels and 200 KiB) and keep a hostile blob below a second and a few hundred megabytes.
/// </summary>
public sealed record FdtReaderOptions
{
    /// <summary>The most bytes that a blob may claim as its total size.</summary>
    public int MaxTotalSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most nodes.</summary>
    public int MaxNodes { get; init; } = 262_144;

    /// <summary>The most nodes from the root to a leaf, both included.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>The most characters of a node's or a property's name.</summary>
    public int MaxNameLength { get; init; } = 1024;

    internal static FdtReaderOptions Default { get; } = new();
}
