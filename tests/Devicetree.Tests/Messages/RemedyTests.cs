using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Compilation.Passes;
using Devicetree.Formatting;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Tests.Checks;
using Devicetree.Tests.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Messages;

/// <summary>
/// Every rule of sources that says what to do is reached by an input here, so that nobody can write a remedy without having seen it: by a
/// recorded message, by a case of dtc's checks, or by one of the sources below.
/// </summary>
public partial class RemedyTests
{
    private static readonly Type[] Tables = [typeof(DtsRules), typeof(CheckRules), typeof(PassRules), typeof(PreprocessorRules), typeof(FormatRules)];

    /// <summary>
    /// Limits whose tests lower them, because no small input reaches them; and a colon in the name of a node, which only a blob can hold.
    /// </summary>
    private static readonly string[] Limits = ["CPP004", "CPP052", "DTS020", "DTS043"];

    /// <summary>What reaches a rule that nothing else reaches; a character a byte.</summary>
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["CPP003"] = "#include \"self\"\n",
        ["CPP005"] = "#include\n",
        ["CPP022"] = "#if 1\n#else\n#else\n#endif\n",
        ["CPP023"] = "#undef A B\n",
        ["CPP030"] = "#if\n#endif\n",
        ["CPP033"] = "/dts-v1/; / { p = <__has_include(\"a\")>; };\n",
        ["CPP041"] = "#define 1a\n",
        ["CPP042"] = "#define A(1) x\n",
        ["CPP043"] = "#define A ##\n",
        ["CPP045"] = "#define A 1\n#define A 2\n",
        ["CPP053"] = "#if " + new string('(', 3000) + "1\n#endif\n",
        ["CPP063"] = "/dts-v1/; / { p = __DATE__; };\n",
        ["DTS003"] = "/dts-v1/; / { }; /* \n",
        ["DTS008"] = "# 1 \"a\\0b\"\n/dts-v1/; / { };\n",
        ["DTS013"] = "/dts-v1/; / { p = <" + new string('(', 300) + "1" + new string(')', 300) + ">; };\n",
        ["DTS022"] = "/dts-v1/; /plugin/; &x { /delete-property/ p; };\n",
        ["DTS024"] = "/dts-v1/; /memreserve/ 8 0; / { };\n",
        ["DTS027"] = "/dts-v1/; /memreserve/ 8 8; /memreserve/ 8 8; / { };\n",
        ["DTS040"] = "/dts-v1/; / { }; /delete-node/ &{/};\n",
        ["DTS041"] = "/dts-v1/; /plugin/; / { n { p = <&{/x}>; }; };\n",
        ["DTS042"] = "/dts-v1/; /plugin/; &{x/y} { };\n",
        ["DTS044"] = "/dts-v1/; / { l: n { }; __symbols__ { l = \"/m\"; }; m { }; };\n",
        ["DTS021"] = "/dts-v1/; / { p = <0x100000000>; };\n",
        ["DTS025"] = "/dts-v1/; / { p = /incbin/(\"f\", 8, 3); };\n",
        ["DTS045"] = "/dts-v1/; /plugin/; / { __fixups__ { x = [01]; }; n { p = <&x>; }; };\n",
        ["DTS046"] = "/dts-v1/; /plugin/; &x { a; }; / { n { }; };\n",
        ["DTS047"] = "/dts-v1/; /plugin/; &x { p = <&n>; }; / { n: n { }; };\n",
        ["DTS048"] = "/dts-v1/; / { fragment@0 { target-path = \"/\"; __overlay__ { n: n { p = <&n>; }; }; }; };\n",
        ["DTS049"] = "/dts-v1/; /plugin/; / { fragment@0 { target-path = \"/\"; __overlay__ { n: n { p = &n; }; }; }; };\n",
        ["DTS127"] = "/dts-v1/; / { spi { #address-cells = <1>; #size-cells = <0>; dev@1 { reg = <0>; }; }; };\n",
        ["FMT001"] = "/ { a = \"x; };",
        ["FMT002"] = "/ { a; }; };",
        ["FMT003"] = string.Concat(Enumerable.Repeat("n {", 400)),
        ["FMT004"] = "/ { a; \\ };",
        ["FMT005"] = "/ { a; #endif\n };",
        ["FMT006"] = "a\0b",
        ["FMT007"] = "\u00d0\r\u00fe\u00ed",
        ["FMT008"] = "/ { a = \"\u00ff\"; };",
    };

    public static TheoryData<string> Rules =>
        [.. AllRules().Where(rule => rule.Remedy.Length > 0 && !Limits.Contains(rule.Id)).Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal)];

    private static readonly Lazy<HashSet<string>> _reached = new(Reached);

    [Theory, MemberData(nameof(Rules))]
    public void A_rule_that_says_what_to_do_has_an_input_that_reaches_it(string id) =>
        Assert.True(_reached.Value.Contains(id) || (Sources.TryGetValue(id, out string? source) && IdsOf(source).Contains(id)), id);

    private static IEnumerable<DiagnosticRule> AllRules() => Tables
        .SelectMany(table => table.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>()
        .Concat(CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Rule));

    private static HashSet<string> Reached()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(Checkout.File("tests", "Devicetree.Tests", "Messages", "golden"), "*.txt"))
            found.UnionWith(Ids().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value));
        foreach (CheckCase each in CheckCase.All.Values)
            found.UnionWith(IdsOf(each.Source));
        return found;
    }

    private static HashSet<string> IdsOf(string text)
    {
        var diagnostics = new DiagnosticBag();
        var source = new SourceText("a.dts", Encoding.Latin1.GetBytes(text));
        DtsFormatter.Format(source, diagnostics);
        SourceText? preprocessed = Preprocessor.Run(source, new() { Files = new SelfIncluding(), SourceDateEpoch = "none" }, diagnostics)?.Text;
        foreach ((CheckSettings checks, bool isStrict) in ((CheckSettings, bool)[])
            [
                (CheckSettings.DefaultWithOwn(), true), (CheckSettings.DefaultOf(DtcVersion.Newest), false), (CheckSettings.DefaultOf(DtcVersion.Debian), true),
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
                Files = new MemoryFiles { ["f"] = "0123456789"u8.ToArray() },
            });
        }
        return [.. diagnostics.Items.Select(each => each.Rule.Id)];
    }

    /// <summary>Every file includes itself.</summary>
    private sealed class SelfIncluding : IIncludeFiles
    {
        public IncludeLookup Read(string path, int maxLength, out ReadOnlyMemory<byte> bytes, out string reason)
        {
            bytes = "#include \"self\"\n"u8.ToArray();
            reason = "";
            return IncludeLookup.Read;
        }
    }

    [GeneratedRegex(@": (?:error|warning|note) ([A-Z]+\d+): ")]
    private static partial Regex Ids();
}
