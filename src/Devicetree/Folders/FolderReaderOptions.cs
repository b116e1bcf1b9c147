namespace Devicetree.Folders;

/// <summary>How much a folder may hold.</summary>
public sealed record FolderReaderOptions
{
    /// <summary>The most files and folders together.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>The most folders from the outermost one to the innermost, both included.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>The most bytes of all files together.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;

    internal static FolderReaderOptions Default { get; } = new();
}
