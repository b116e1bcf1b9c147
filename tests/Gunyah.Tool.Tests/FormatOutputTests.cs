using System.Text.Json;
using System.Xml.Linq;
using Devicetree.Text.Reports;
using Gunyah.Testing.Trees;

namespace Gunyah.Tool.Tests;

/// <summary>
/// What <c>gunyah</c> prints for machines is read back by a reader that forgives nothing; its options are those of <c>dt</c>.
/// </summary>
public sealed class FormatOutputTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<string> Formats => [.. ReportFormats.Words.Skip(1)];

    [Theory, MemberData(nameof(Formats))]
    public void A_report_of_every_mutated_tree_is_read_strictly(string format)
    {
        var files = new List<string>();
        foreach (MutatedTree tree in MutatedTree.All)
            files.Add(_host.Write($"{files.Count}.dts", tree.Source));
        Assert.Equal(1, _host.Run(["check", "--format", format, .. files, "missing.dts"]));
        if (format == "junit")
            Assert.Equal(files.Count + 1, XDocument.Parse(_host.Output).Root!.Elements("testsuite").Count());
        else if (format != "github")
            Strict(_host.Output);
        else
            Assert.All(_host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Matches("^::(error|warning|notice) .*::.", line));
    }

    [Fact]
    public void Summaries_and_inspections_are_read_strictly()
    {
        Assert.Equal(0, _host.Run("up", "--summary", "json", "--dump", "dump"));
        Strict(_host.Output);
        string[] trees = Directory.GetFiles(_host.PathOf("dump"), "*.dtb");
        Assert.NotEmpty(trees);
        foreach (string tree in trees)
        {
            Assert.Equal(0, _host.Run("inspect", "--format", "json", tree));
            Strict(_host.Output);
        }
    }

    [Fact]
    public void A_check_fails_by_warnings_when_asked_and_hides_them_when_quiet()
    {
        string primary = Checkout.RealVector("primary.dtb");
        Assert.Equal(0, _host.Run("check", "--dialect", "qcom", primary));
        Assert.Contains("warning GUN102", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("check", "--dialect", "qcom", "--fail-on", "warning", primary));
        Assert.Equal(0, _host.Run("check", "--dialect", "qcom", "-q", primary));
        Assert.Equal("", _host.Output);
        Assert.Equal(1, _host.Run("check", "--dialect", "qcom", "-q", "--fail-on", "warning", primary));
    }

    private static JsonElement Strict(string text) =>
        JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
}
