using System.Reflection;
using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Compilation.Passes;
using Devicetree.Formatting;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Tests.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Messages;

/// <summary>
/// Every rule of sources is reached by the example that explains it, so that nobody can write an example or a remedy without
/// having seen it.
/// </summary>
public class ExampleTests
{
    private static readonly Type[] _tables =
        [typeof(DtsRules), typeof(CheckRules), typeof(PassRules), typeof(PreprocessorRules), typeof(FormatRules)];

    /// <summary>
    /// Limits whose tests lower them, because no small input reaches them; and a colon in the name of a node, which only a blob
    /// can hold.
    /// </summary>
    private static readonly string[] _limits = ["CPP004", "CPP052", "DTS020", "DTS043"];

    /// <summary>Steps of dtc that it schedules as checks; they find nothing.</summary>
    private static readonly string[] _silent = ["DTS102", "DTS113", "DTS122"];

    /// <summary>Inputs of rules whose examples describe them, because they are long or not text; a character a byte.</summary>
    private static readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal)
    {
        ["CPP053"] = "#if " + new string('(', 3000) + "1\n#endif\n",
        ["DTS013"] = "/dts-v1/; / { p = <" + new string('(', 300) + "1" + new string(')', 300) + ">; };\n",
        ["FMT003"] = string.Concat(Enumerable.Repeat("n {", 400)),
        ["FMT006"] = "a\0b",
        ["FMT007"] = "\u00d0\r\u00fe\u00ed",
        ["FMT008"] = "/ { a = \"\u00ff\"; };",
    };

    public static TheoryData<string> Rules =>
        [.. AllRules().Select(rule => rule.Id).Except([.. _limits, .. _silent]).Order(StringComparer.Ordinal)];

    private static readonly Lazy<Dictionary<string, DiagnosticRule>> _rules =
        new(() => AllRules().DistinctBy(rule => rule.Id).ToDictionary(rule => rule.Id));

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it(string id) =>
        Assert.Contains(id, IdsOf(_inputs.TryGetValue(id, out string? input) ? input : _rules.Value[id].Example + "\n"));

    private static IEnumerable<DiagnosticRule> AllRules() => _tables
        .SelectMany(table => table.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>()
        .Concat(CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Rule));

    private static HashSet<string> IdsOf(string text)
    {
        var diagnostics = new DiagnosticBag();
        var source = new SourceText("a.dts", Encoding.Latin1.GetBytes(text));
        DtsFormatter.Format(source, diagnostics);
        SourceText? preprocessed = Preprocessor.Run(source, new() { Files = new FilesOfExamples(), SourceDateEpoch = "none" },
            diagnostics)?.Text;
        foreach ((CheckSettings checks, bool isStrict) in ((CheckSettings, bool)[])
            [
                (CheckSettings.DefaultWithOwn(), true), (CheckSettings.DefaultOf(DtcVersion.Newest), false),
                (CheckSettings.DefaultOf(DtcVersion.Debian), true),
            ])
        {
            CheckSettings all = CheckTable.Rows.Where(row => row.ExistsIn(checks.Version)).Aggregate(
                checks, (settings, row) => settings.TryWith(CheckLevels.Warning, row.Name)!);
            DevicetreeCompiler.Compile(preprocessed ?? source, diagnostics, new()
            {
                Version = checks.Version,
                Checks = all,
                GenerateSymbols = true,
                Strict = isStrict,
                Files = new MemoryFiles
                {
                    ["f"] = "0123456789"u8.ToArray(),
                    ["board.dtsi"] =
                    "/include/ \"board.dtsi\"\n"u8.ToArray()
                },
            });
        }
        return [.. diagnostics.Items.Select(each => each.Rule.Id)];
    }

    /// <summary>The files that examples name: one that includes itself, one that nobody may read, and none else.</summary>
    private sealed class FilesOfExamples : IIncludeFiles
    {
        public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
        {
            (IncludeLookup lookup, string text) = path switch
            {
                "board.dtsi" => (IncludeLookup.Read, "#include \"board.dtsi\"\n"),
                "/root/board.dtsi" => (IncludeLookup.Refused, ""),
                _ => (IncludeLookup.Missing, ""),
            };
            bytes = Encoding.Latin1.GetBytes(text);
            reason = "permission denied";
            return lookup;
        }
    }
}
