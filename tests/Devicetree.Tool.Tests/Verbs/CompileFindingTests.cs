using System.Text.Json;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What <c>dt compile</c> says beyond dtc, and how.</summary>
public sealed class CompileFindingTests : IDisposable
{
    private const string Units = """
        /dts-v1/;

        / {
        	#address-cells = <1>;
        	#size-cells = <1>;
        	dev@0x50000 {
        		reg = <0x58000 0x400>;
        	};
        	dev@60000 {
        		reg = <0x68000 0x400>;
        	};
        	smbus@0A {
        		reg = <0xa 1>;
        	};
        	good@a,b { reg = <1 1>; };
        	good@10 { reg = <0x10 1>; };
        };
        """;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Case_43_A_unit_address_that_is_not_that_of_reg_is_found_on_every_bus_and_json_names_the_node()
    {
        _host.Write("a.dts", Units);
        Assert.Equal(0, _host.Dt("compile", "--format", "json", "a.dts", "-o", "a.dtb"));
        JsonElement[] findings = [.. JsonDocument.Parse(_host.Error).RootElement.GetProperty("findings").EnumerateArray()];
        Assert.Equal(
            ["DTS118 /dev@0x50000", "DTS118 /smbus@0A", "DTS179 /dev@0x50000", "DTS179 /dev@60000"],
            findings.Select(each => $"{each.GetProperty("id").GetString()} {each.GetProperty("node").GetString()}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(1, _host.Dt("compile", "-E", "unit_address_vs_reg_value", "a.dts", "-o", "a.dtb"));
        Assert.Equal(0, _host.Dt("compile", "-W", "no-unit_address_vs_reg_value", "a.dts", "-o", "a.dtb"));
        Assert.DoesNotContain("DTS179", _host.Error, StringComparison.Ordinal);
    }

    /// <summary>
    /// On SPMI the second cell is the kind of access, on ISA the first is the space: neither is part of a name.
    /// </summary>
    [Theory]
    [InlineData("spmi", "7 0", "7", true)]
    [InlineData("spmi", "7 0", "8", false)]
    [InlineData("isa", "1 0x2f8", "2f8", true)]
    [InlineData("isa", "1 0x2f8", "2f9", false)]
    [InlineData("bus", "1 0x2f8", "1000002f8", true)]
    [InlineData("bus", "1 0x2f8", "2f8", false)]
    public void Case_43_A_unit_address_is_compared_with_what_its_bus_calls_the_address(string bus, string reg, string unit,
    bool isGood)
    {
        string sizes = bus == "isa" ? "1" : "0";
        string rest = bus == "isa" ? " 8" : "";
        _host.Write(
            "a.dts", $"/dts-v1/;\n/ {{ {bus} {{ #address-cells = <2>; #size-cells = <{sizes}>; n@{unit} {{ reg = <{reg}{rest}>; }}; }}; }};\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Equal(!isGood, _host.Error.Contains("DTS179", StringComparison.Ordinal));
    }

    [Fact]
    public void Case_43_dt_check_finds_it_in_sources_too()
    {
        AcmeBindings.Write(_host);
        _host.Write("a.dts", Units);
        Assert.Equal(0, _host.Dt("check", "--no-cache", "--core-schemas", "core", "a.dts"));
        Assert.Contains("warning DTS179", _host.Output, StringComparison.Ordinal);
        Assert.Contains("/dev@60000", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("check", "--no-cache", "--core-schemas", "core", "-E", "unit_address_vs_reg_value", "a.dts"));
        Assert.Equal(0, _host.Dt("check", "--no-cache", "--core-schemas", "core", "-W", "no-unit_address_vs_reg_value", "a.dts"));
        Assert.DoesNotContain("DTS179", _host.Output, StringComparison.Ordinal);
        Assert.Equal(2, _host.Dt("check", "-W", "unit_address_vs_reg_valu", "a.dts"));
        Assert.Contains("Did you mean 'unit_address_vs_reg_value'?", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_build_of_Linux_leaves_out_is_run_when_asked_and_by_the_drop_in()
    {
        AcmeBindings.Write(_host);
        _host.Write("a.dts", "/dts-v1/;\n/ { aliases { A_B = \"x\"; }; n@1 { }; };\n");
        foreach (string[] line in (string[][])[["compile", "-o", "a.dtb"], ["check", "--no-cache", "--core-schemas", "core"]])
        {
            Assert.Equal(0, _host.Dt([.. line, "a.dts"]));
            Assert.DoesNotContain("DTS", _host.Output + _host.Error, StringComparison.Ordinal);
            Assert.Equal(0, _host.Dt([.. line, "--dtc-checks", "a.dts"]));
            Assert.Contains("DTS117", _host.Output + _host.Error, StringComparison.Ordinal);
            Assert.Contains("DTS173", _host.Output + _host.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, _host.Run("dtc", "-o", "a.dtb", "a.dts"));
        Assert.Contains("(unit_address_vs_reg)", _host.Error, StringComparison.Ordinal);
        Assert.Contains("(alias_paths)", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_43_The_drop_in_has_no_check_that_dtc_has_not()
    {
        _host.Write("a.dts", Units);
        _host.Run("dtc", "-o", "a.dtb", "a.dts");
        Assert.DoesNotContain("0x68000", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("dtc", "-W", "unit_address_vs_reg_value", "-o", "a.dtb", "a.dts"));
        Assert.Contains("Unrecognized check name", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_48_A_label_that_stands_in_the_symbols_with_the_same_path_is_nothing_to_report()
    {
        const string Overlay = "/dts-v1/; /plugin/; &i2c { codec: codec@18 { x = <&codec>; }; };";
        _host.Write("a.dtso", Overlay);
        Assert.Equal(0, _host.Dt("compile", "-@", "a.dtso", "-o", "a.dtbo"));
        Assert.Equal(0, _host.Dt("decompile", "-a", "a.dtbo", "-o", "b.dts"));
        Assert.Equal(0, _host.Dt("compile", "-@", "-W", "no-unit_address_vs_reg", "b.dts", "-o", "b.dtbo"));
        Assert.DoesNotContain("DTS044", _host.Error, StringComparison.Ordinal);
        Assert.Equal(_host.Read("a.dtbo"), _host.Read("b.dtbo"));
        _host.Write("c.dts", "/dts-v1/; / { l: n { }; __symbols__ { l = \"/m\"; }; m { }; };");
        Assert.Equal(0, _host.Dt("compile", "-@", "c.dts", "-o", "c.dtb"));
        Assert.Contains("warning DTS044: label 'l' is not written to /__symbols__, where that name has another value",
            _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_65_The_text_of_a_finding_is_never_cut()
    {
        string path = string.Concat(Enumerable.Range(1, 9).Select(i => $"/interconnect-bus-number-{i}@{i}0000000"));
        string open = string.Concat(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{name} {{ "));
        _host.Write("a.dts", $"/dts-v1/; / {{ {open} reg = <1 2 3 4>; {string.Concat(Enumerable.Repeat("}; ", 9))} }};");
        Assert.Equal(0, _host.Dt("compile", "a.dts", "-o", "a.dtb"));
        Assert.Contains($"{path}:reg: the value has 16 bytes, which is not a multiple of 12: ", _host.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("…", string.Join('\n',
            _host.Error.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("compile", "--format", "json", "a.dts", "-o", "a.dtb"));
        Assert.All(
            JsonDocument.Parse(_host.Error).RootElement.GetProperty("findings").EnumerateArray(),
            finding => Assert.DoesNotContain('…', finding.GetProperty("message").GetString()!));
    }

    [Fact]
    public void Case_70_Binary_files_and_names_with_spaces_are_among_the_dependencies()
    {
        _host.Write("inc/a.h", "#define A 1\n");
        _host.Write("with space/p.dtsi", "/ { b = /incbin/(\"f w.bin\"); };\n");
        _host.Write("with space/f w.bin", [1]);
        _host.Write("a.dts", "/dts-v1/;\n#include <a.h>\n/include/ \"with space/p.dtsi\"\n/ { x = <A>; };\n");
        Assert.Equal(0, _host.Dt("compile", "-I", "inc", "-d", "a.d", "a.dts", "-o", "a.dtb"));
        Assert.Equal("a.dtb: a.dts inc/a.h with\\ space/p.dtsi with\\ space/f\\ w.bin\n",
            System.Text.Encoding.UTF8.GetString(_host.Read("a.d")));
    }
}
