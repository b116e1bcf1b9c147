using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Gunyah.Testing.Trees;
using Gunyah.Tool.Checking;

namespace Gunyah.Tool.Tests.Checking;

/// <summary>
/// Sources, includes, macros and overlays as input of <c>check</c> and <c>inspect</c>, and that both find the same.
/// </summary>
public sealed class SourceInputTests : IDisposable
{
    private const string Board = """
        /dts-v1/;
        #include "gic.dtsi"
        / {
            hypervisor {
                compatible = "gunyah-hypervisor-1.0", "gunyah-hypervisor";
                #address-cells = <2>;
                #size-cells = <0>;

                rm: gunyah-resource-mgr@a1 {
                    compatible = "gunyah-resource-manager-1-0", "gunyah-resource-manager";
                    reg = <0x0 0xa1>, <0x0 0xb2>;
                    interrupts = <GIC_SPI 928 SENSE>, <GIC_SPI 929 1>;
                };
            };
        };
        """;

    private const string Included = """
        #define GIC_SPI 0
        / {
            compatible = "acme,vm";
            model = "Acme virtual machine";
            #address-cells = <2>;
            #size-cells = <2>;
            interrupt-parent = <&gic>;

            gic: interrupt-controller@3fff0000 {
                compatible = "arm,gic-v3";
                reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 0x3ffd0000 0x0 0x20000>;
                interrupt-controller;
                #interrupt-cells = <3>;
                #address-cells = <0>;
            };

            memory@80000000 {
                device_type = "memory";
                reg = <0x0 0x80000000 0x0 0x10000000>;
            };
        };
        """;

    private readonly TestHost _host = new();

    public static TheoryData<string> Mutants => MutatedTree.Names;

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("inspect")]
    public void Sources_go_through_the_preprocessor_with_the_options_of_dt(string command)
    {
        WriteBoard();
        string[] line = [command, "-I", "include", "-D", "SENSE=7", "-U", "SENSE", "-D", "SENSE=1", "vm.dts"];
        Assert.True(_host.Run(line) == 0, _host.Output + _host.Error);
        Assert.DoesNotContain("GUN", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run(command, "vm.dts"));
        Assert.Contains("gic.dtsi", _host.Output + _host.Error, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run(command, "--nothere", "vm.dts"));
    }

    [Fact]
    public void A_finding_has_the_place_where_the_source_writes_it()
    {
        WriteBoard();
        Assert.Equal(1, _host.Run("check", "-I", "include", "-D", "SENSE=4", "vm.dts"));
        Assert.Contains("vm.dts:12:13: error GUN008", _host.Output, StringComparison.Ordinal);

        Assert.Equal(0, _host.Run("inspect", "-I", "include", "-D", "SENSE=4", "--format", "json", "vm.dts"));
        using JsonDocument document = JsonDocument.Parse(_host.Output);
        JsonElement finding = Assert.Single(document.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ("GUN008", "vm.dts", 12, 13),
            (finding.GetProperty("rule").GetString(), finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()));
    }

    [Theory]
    [InlineData("vm.dts", "vm.dts:12:13: error GUN008")]
    [InlineData("vm.dtb", null)]
    public void An_overlay_is_checked_on_its_base_and_its_findings_have_its_places(string file, string? placeInBase)
    {
        WriteBoard();
        string @base = file;
        if (file == "vm.dtb")
            File.WriteAllBytes(_host.PathOf(@base),
                Compiled(Board.Replace("#include \"gic.dtsi\"", Included, StringComparison.Ordinal)
                    .Replace("SENSE", "1", StringComparison.Ordinal).Replace("GIC_SPI", "0", StringComparison.Ordinal)
                    .Replace("#define 0 0", "", StringComparison.Ordinal)));
        _host.Write("interrupts.dtso", "/dts-v1/;\n/plugin/;\n&rm {\n\tinterrupts = <0 928 1>, <0 928 1>;\n};\n");
        _host.Write("node.dtso", "/dts-v1/;\n/plugin/;\n&{/hypervisor} {\n\twatchdog {\n\t};\n};\n");
        string[] options = ["-I", "include", "-D", "SENSE=1", "--base", @base];

        Assert.Equal(1, _host.Run(["check", .. options, "interrupts.dtso"]));
        Assert.Contains("interrupts.dtso:4:2: error GUN007", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run(["check", .. options, "node.dtso"]));
        Assert.Contains("node.dtso:4:2: warning GUN041", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run(["inspect", .. options, "interrupts.dtso"]));
        Assert.Contains("interrupts.dtso:4:2: error GUN007", _host.Output, StringComparison.Ordinal);

        // What it adds to a node of the base is where it adds it; what it did not write keeps the place that it has in the base.
        _host.Write("strings.dtso", "/dts-v1/;\n/plugin/;\n&rm { qcom,acme; };\n");
        Assert.Equal(1, _host.Run(["check", .. options, "strings.dtso"]));
        Assert.Contains("strings.dtso:3:", _host.Output, StringComparison.Ordinal);
        _host.Write("elsewhere.dtso", "/dts-v1/;\n/plugin/;\n&{/hypervisor} { acme,lamp; };\n");
        Assert.Equal(1, _host.Run(["check", "-I", "include", "-D", "SENSE=4", "--base", @base, "elsewhere.dtso"]));
        if (placeInBase is not null)
            Assert.Contains(placeInBase, _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlay_needs_a_base_and_a_base_needs_overlays()
    {
        WriteBoard();
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&rm { status = \"okay\"; };\n");
        _host.Write("lost.dtso", "/dts-v1/;\n/plugin/;\n&nothere { status = \"okay\"; };\n");
        foreach (string command in (string[])["check", "inspect"])
        {
            Assert.Equal(1, _host.Run(command, "o.dtso"));
            Assert.Contains("GT0002", _host.Output + _host.Error, StringComparison.Ordinal);
            Assert.Equal(1, _host.Run(command, "-I", "include", "-D", "SENSE=1", "--base", "vm.dts", "vm.dts"));
            Assert.Contains("GT0003", _host.Output + _host.Error, StringComparison.Ordinal);
            Assert.Equal(1, _host.Run(command, "-I", "include", "-D", "SENSE=1", "--base", "vm.dts", "lost.dtso"));
            Assert.Contains("GT0004", _host.Output + _host.Error, StringComparison.Ordinal);
            Assert.Equal(1, _host.Run(command, "--base", "nothere.dts", "o.dtso"));
            Assert.Contains("GT0001", _host.Output + _host.Error, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Mutants))]
    public void Inspect_shows_what_check_finds(string name)
    {
        var tree = MutatedTree.Of(name);
        _host.Write("tree.dts", tree.Source);
        _host.Run("check", "--format", "json", "tree.dts");
        using JsonDocument check = JsonDocument.Parse(_host.Output);
        _host.Run("inspect", "--format", "json", "tree.dts");
        using JsonDocument inspection = JsonDocument.Parse(_host.Output);
        Assert.Equal(
            check.RootElement.GetProperty("findings").EnumerateArray()
                .Select(finding => $"{finding.GetProperty("id")} {finding.GetProperty("node")} {finding.GetProperty("message")}"),
            inspection.RootElement.GetProperty("findings").EnumerateArray().Select(
                finding => $"{finding.GetProperty("rule")} {finding.GetProperty("path")} {finding.GetProperty("message")}"));
    }

    [Fact]
    public void Every_rule_has_an_id_a_name_and_a_remedy_of_its_own()
    {
        DiagnosticRule[] rules = [.. GunyahRules.All];
        Assert.Equal(rules.Length, rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(rules.Length, rules.Select(rule => rule.Name).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.True(Enum.IsDefined(rule.Severity));
            Assert.False(char.IsUpper(rule.Message[0]) || rule.Message.EndsWith('.'), rule.Message);
            Assert.True(char.IsUpper(rule.Remedy[0]) && rule.Remedy.EndsWith('.'), rule.Remedy);
        });
    }

    private static byte[] Compiled(string source)
    {
        var diagnostics = new DiagnosticBag();
        var loader = new Devicetree.Loading.DocumentLoader(new() { Compilation = new() { GenerateSymbols = true } });
        Devicetree.Loading.DevicetreeDocument? document =
            loader.Load(new("vm.dts", System.Text.Encoding.UTF8.GetBytes(source)), diagnostics);
        Assert.True(document is not null, string.Join('\n', diagnostics.Items));
        return document.Blob.ToArray();
    }

    private void WriteBoard()
    {
        Directory.CreateDirectory(_host.PathOf("include"));
        _host.Write("vm.dts", Board);
        _host.Write("include/gic.dtsi", Included);
    }
}
