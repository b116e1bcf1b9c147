using System.Text.Json;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// Expected texts are what dt-validate of dt-schema 2026.6 (commit 01b5073) prints for the same blobs and bindings; numbers are
/// those of the reference's conformance cases.
/// </summary>
public sealed class DtValidateTests : IDisposable
{
    private const string Thing = "\tfrom schema $id: http://devicetree.org/schemas/test/acme,thing.yaml\n";
    private const string Open = "\tfrom schema $id: http://devicetree.org/schemas/test/acme,open.yaml\n";

    private readonly TestHost _host = new();

    public DtValidateTests()
    {
        AcmeBindings.Write(_host);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "processed.json", "bindings"));
    }

    public void Dispose() => _host.Dispose();

    public static TheoryData<string, string, string> Findings => new()
    {
        {
            "103: a cell in a property of bytes",
            "thing@10 { compatible = \"acme,thing\"; reg = <0x10 4>; acme,level = <3>; };",
            "a.dtb: thing@10 (acme,thing): acme,level: [0, 0, 0, 3] is not of type 'integer'\n" + Thing
            + "a.dtb: thing@10 (acme,thing): acme,level: size is 32, expected 8\n" + Thing
        },
        {
            "104: a flag with a value",
            "thing@10 { compatible = \"acme,thing\"; reg = <0x10 4>; acme,on = <1>; };",
            "acme,on: size (4) error for type flag\n"
            + "a.dtb: thing@10 (acme,thing): acme,on: 1 is not of type 'boolean'\n" + Thing
        },
        {
            "106: a property that must not be",
            "thing@10 { compatible = \"acme,thing\"; reg = <0x10 4>; never; };",
            "a.dtb: thing@10 (acme,thing): False schema does not allow True\n" + Thing
        },
        {
            "109: a disabled node may lack properties, but has none that is not listed",
            "thing@20 { compatible = \"acme,thing\"; status = \"disabled\"; nothing; };",
            "a.dtb: thing@20 (acme,thing): 'nothing' does not match any of the regexes: '^pinctrl-[0-9]+$'\n" + Thing
        },
        { "109: a property that is not evaluated does not count in a disabled node",
            "open@30 { compatible = \"acme,open\"; status = \"disabled\"; nothing; };", "" },
        {
            "110: of several compatible strings the first known one chooses the schema",
            "thing@30 { compatible = \"acme,thing-v3\", \"acme,thing\"; reg = <0x30 1>; };",
            "a.dtb: thing@30 (acme,thing-v3): compatible: 'oneOf' conditional failed, one must be fixed:\n"
            + "\t['acme,thing-v3', 'acme,thing'] is too long\n"
            + "\t'acme,thing-v2' was expected\n"
            + "\t'acme,thing' was expected\n" + Thing
        },
        {
            "112: a reference to a file that is not there",
            "open@40 { compatible = \"acme,open\"; label = \"x\"; interrupts = <1>; child { }; };",
            "a.dtb: open@40 (acme,open): child: False schema does not allow {}\n" + Open
        },
        {
            "92: interrupts written in both ways",
            "open@50 { compatible = \"acme,open\"; label = \"x\"; interrupts = <1>; interrupts-extended = <&c0 1>; };",
            "a.dtb: open@50 (acme,open): {'compatible': ['acme,open'], 'label': ['x'], 'interrupts': [[1]], 'interrupts-extended': [[1, 1]], "
            + "'$nodename': ['open@50']} is valid under each of {'required': ['interrupts-extended']}, {'required': ['interrupts']}\n" + Open
        },
        {
            "92: interrupts written in neither way, and a property that nothing knows",
            "open@60 { compatible = \"acme,open\"; label = \"x\"; unknown = <1 2>; };",
            "a.dtb: open@60 (acme,open): 'oneOf' conditional failed, one must be fixed:\n"
            + "\t'interrupts' is a required property\n\t'interrupts-extended' is a required property\n" + Open
            + "a.dtb: open@60 (acme,open): Unevaluated properties are not allowed ('unknown' was unexpected)\n" + Open
        },
    };

    [Theory, MemberData(nameof(Findings))]
    public void Findings_are_printed_in_the_words_of_the_original(string _, string node, string expected)
    {
        AcmeBindings.Compile(_host, "a.dtb", node + AcmeBindings.Providers);
        Assert.Equal(0, _host.Run("dt-validate", "-s", "processed.json", "a.dtb"));
        Assert.Equal(expected, _host.Error);
        Assert.Equal("", _host.Output);
        // Bindings that are read again give the same findings after what is wrong with the bindings.
        Assert.Equal(0, _host.Run("dt-validate", "-s", "bindings", "a.dtb"));
        Assert.EndsWith(expected, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_107_an_undocumented_list_is_named_once_for_each_of_its_strings()
    {
        AcmeBindings.Compile(_host, "a.dtb", "other { compatible = \"acme,a\", \"acme,thing\", \"acme,b\"; };");
        const string Line = "a.dtb: /other: failed to match any schema with compatible: ['acme,a', 'acme,thing', 'acme,b']\n";
        Assert.Equal(0, _host.Run("dt-validate", "-m", "-l", "generated", "-s", "processed.json", "a.dtb"));
        Assert.Equal(Line + Line, _host.Error);
        // A limit that the schema of all compatible strings does not have silences it, and so does -c.
        Assert.Equal(0, _host.Run("dt-validate", "-m", "-l", "acme,o", "-s", "processed.json", "a.dtb"));
        Assert.Equal("", _host.Error);
        Assert.Equal(0, _host.Run("dt-validate", "-mc", "-s", "processed.json", "a.dtb"));
        Assert.DoesNotContain("failed to match", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_100_cell_counts_of_zero_are_reported_instead_of_splitting_for_ever()
    {
        _host.Write("zero.dts", "/dts-v1/; / { #address-cells = <0>; #size-cells = <0>; open@1 { reg = <1 2>; }; };");
        Assert.Equal(0, _host.Run("dtc", "-q", "-O", "dtb", "-o", "zero.dtb", "zero.dts"));
        Assert.Equal(0, _host.Run("dt-validate", "-s", "processed.json", "zero.dtb"));
        Assert.Equal("zero.dtb: /open@1: reg: cannot be split, the cell counts are 0\n", _host.Error);
    }

    [Fact]
    public void Case_101_a_phandle_of_no_node_is_reported_whatever_other_files_hold()
    {
        AcmeBindings.Compile(_host, "provider.dtb", "gpio { compatible = \"foo\"; phandle = <7>; #gpio-cells = <1>; };");
        AcmeBindings.Compile(_host, "a.dtb", "thing@1 { compatible = \"acme,thing\"; reg = <1 2>; reset-gpios = <7 1>; };");
        Assert.Equal(0, _host.Run("dt-validate", "-s", "processed.json", "provider.dtb", "a.dtb"));
        Assert.Equal("a.dtb: /thing@1: reset-gpios: no node has the phandle 7\n", _host.Error);
    }

    [Fact]
    public void Case_113_a_blob_that_cannot_be_read_ends_with_1_but_not_the_batch()
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@1 { compatible = \"acme,thing\"; };");
        _host.Write("short.dtb", _host.Read("a.dtb")[..60]);
        Assert.Equal(1, _host.Run("dt-validate", "-s", "processed.json", "short.dtb", "missing.dtb", "a.dtb"));
        string[] lines = _host.Error.Split('\n');
        Assert.StartsWith("dt-validate: short.dtb: at offset 0x3c: the file ends", lines[0], StringComparison.Ordinal);
        Assert.Equal("a.dtb: thing@1 (acme,thing): 'reg' is a required property", lines[1]);
        Assert.Equal(255, _host.Run("dt-validate", "-s", "missing", "a.dtb"));
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void Directories_are_searched_for_blobs_and_verbose_names_each_file()
    {
        AcmeBindings.Compile(_host, "boards/x/b.dtb", "thing@1 { compatible = \"acme,thing\"; };");
        AcmeBindings.Compile(_host, "boards/a.dtb", "");
        AcmeBindings.Compile(_host, "last.dtb", "");
        Assert.Equal(0, _host.Run("dt-validate", "-v", "-s", "processed.json", "last.dtb", "boards"));
        Assert.Equal("Check:  boards/a.dtb\nCheck:  boards/x/b.dtb\nCheck:  last.dtb\n", _host.Output);
        Assert.Equal(
            """
            boards/x/b.dtb: thing@1 (acme,thing): 'reg' is a required property

            Failed validating 'required' in schema:
                {'$filename': '…/bindings/acme,thing.yaml',
                 '$id': 'http://devicetree.org/schemas/test/acme,thing.yaml#',
            """,
            string.Join('\n', _host.Error.Split('\n')[..5]).Replace(_host.Directory, "…", StringComparison.Ordinal));
        Assert.EndsWith(
            "On instance:\n    {'compatible': ['acme,thing'], '$nodename': ['thing@1']}\n" + Thing, _host.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_also_written_as_JSON()
    {
        AcmeBindings.Compile(_host, "a.dtb",
            "thing@10 { compatible = \"acme,thing-v3\", \"acme,thing\"; reg = <1 2>; acme,on = <1>; };");
        Assert.Equal(0, _host.Run("dt-validate", "-m", "-s", "processed.json", "--json-output", "out.json", "a.dtb"));
        using JsonDocument file = JsonDocument.Parse(_host.Read("out.json"));
        JsonElement[] findings = [.. file.RootElement.EnumerateArray()];
        Assert.Equal(["decode", "validation", "validation", "unmatched"],
            findings.Select(each => each.GetProperty("type").GetString()));
        Assert.Equal("acme,on: size (4) error for type flag", findings[0].GetProperty("message").GetString());
        JsonElement choice = findings[2];
        Assert.Equal("/thing@10", choice.GetProperty("node").GetString());
        Assert.Equal(["compatible"], choice.GetProperty("property_path").EnumerateArray().Select(step => step.GetString()));
        Assert.Equal(["properties", "compatible", "oneOf"],
            choice.GetProperty("schema_path").EnumerateArray().Select(step => step.GetString()));
        Assert.Equal(3, choice.GetProperty("context").GetArrayLength());
        Assert.Equal(2, findings[3].GetProperty("compatible").GetArrayLength());
    }

    [Fact]
    public void The_order_of_findings_does_not_depend_on_threads()
    {
        string[] files = [.. Enumerable.Range(0, 24).Select(index => $"board{index:00}.dtb")];
        foreach (string file in files)
            AcmeBindings.Compile(_host, file, "thing@1 { compatible = \"acme,thing\"; };");
        Assert.Equal(0, _host.Run("dt-validate", ["-s", "processed.json", .. files]));
        Assert.Equal(files, _host.Error.Split('\n').Where(line => line.StartsWith("board", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]));
    }
}
