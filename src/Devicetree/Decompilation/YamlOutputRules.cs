using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>What dtc's YAML has no form for. The numbers are stable.</summary>
internal static class YamlOutputRules
{
    /// <summary>A value of which only bytes are known, where the output shows structure.</summary>
    public static readonly DiagnosticRule ValueWithoutStructure = Error(
        "BLB050", "value-without-structure", "only the bytes of property '{0}' of {1} are known, not the parts of its value",
        "Give the source: YAML can be written from nothing else.",
        what: "YAML can only show values whose parts are known.",
        why: "The YAML of dtc shows strings, cells and references. A blob keeps bytes only, so which of them is meant would "
            + "be a guess.",
        example: "dtc -I dtb -O yaml board.dtb");

    /// <summary>A string that the output cannot hold.</summary>
    public static readonly DiagnosticRule TextNotAscii = Error(
        "BLB051", "text-not-ascii", "the string in property '{0}' of {1} is not ASCII",
        "Write the value in square brackets.",
        what: "Strings of dtc's YAML are ASCII.",
        why: "The output would not be YAML that others can read.",
        example: "model = \"Münster\"; with dtc -O yaml");

    /// <summary>A piece of a value that has nothing in it, or that bytes of a file have made something else of.</summary>
    public static readonly DiagnosticRule PieceWithoutForm = Error(
        "BLB052", "piece-without-form", "a part of property '{0}' of {1} is empty or mixed with bytes of a file",
        "Write the value without empty brackets and '/incbin/'.",
        what: "YAML shows no part of a value that is empty or comes from a file.",
        why: "The output would not say what is in the value.",
        example: "calibration = /incbin/(\"f\"), <1>; with dtc -O yaml");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        ValueWithoutStructure, TextNotAscii, PieceWithoutForm,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy, string what, string why,
        string example) =>
        new(id, name, Severity.Error, message, remedy) { What = what, Why = why, Example = example };
}
