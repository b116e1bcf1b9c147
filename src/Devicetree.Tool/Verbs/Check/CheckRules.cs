using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>What can be wrong with the input of <c>dt check</c> besides its findings; the ids are stable.</summary>
internal static class CheckRules
{
    /// <summary>There are no schemas at a path.</summary>
    public static readonly DiagnosticRule NoSchemas = new(
        "DT0013", "no-schemas", Severity.Error, "there are no schemas at '{0}'", "Check the name, and the directory you are in.")
    {
        Why = "Without bindings nothing would be checked, and the answer 'no findings' would be worth nothing.",
        Example = "dt check --schemas bindngs board.dts",
    };

    /// <summary>Core schemas that describe trees as they are no longer read.</summary>
    public static readonly DiagnosticRule OldCoreSchemas = new(
        "DT0014", "old-core-schemas", Severity.Warning,
        "the core schemas in {0} are those of a dt-schema before 2024.09; ours are used instead",
        "Name those of a newer one, or none.")
    {
        Why = "Core schemas of before 2024.09 describe trees as dt-schema decoded them then; with them correct trees "
            + "get findings.",
        Example = "dt check --core-schemas dtschema-2022.08 board.dts",
    };

    /// <summary>An overlay without what it is for.</summary>
    public static readonly DiagnosticRule NoBase = new(
        "DT0017", "overlay-without-base", Severity.Error, "this is an overlay, which means something on its base only",
        "Name that with --base.")
    {
        Why = "An overlay holds fragments of another tree. Bindings describe whole nodes, most of which only exist "
            + "after it was applied.",
        Example = "dt check overlay.dtso",
    };

    /// <summary>A tree where an overlay should be.</summary>
    public static readonly DiagnosticRule NoOverlay = new(
        "DT0018", "no-overlay", Severity.Error, "this is not an overlay, so it cannot be applied to {0}",
        "Check it without --base.")
    {
        Why = "Without a fragment there is nothing to apply, so the base would be checked as if the file were not there.",
        Example = "dt check --base board.dts other.dts",
    };

    /// <summary>A directory without anything to check.</summary>
    public static readonly DiagnosticRule NoTrees = new(
        "DT0028", "no-trees", Severity.Error, "0 trees: no .dtb is in the directory '{0}' or below it",
        "Compile the trees first, or name their sources one by one.")
    {
        Why = "Nothing would be checked, and the answer 'no findings' would be worth nothing.",
        Example = """
            # before 'make dtbs'
            dt check arch/arm64/boot/dts
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NoSchemas, OldCoreSchemas, NoBase, NoOverlay, NoTrees,
    ];
}
