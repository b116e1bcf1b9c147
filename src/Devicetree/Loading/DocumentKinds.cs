namespace Devicetree.Loading;

/// <summary>What a devicetree is written as.</summary>
[Flags]
public enum DocumentKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Source text.</summary>
    Source = 1,

    /// <summary>A flattened tree.</summary>
    Blob = 2,

    /// <summary>Directories and files, such as <c>/proc/device-tree</c>.</summary>
    Directory = 4,

    /// <summary>What a file can hold.</summary>
    File = Source | Blob,

    /// <summary>Everything.</summary>
    All = File | Directory,
}
