namespace Devicetree.Directories;

/// <summary>How much a directory may hold.</summary>
internal sealed record DirectoryReaderOptions
{
    /// <summary>The most files and directories together.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>The most directories from the outermost one to the innermost, both included.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>The most bytes of all files together.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;

    internal static DirectoryReaderOptions Default { get; } = new();
}
