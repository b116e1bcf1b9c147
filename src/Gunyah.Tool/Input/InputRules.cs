using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool.Input;

/// <summary>Faults of what the command line names; the IDs are stable.</summary>
internal static class InputRules
{
    /// <summary>A file or directory that is not there. One that is there but cannot be read is no fault of the input.</summary>
    public static readonly DiagnosticRule Missing = new(
        "GT0001", "missing", Severity.Error, "there is no file or directory '{0}'",
        "Check the name, and the directory you are in.")
    {
        Why = "Nothing was read, and no machine was run.",
        Example = "gunyah up machin.yaml",
    };

    /// <summary>An overlay without a base.</summary>
    public static readonly DiagnosticRule NoBase = new(
        "GT0002", "no-base", Severity.Error, "this is an overlay, which has no nodes of its own",
        "Name the tree that it is for with --base.")
    {
        Why = "Without the nodes that it extends, nothing of Gunyah's can be found in it.",
        Example = "gunyah check overlay.dtbo",
    };

    /// <summary>A file that is no overlay, with a base.</summary>
    public static readonly DiagnosticRule NoOverlay = new(
        "GT0003", "no-overlay", Severity.Error, "this is not an overlay for {0}", "Leave --base out to read it alone.")
    {
        Why = "Nothing would be merged, and the base would be judged as if the file were not there.",
        Example = "gunyah check --base board.dtb other-board.dtb",
    };

    /// <summary>An overlay that does not fit its base.</summary>
    public static readonly DiagnosticRule NotApplied = new(
        "GT0004", "not-applied", Severity.Error, "the overlay does not fit {0}: {1}",
        "Run 'dt overlay' with both; it says more about why.")
    {
        Why = "The tree that a guest would see cannot be made.",
        Example = "gunyah check --base board.dtb overlay.dtbo, where board.dtb was compiled without symbols",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Missing, NoBase, NoOverlay, NotApplied,
    ];
}
