using System.Text.Json;
using System.Text.RegularExpressions;
using Conformance.Tests.Tools;
using Devicetree.Tool.Tests;

namespace Conformance.Tests.Bindings;

/// <summary>
/// <c>dt schema check</c> over the kernel's bindings against the programs that <c>dt_binding_check</c> runs one after the other,
/// each run as the kernel's makefile does.
/// </summary>
public partial class SchemaCheckTests
{
    /// <summary>Every so many bindings one is compiled by cpp and dtc.</summary>
    private const int Step = 15;

    private static readonly string[] _switches =
    [
        "-Wno-avoid_unnecessary_addr_size", "-Wno-graph_child_address", "-Wno-interrupt_provider", "-Wno-unique_unit_address",
        "-Wunique_unit_address_if_enabled",
    ];

    /// <summary>What dtc's checks and its grammar find; their ids are those of the language.</summary>
    private const string OfLanguage = "DTS";

    private static string[] Sample => [.. BindingCorpus.All().Where((_, index) => index % Step == 0)];

    [Fact]
    public void Case_118_examples_compile_as_with_cpp_and_dtc_and_have_the_same_warnings()
    {
        BindingCorpus.Require("cpp", "dtc");
        string[] files = Sample;
        Dictionary<string, string[]> ours = Check(files)
            .Where(finding => finding.Id.StartsWith(OfLanguage, StringComparison.Ordinal))
            .GroupBy(finding => finding.File)
            .ToDictionary(
                group => group.Key,
                group => group.Select(finding => PlaceOf($"{finding.Rule}: {finding.Message}")).Order(StringComparer.Ordinal)
                    .ToArray());
        string[] differences = [.. files.AsParallel().AsOrdered().Select(file =>
        {
            string[] theirs = Theirs(file);
            string[] here = ours.GetValueOrDefault(file, []);
            return theirs.SequenceEqual(here)
                ? null : $"{file}:\n  theirs {string.Join("\n         ", theirs)}\n  ours   {string.Join("\n         ", here)}";
        }).OfType<string>()];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(10)));
    }

    /// <summary>
    /// An example that dtc warns of, next to one that it does not: the comparison above must not be one of nothing with nothing.
    /// </summary>
    [Theory]
    [InlineData("a { reg = <1 2>; };", "unit_address_vs_reg: /example-0/a")]
    [InlineData("a@1 { };", "unit_address_vs_reg: /example-0/a@1")]
    [InlineData("a@1 { reg = <1>; };", "reg_format: /example-0/a@1:reg")]
    [InlineData("a { b-gpios = <1>; interrupt-controller; };", "interrupt_provider")]
    [InlineData("a@1 { reg = <1 2>; }; b@1 { reg = <1 2>; };", "unique_unit_address_if_enabled: /example-0/a@1")]
    public void An_example_that_dtc_warns_of_has_the_same_warning(string example, string warning)
    {
        ExternalTool.Require("cpp", "dtc");
        using var directory = new TemporaryDirectory();
        string file = directory.Write(
            "acme,x.yaml", System.Text.Encoding.UTF8.GetBytes(
                $"%YAML 1.2\n---\n$id: http://devicetree.org/schemas/acme,x.yaml#\nexamples:\n  - |\n    {example}\n"));
        string[] theirs = Theirs(file);
        string[] ours = [.. Check([file]).Where(finding => finding.Id.StartsWith(OfLanguage, StringComparison.Ordinal))
            .Select(finding => PlaceOf($"{finding.Rule}: {finding.Message}")).Order(StringComparer.Ordinal)];
        Assert.Equal(theirs, ours);
        // The kernel switches this one off.
        if (warning == "interrupt_provider")
            Assert.DoesNotContain(theirs, text => text.StartsWith(warning, StringComparison.Ordinal));
        else
            Assert.Contains(warning, theirs);
    }

    private static string[] Theirs(string file)
    {
        using var host = new TestHost();
        using var directory = new TemporaryDirectory();
        Assert.Equal(0, host.Run("dt-extract-example", file));
        string headers = Path.Combine(Boards.KernelCorpus.Source ?? "", "scripts/dtc/include-prefixes");
        string source = directory.Write("example.dts", host.OutputBytes);
        string text = directory.PathOf("example.tmp");
        ExternalTool.Run("cpp", "-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp", "-I", headers, source, text);
        ToolResult result = ExternalTool.Run("dtc",
            ["-O", "dtb", "-o", directory.PathOf("example.dtb"), "-b", "0", "-i", headers, .. _switches, text]);
        // That a check did not run because of another one is nothing that authors could correct.
        return
        [
            .. Warning().Matches(result.StandardError)
            .Select(match => $"{match.Groups["check"].Value}: {match.Groups["text"].Value}")
                .Where(text => !text.Contains(": Failed prerequisite", StringComparison.Ordinal)).Select(PlaceOf)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Check and place: the words are those of each program.</summary>
    private static string PlaceOf(string warning) => string.Join(": ", warning.Split(": ")[..2]);

    private static IEnumerable<(string File, string Id, string Rule, string Message)> Check(string[] files)
    {
        using var host = new TestHost();
        string schemas = host.Write("none.yaml", "$id: http://devicetree.org/schemas/none.yaml#\n");
        host.Dt(["schema", "check", "--no-cache", "-s", schemas, "--format", "json", .. files]);
        using JsonDocument report = JsonDocument.Parse(host.Output);
        return
        [
            .. report.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (
                finding.GetProperty("file").GetString()!, finding.GetProperty("id").GetString()!,
                finding.GetProperty("rule").GetString()!.Replace('-', '_'), finding.GetProperty("message").GetString()!)),
        ];
    }

    [GeneratedRegex(@"^.*Warning \((?<check>[a-z_]+)\): (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
