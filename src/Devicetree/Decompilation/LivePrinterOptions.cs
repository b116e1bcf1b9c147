using Devicetree.Compatibility;

namespace Devicetree.Decompilation;

/// <summary>How a live tree is printed.</summary>
public sealed record LivePrinterOptions
{
    /// <summary>The version of dtc whose text is wanted.</summary>
    public DtcVersion Version { get; init; } = DtcVersion.Newest;

    /// <summary>
    /// How much the comments say where things come from (dtc <c>-T</c>): 0 nothing, 1 file and line, 2 or more also columns.
    /// </summary>
    public int Annotation { get; init; }

    /// <summary>
    /// The file that paths in comments of the first level are told relative to, when they have a directory in common: the source,
    /// or what its first line marker names. Null to leave paths as they are.
    /// </summary>
    public string? InitialPath { get; init; }

    /// <summary>What is explained beside the lines; null for nothing.</summary>
    public ITreeComments? Comments { get; init; }

    /// <summary>How many levels of nodes are printed below the first; those of deeper ones are counted in a comment.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    internal static LivePrinterOptions Default { get; } = new();
}
