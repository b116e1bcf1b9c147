using System.Text.Json;
using System.Xml.Linq;
using Devicetree.Text.Reports;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What every verb prints for machines is read back by a reader that forgives nothing.</summary>
public sealed class FormatOutputTests : IDisposable
{
    private readonly TestHost _host = new();

    public FormatOutputTests()
    {
        AcmeBindings.Write(_host);
        Directory.CreateDirectory(_host.PathOf(".git"));
        AcmeBindings.Compile(
            _host, "a.dtb",
            "__proto__ = \"x\"; thing@10 { compatible = \"acme,thing-v3\", \"acme,thing\"; reg = <1 1>, <2 2>, <3 3>; never; };"
            + " open@1 { compatible = \"acme,open\"; };");
        _host.Write("b.dts", "/dts-v1/;\n/ { l: thing@10 { reg = <0x10>; compatible = \"a\", \"b\"; }; };\n&l { a = <&l>; };\n");
        _host.Write("bad.dts", "/dts-v1/;\n/ { a = <&nowhere &alsonowhere>;; b = <1> };\n");
        _host.Write("layout.dts", "/dts-v1/;\n/{ a; };\n");
        _host.Write("o.dts", "/dts-v1/;\n/plugin/;\n&l { a = <&l>, <2>; new { b; }; };\n&{/} { c = \"d\"; };\n/ { beside { }; };\n");
        // One property twice, as only a damaged blob has it.
        _host.Write("twins.dts", "/dts-v1/;\n/ { aa = <1>; bb = <2>; };\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "twins.dtb", "twins.dts"));
        byte[] twins = _host.Read("twins.dtb");
        int name = twins.AsSpan().IndexOf("bb\0"u8);
        "aa"u8.CopyTo(twins.AsSpan(name));
        _host.Write("twins.dtb", twins);
    }

    public void Dispose() => _host.Dispose();

    /// <summary>Verbs that print findings, and those inputs that they find most in.</summary>
    private static readonly string[] _finding =
    [
        "check -s bindings -m --binding-findings a.dtb ./b.dts bad.dts missing.dtb", "check -s bindings --base b.dts o.dts",
        "schema check --core-schemas core bindings", "compile --out-dir out b.dts bad.dts",
        "compile --dtc-checks --out-dir out b.dts",
        "overlay b.dts o.dts bad.dts -o out.dtb", "overlay b.dts o.dts --explain", "overlay a.dtb o.dts -o out.dtb",
        "decompile twins.dtb -o out.dts", "format --check layout.dts bad.dts",
    ];

    public static TheoryData<string, string> Reports =>
        [.. from line in _finding from word in ReportFormats.Words.Skip(1) select new TheoryDataRow<string, string>(line, word)];

    [Theory, MemberData(nameof(Reports))]
    public void A_report_is_read_strictly(string line, string format)
    {
        Assert.InRange(_host.Dt([.. line.Split(' '), "--format", format]), 0, 1);
        // Verbs with results of their own report beside them; what is said to people has lines of its own.
        bool isResult = line.StartsWith("check", StringComparison.Ordinal) || line.StartsWith("schema", StringComparison.Ordinal)
            || line.Contains("--check", StringComparison.Ordinal);
        string report = isResult ? _host.Output : _host.Error;
        switch (format)
        {
            case "junit":
                Assert.Equal("testsuites", XDocument.Parse(report).Root?.Name);
                break;
            case "github":
                Assert.All(report.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    each => Assert.Matches("^::(error|warning|notice) .*::.", each));
                break;
            default:
                Strict(report);
                break;
        }
        if (!isResult && _host.Output.Length > 0 && format == "json")
            Strict(_host.Output);
    }

    [Theory]
    [InlineData("print a.dtb --format json")]
    [InlineData("print b.dts --format json")]
    [InlineData("print twins.dtb --format json")]
    [InlineData("get a.dtb /**:* --format json")]
    [InlineData("get twins.dtb / --format json")]
    [InlineData("diff a.dtb b.dts --format json")]
    [InlineData("diff twins.dtb a.dtb --format json")]
    [InlineData("overlay b.dts o.dts --explain --format json")]
    public void A_result_is_read_strictly(string line)
    {
        Assert.InRange(_host.Dt(line.Split(' ')), 0, 1);
        Strict(_host.Output);
    }

    [Fact]
    public void The_first_of_two_properties_with_one_name_is_the_one_that_readers_find()
    {
        _host.Dt("print", "twins.dtb", "--format", "json");
        JsonElement properties = Strict(_host.Output)[0].GetProperty("properties");
        Assert.Equal(1, Assert.Single(properties.EnumerateObject()).Value.GetProperty("value")[0].GetInt32());
        Assert.Contains("BLB", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("junit")]
    public void Machines_get_paths_from_the_root_of_the_repository_however_they_were_written(string format)
    {
        _host.Write("sub/inc/c.dtsi", "/ { thing@1 { reg = <1>; }; };\n");
        _host.Write("sub/c.dts", "/dts-v1/;\n#include \"./inc/../inc/c.dtsi\"\n");
        _host.Dt("compile", "--format", format, "-o", "out.dtb", $".//sub/../sub/c.dts");
        Assert.Contains("sub/inc/c.dtsi", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("..", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("./", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("//sub", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_our_own_json_show_paths_as_they_were_written()
    {
        _host.Dt("check", "--format", "json", "./bad.dts");
        Assert.Contains("\"./bad.dts\"", _host.Output, StringComparison.Ordinal);
        _host.Dt("check", "./bad.dts");
        Assert.Contains("./bad.dts:2:", _host.Output, StringComparison.Ordinal);
    }

    private static JsonElement Strict(string text) =>
        JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 1000 }).RootElement;
}
