using Devicetree.Checks;
using Devicetree.Compilation.Passes;
using Devicetree.Directories;
using Devicetree.Flattened;
using Devicetree.Loading;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Yaml;
using Gunyah.Guest.Platform;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Reports;
using Gunyah.Tool.Checking;
using Gunyah.Tool.Input;

namespace Gunyah.Tool.Commands;

/// <summary>
/// Every rule of the machine and its guests that <c>gunyah</c> can report; those of sources and blobs are <c>dt</c>'s.
/// </summary>
internal static class RuleTable
{
    /// <summary>The rules, by ID. Where one ID has several rows, which differ in words or severity, the first is here.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
    [
        .. new IReadOnlyList<DiagnosticRule>[] { InputRules.All, MachineRules.All, RunRules.All, PlatformRules.All,
        GunyahRules.All }
            .SelectMany(rules => rules).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The same, and those of the devicetrees and the YAML that <c>gunyah</c> reads.</summary>
    public static IReadOnlyList<DiagnosticRule> WithInputs { get; } =
    [
        .. new[]
        {
            All, YamlRules.All, PreprocessorRules.All, DtsRules.All, CheckRules.All, PassRules.All, BlobRules.All,
            DirectoryRules.All,
            LoadingRules.All, FindingRules.All, [.. CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Rule)],
        }.SelectMany(rules => rules).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
