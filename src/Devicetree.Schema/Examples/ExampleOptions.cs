using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Schema.Findings;
using Devicetree.Source.Preprocessing;

namespace Devicetree.Schema.Examples;

/// <summary>How examples are compiled and checked.</summary>
public sealed record ExampleOptions
{
    /// <summary>
    /// What the kernel's makefile of bindings asks of dtc for examples, whose frame and fragments would break these checks:
    /// switches of
    /// <c>-W</c> in their order.
    /// </summary>
    private static readonly string[] _switches =
    [
        "no-avoid_unnecessary_addr_size", "no-graph_child_address", "no-interrupt_provider", "no-unique_unit_address",
        "unique_unit_address_if_enabled",
    ];

    /// <summary>How they are preprocessed: above all where included files come from.</summary>
    public PreprocessorOptions Preprocessing { get; init; } = new();

    /// <summary>
    /// How they are compiled; by default with dtc's checks as the kernel sets them for examples. What loses data in overlays is
    /// no error of examples: they are made overlays only so that they may refer to what is not there.
    /// </summary>
    public CompilationOptions Compilation { get; init; } = new() { Checks = ChecksOf(DtcVersion.Newest), Strict = false };

    /// <summary>How the trees are checked against bindings.</summary>
    public TreeCheckOptions Checking { get; init; } = new();

    /// <summary>Which checks of a version of dtc count for examples, and how.</summary>
    public static CheckSettings ChecksOf(DtcVersion version) => _switches.Aggregate(
        CheckSettings.DefaultOf(version), (settings, name) => settings.TryWithOrIgnoreRetired(CheckLevels.Warning, name)!);
}
