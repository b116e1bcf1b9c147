using Devicetree.Compatibility;

namespace Devicetree.Source;

/// <summary>How source text is compiled, and how much of it is accepted.</summary>
public record DtsParserOptions
{
    /// <summary>Where included files come from; null when there are none, so that including one is an error.</summary>
    public ISourceFiles? Files { get; init; }

    /// <summary>Whose rules the language follows where versions of dtc differ.</summary>
    public DtcVersion Version { get; init; } = DtcVersion.Newest;

    /// <summary>
    /// Whether reading goes on after an error in the grammar, to find more of them. dtc stops there, and drop-ins with it.
    /// </summary>
    public bool Recover { get; init; } = true;

    /// <summary>Whether what loses data is refused: the side that <see cref="StrictChoices"/> calls strict.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// Whether a node or a property that is deleted and written again stands where it is written; else it gets its old place
    /// among the others, as in dtc (<see cref="StrictChoices.OldPlacesTold"/>).
    /// </summary>
    public bool WrittenOrder { get; init; }

    /// <summary>Whether labels are written to <c>/__symbols__</c> and labelled nodes get phandles (dtc <c>-@</c>).</summary>
    public bool GenerateSymbols { get; init; }

    /// <summary>The boot CPU (dtc <c>-b</c>); null to take the <c>reg</c> of the first child of <c>/cpus</c>.</summary>
    public uint? BootCpu { get; init; }

    /// <summary>The most nodes from the root to a leaf, and the most parentheses around a number.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>The most files that may include each other in a row.</summary>
    public int MaxIncludeDepth { get; init; } = 200;

    /// <summary>The most bytes of source text, counting a file as often as it is included.</summary>
    public int MaxSourceBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most bytes of property values, counting binary files, inserted paths and generated fixups.</summary>
    public int MaxValueBytes { get; init; } = 64 * 1024 * 1024;

    internal static DtsParserOptions Default { get; } = new();
}
