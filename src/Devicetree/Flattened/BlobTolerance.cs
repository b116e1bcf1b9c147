using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>
/// What a reader of blobs does about what is odd and can be read all the same. The rules are those of <see cref="BlobRules"/> for
/// all readers; this says which of them count. Damage that leaves nothing to read is refused by every reader.
/// </summary>
internal sealed record BlobTolerance
{
    /// <summary>How deep nodes of a source may nest: a deeper tree could not be compiled again from its text.</summary>
    public const int DeepestSource = 256;

    /// <summary>
    /// What illegal names, names that stand twice and phandles that two nodes have are; null where they are none of the reader's
    /// business. A plain tree cannot hold such names: its readers refuse them.
    /// </summary>
    public Severity? Names { get; init; }

    /// <summary>What blocks are that overlap, are off their boundaries or have another size than the header says.</summary>
    public Severity? Layout { get; init; }

    /// <summary>What nodes are that nest deeper than <see cref="DeepestSource"/>.</summary>
    public Severity? Depth { get; init; }

    /// <summary>What a property behind a child node is.</summary>
    public Severity PropertyAfterNode { get; init; } = Severity.Warning;

    /// <summary>Whether the root may have a name.</summary>
    public bool AllowsRootName { get; init; }

    /// <summary>Whether NOP tags may stand before and behind the root, as the specification allows.</summary>
    public bool AllowsNopsAroundRoot { get; init; }

    /// <summary>Whether versions before 16, which know neither NOP tags nor short names, are read.</summary>
    public bool ReadsOldVersions { get; init; } = true;

    /// <summary>
    /// Whether a version is read that says that it is compatible with none we know, or has no room for its own header.
    /// </summary>
    public bool ReadsUnknownVersions { get; init; }

    /// <summary>
    /// Whether the size that the header says is where the structure block ends; otherwise only the end of the blob is.
    /// </summary>
    public bool EndsAtStatedSize { get; init; }

    /// <summary>The most bytes that a blob may claim as its total size.</summary>
    public int MaxTotalSize { get; init; } = 256 * 1024 * 1024;

    /// <summary>The most nodes.</summary>
    public int MaxNodes { get; init; } = 1_000_000;

    /// <summary>The most nodes from the root to a leaf, both included.</summary>
    public int MaxDepth { get; init; } = 3328;

    /// <summary>The most characters of a name.</summary>
    public int MaxNameLength { get; init; } = int.MaxValue;

    /// <summary>A reader for those who only look: everything that can be shown is.</summary>
    public static BlobTolerance Looking { get; } = new()
    {
        Names = Severity.Warning,
        Layout = Severity.Warning,
        Depth = Severity.Warning,
        AllowsNopsAroundRoot = true,
    };

    /// <summary>A reader for those who go on with the tree: what compilers and libfdt would refuse in it is refused.</summary>
    public static BlobTolerance Working { get; } = Looking with { Names = Severity.Error, Depth = Severity.Error };

    /// <summary>The most careful reader, for blobs of strangers.</summary>
    public static BlobTolerance Strict(FdtReaderOptions limits) => new()
    {
        Names = Severity.Error,
        Layout = Severity.Error,
        PropertyAfterNode = Severity.Error,
        AllowsNopsAroundRoot = true,
        ReadsOldVersions = false,
        EndsAtStatedSize = true,
        MaxTotalSize = limits.MaxTotalSize,
        MaxNodes = limits.MaxNodes,
        MaxDepth = limits.MaxDepth,
        MaxNameLength = limits.MaxNameLength,
    };
}
