using System.Text.Json;
using Gunyah.Testing.Trees;

namespace Gunyah.Tool.Tests.Checking;

/// <summary><c>gunyah check</c> as a user runs it. That Debian's dt-validate agrees is in Conformance.Tests.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private static readonly string[] _dialects = ["v6", "upstream", "qcom"];

    private readonly TestHost _host = new();

    public static TheoryData<string> Mutants => MutatedTree.Names;

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Mutants))]
    public void A_mutated_tree_has_exactly_the_findings_that_belong_to_it(string name)
    {
        var tree = MutatedTree.Of(name);
        _host.Write("tree.dts", tree.Source);
        int code = _host.Run("check", "--format", "json", "--dialect", tree.Asked ?? tree.Dialect, "tree.dts");
        (string[] findings, int errors) = Read(_host.Output);
        Assert.Equal(tree.Finds.Order(StringComparer.Ordinal), findings.Order(StringComparer.Ordinal));
        Assert.Equal(errors > 0 ? 1 : 0, code);
    }

    [Fact]
    public void There_are_more_than_forty_mutated_trees() =>
        Assert.True(MutatedTree.All.Count(tree => tree.Finds.Count > 0) > 40);

    [Fact]
    public void Every_tree_that_a_machine_writes_passes_in_its_dialect_and_fails_in_the_others()
    {
        foreach (string dialect in _dialects)
        {
            Assert.Equal(0, _host.Run("up", Checkout.File("examples", "three-vms.yaml"), "--dialect", dialect, "--dump",
                dialect));
            string[] trees = Directory.GetFiles(_host.PathOf(dialect), "*.dtb");
            Assert.Equal(4, trees.Length);
            foreach (string tree in trees)
            {
                foreach (string asked in _dialects)
                {
                    int code = _host.Run("check", "--dialect", asked, tree);
                    Assert.True(code == (asked == dialect ? 0 : 1), $"{tree} as {asked}: {code}\n{_host.Output}");
                }
                Assert.Equal(0, _host.Run("check", tree));
            }
        }
    }

    [Theory]
    [InlineData("primary.dtb", "GUN102", "GUN103", "GUN104")]
    [InlineData("secondary.dtb", "GUN103", "GUN105", "GUN106", "GUN107")]
    public void The_trees_of_the_real_Resource_Manager_pass_as_qcom_and_what_it_gets_wrong_is_a_warning(string name,
    params string[] warnings)
    {
        Assert.Equal(0, _host.Run("check", "--format", "json", "--dialect", "qcom", Checkout.RealVector(name)));
        (string[] findings, int errors) = Read(_host.Output);
        Assert.Equal(0, errors);
        Assert.Equal(warnings, findings.Select(finding => finding.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tree_without_Gunyah_is_a_warning() =>
        Assert.Equal((0, 1), (_host.Run("check", Checkout.RealVector("primary-base.dtb")),
        _host.Output.Split("GUN001").Length - 1));

    [Fact]
    public void A_bad_file_does_not_keep_the_others_from_being_checked()
    {
        _host.Write("bad.dtb", "no devicetree");
        _host.Write("tree.dts", MutatedTree.Of("the capability IDs are the same").Source);
        Assert.Equal(1, _host.Run("check", "bad.dtb", "tree.dts"));
        Assert.Contains("GUN006", _host.Output, StringComparison.Ordinal);
    }

    private static (string[] Findings, int Errors) Read(string json)
    {
        using var report = JsonDocument.Parse(json);
        string[] findings = [.. report.RootElement.GetProperty("findings").EnumerateArray().Select(
            finding => $"{finding.GetProperty("id")} {finding.GetProperty("node")} {finding.GetProperty("property")}".Trim())];
        return (findings, report.RootElement.GetProperty("errors").GetInt32());
    }
}
