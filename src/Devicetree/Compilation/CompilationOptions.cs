using Devicetree.Checks;
using Devicetree.Live;
using Devicetree.Source;

namespace Devicetree.Compilation;

/// <summary>How a tree is compiled: all that <see cref="DtsParserOptions"/> says, and what comes after reading.</summary>
public sealed record CompilationOptions : DtsParserOptions
{
    /// <summary>
    /// Which checks count, of the version that is set. When null only those do that are errors by default: what must be right for
    /// a tree to have a meaning.
    /// </summary>
    public CheckSettings? Checks { get; init; }

    /// <summary>Whether labels are written to <c>/aliases</c> (dtc <c>-A</c>).</summary>
    public bool GenerateAliases { get; init; }

    /// <summary>Whether fixups are written for any tree (dtc <c>-L</c>); for overlays they always are.</summary>
    public bool GenerateFixups { get; init; }

    /// <summary>
    /// Whether a reference of an overlay to a path of its base, <c>&lt;&amp;{/path}&gt;</c>, becomes a fixup that names the path
    /// instead of an error: for <see cref="Overlays.OverlayStack"/>, which knows the base.
    /// </summary>
    public bool KeepPathsOfBase { get; init; }

    /// <summary>How phandles that are given out are written (dtc <c>-H</c>).</summary>
    public PhandleFormat Phandles { get; init; } = PhandleFormat.Epapr;

    /// <summary>Whether there is a result even if checks fail (dtc <c>-f</c>).</summary>
    public bool Force { get; init; }

    /// <summary>Whether reservations, properties and nodes are sorted at the end (dtc <c>-s</c>).</summary>
    public bool Sort { get; init; }

    /// <summary>The defaults for what <see cref="DtsParserOptions"/> does not say.</summary>
    internal static CompilationOptions From(DtsParserOptions options) => options as CompilationOptions ?? new(options);

    /// <summary>The defaults of everything.</summary>
    public CompilationOptions()
    {
    }

    private CompilationOptions(DtsParserOptions options)
        : base(options)
    {
    }

    internal static new CompilationOptions Default { get; } = new();
}
