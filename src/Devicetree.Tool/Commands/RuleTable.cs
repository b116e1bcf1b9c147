using Devicetree.Checks;
using Devicetree.Compilation.Passes;
using Devicetree.Decompilation;
using Devicetree.Directories;
using Devicetree.Flattened;
using Devicetree.Formatting;
using Devicetree.Loading;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Documents;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Style;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Yaml;
using Devicetree.Tool.Input;
using Devicetree.Tool.Verbs.Compile;
using Devicetree.Tool.Verbs.Overlay;
using Devicetree.Tool.Verbs.Queries;
using Devicetree.Tool.Verbs.Setup;
using ExplainedRules = Devicetree.Schema.Findings.Explained.FindingRules;

namespace Devicetree.Tool.Commands;

/// <summary>Every rule that <c>dt</c> can report, from the tables that declare them.</summary>
internal static class RuleTable
{
    /// <summary>The rules, by ID. Where one ID has several rows, which differ in words or severity, the first is here.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
    [
        .. new[]
        {
            InputRules.All, Verbs.FindingRules.All, Verbs.LayoutRules.All, Verbs.Check.CheckRules.All, CompileRules.All,
            OverlayRules.All, GetRules.All, SetupRules.All,
            LoadingRules.All, BlobRules.All, DirectoryRules.All, RestorationRules.All, YamlOutputRules.All,
            PreprocessorRules.All, DtsRules.All, CheckRules.All, PassRules.All, FormatRules.All,
            [.. CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Rule)],
            YamlRules.All, SchemaRules.All, DocumentRules.All, StyleRules.All, ExampleRules.All, DecodeRules.All,
            ExplainedRules.All,
        }.SelectMany(rules => rules).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
