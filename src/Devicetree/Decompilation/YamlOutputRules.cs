using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>What dtc's YAML has no form for. The numbers are stable.</summary>
public static class YamlOutputRules
{
    /// <summary>A value of which only bytes are known, where the output shows structure.</summary>
    public static readonly DiagnosticRule ValueWithoutStructure = Error(
        "BLB050", "value-without-structure", "No markers present in property '{0}' value",
        "In {1}: YAML can be written from source only.");

    /// <summary>A string that the output cannot hold.</summary>
    public static readonly DiagnosticRule TextNotAscii = Error(
        "BLB051", "text-not-ascii", "The string in property '{0}' is not ASCII",
        "In {1}: dtc's YAML has no other strings; write the value in square brackets.");

    /// <summary>A piece of a value that has nothing in it, or that bytes of a file have made something else of.</summary>
    public static readonly DiagnosticRule PieceWithoutForm = Error(
        "BLB052", "piece-without-form", "A part of property '{0}' is empty or mixed with bytes of a file",
        "In {1}: dtc's YAML has no form for that; write the value without empty brackets and '/incbin/'.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        ValueWithoutStructure, TextNotAscii, PieceWithoutForm,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy) => new(id, name, Severity.Error,
        message, remedy);
}
