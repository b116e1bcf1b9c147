using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>What can be wrong with the input of <c>dt compile</c> besides the source text; the ids are stable.</summary>
internal static class CompileRules
{
    /// <summary>A source that cannot be compiled because its output is another one's.</summary>
    public static readonly DiagnosticRule SameOutput = new(
        "DT0020", "same-output", Severity.Error, "'{1}' and '{2}' would both be written to '{0}'",
        "Compile the two into different directories.")
    {
        Why = "The second one would replace the first without a word, and which one is second depends on the order of "
            + "the command line.",
        Example = "dt compile --out-dir out a/board.dts b/board.dts",
    };

    /// <summary>A source that would be overwritten.</summary>
    public static readonly DiagnosticRule OverSource = new(
        "DT0022", "output-over-source", Severity.Error, "what '{2}' becomes would be written over the source '{0}'",
        "Name another output.")
    {
        Why = "The source would be gone.",
        Example = "dt compile board.dts -o board.dts",
    };

    /// <summary>
    /// A blob that does not fit where it has to. dtc warns (see <see cref="Compatibility.StrictChoices.SizeKept"/>).
    /// </summary>
    public static readonly DiagnosticRule TooLong = new(
        "DT0021", "blob-too-long", Severity.Error, "the blob takes {0} bytes, but --size says {1}",
        "Make room, or take something out of the tree.")
    {
        Why = "A boot loader or flash partition of that size would cut the blob, and the board would not boot.",
        Example = "dt compile --size 64 board.dts -o board.dtb",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        SameOutput, OverSource, TooLong,
    ];
}
