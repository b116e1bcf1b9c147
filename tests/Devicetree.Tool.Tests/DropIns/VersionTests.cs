using System.Text;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>What drop-ins do with the release that they are asked to be, and cases that concern all releases.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Header = "/dts-v1/;\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("dtc", "1.9.0")]
    [InlineData("dtc", "1.6.5")]
    [InlineData("fdtoverlay", "0.0.0")]
    [InlineData("fdtget", "1.6")]
    [InlineData("fdtput", "newest")]
    [InlineData("fdtdump", "1.8.2")]
    public void A_release_that_never_was_is_refused_with_those_that_were(string program, string version)
    {
        string said = $"{program}: there is no dtc '{version}' (--dtc-version). Name one of 1.6.1, 1.7.0, 1.7.1, 1.7.2, 1.8.0, 1.8.1.\n";
        Assert.Equal(1, _host.Run(program, "--dtc-version", version, "-V"));
        Assert.Equal(said, _host.Error);
        _host.Variables["DT_DTC_VERSION"] = version;
        Assert.Equal(1, _host.Run(program, "-h"));
        Assert.Equal(said.Replace("--dtc-version", "DT_DTC_VERSION", StringComparison.Ordinal), _host.Error);
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void Without_a_word_a_drop_in_is_the_newest_release_and_the_option_goes_before_the_variable()
    {
        Assert.Equal((0, "Version: DTC 1.8.1\n"), (_host.Run("dtc", "-v"), _host.Output));
        _host.Variables["DT_DTC_VERSION"] = "1.7.0";
        Assert.Equal((0, "Version: DTC 1.7.0\n"), (_host.Run("fdtget", "-V"), _host.Output));
        Assert.Equal((0, "Version: DTC 1.7.2\n"), (_host.Run("fdtput", "--dtc-version=1.7.2", "-V"), _host.Output));
        _host.Variables["DT_DTC_VERSION"] = "";
        Assert.Equal((0, "Version: DTC 1.8.1\n"), (_host.Run("fdtdump", "-V"), _host.Output));
    }

    [Fact]
    public void The_beginning_of_an_option_of_the_original_is_never_that_of_ours()
    {
        Blob("/ { };");
        Assert.Equal((0, "7\n"), (_host.Run("fdtget", "--d", "7", "a.dtb", "/", "none"), _host.Output));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("-")]
    public void What_is_no_number_is_never_written(string word)
    {
        byte[] before = Blob("/ { p = <5>; };");
        foreach (string version in (string[])["1.6.1", "1.7.2", "1.8.1"])
        {
            Assert.Equal(1, _host.Run("fdtput", "--dtc-version", version, "--", "a.dtb", "/", "p", "1", word));
            Assert.Equal(before, _host.Read("a.dtb"));
        }
    }

    [Fact]
    public void Case_09_a_text_is_written_of_what_the_original_dies_of_when_it_is_forced()
    {
        Blob("/ { c: c { port { e: endpoint { remote-endpoint = [01 02]; }; }; }; };", "-f");
        foreach (string version in (string[])["1.6.1", "1.8.1"])
        {
            Assert.Equal(1, _host.Run("dtc", "--dtc-version", version, "-I", "dtb", "-O", "dts", "a.dtb"));
            Assert.Equal("", _host.Output);
            Assert.Equal(0, _host.Run("dtc", "--dtc-version", version, "-f", "-I", "dtb", "-O", "dts", "a.dtb"));
            Assert.Contains("remote-endpoint = [01 02];", _host.Output, StringComparison.Ordinal);
            Assert.Contains("output forced", _host.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Case_19_a_root_with_a_name_is_printed_with_it()
    {
        byte[] blob = Blob("/ { a; };");
        // The name of the root, which is four NULs, lies after its tag.
        int root = blob.AsSpan().IndexOf<byte>([0, 0, 0, 1, 0, 0, 0, 0]) + 4;
        "evl"u8.CopyTo(blob.AsSpan(root));
        _host.Write("a.dtb", blob);
        Assert.Equal(0, _host.Run("dtc", "-I", "dtb", "-O", "dts", "a.dtb"));
        Assert.StartsWith("/dts-v1/;\n\nevl {\n", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.6.1")]
    [InlineData("1.8.1")]
    public void Case_20_dtc_refuses_a_nop_before_the_end_and_fdtget_reads_past_it(string version)
    {
        byte[] blob = Convert.FromHexString(
            "d00dfeed0000005000000038000000480000002800000011000000100000000000000000000000100000000000000000000000000000000000000001"
            + "00000000000000020000000400000009");
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(4), blob.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(12), blob.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(36), blob.Length - 56);
        _host.Write("a.dtb", blob);
        Assert.Equal(1, _host.Run("dtc", "--dtc-version", version, "-I", "dtb", "-O", "dts", "a.dtb"));
        Assert.Equal("FATAL ERROR: Device tree blob doesn't end with FDT_END\n", _host.Error);
        Assert.Equal(0, _host.Run("fdtget", "--dtc-version", version, "-l", "a.dtb", "/"));
    }

    [Fact]
    public void Case_24_a_nul_in_a_line_directive_is_an_error_of_the_drop_in_and_of_the_verb()
    {
        _host.Write("in.dts", "# 1 \"a\0b.dts\"\n" + Header + "/ { };\n");
        foreach (string version in (string[])["1.6.1", "1.8.1"])
        {
            Assert.Equal(1, _host.Run("dtc", "--dtc-version", version, "-o", "a.dtb", "in.dts"));
            Assert.Equal(
                "Lexical error: in.dts:1.1-14 nul in line number directive\nFATAL ERROR: Syntax error parsing input tree\n",
                _host.Error);
        }
        Assert.Equal(1, _host.Dt("compile", "in.dts", "-o", "a.dtb"));
        Assert.Contains("error", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("compile", "--no-cpp", "in.dts", "-o", "a.dtb"));
        Assert.False(File.Exists(_host.PathOf("a.dtb")));
    }

    [Fact]
    public void Case_67_a_controller_without_address_cells_is_reported_before_1_7_0_only() =>
        AssertWarning("/ { n: n { interrupt-controller; #interrupt-cells = <2>; }; };", "interrupt_provider", until: "1.6.1");

    [Fact]
    public void Case_68_a_parent_of_interrupts_is_looked_for_whatever_the_check_of_references_says_before_1_8_0()
    {
        _host.Write("in.dts", Header + "/ { interrupt-parent = <&none>; n { interrupts = <1>; }; };");
        string[] options = ["-E", "no-phandle_references", "-W", "no-phandle_references", "-o", "a.dtb", "in.dts"];
        Assert.Equal(0, _host.Run("dtc", ["--dtc-version", "1.7.2", .. options]));
        Assert.Contains("interrupts_property", _host.Error, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("dtc", ["--dtc-version", "1.8.0", .. options]));
        Assert.DoesNotContain("Invalid phandle", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_is_compared_before_the_blob_is_aligned()
    {
        _host.Write("in.dts", Header + "/ { };");
        Assert.Equal(0, _host.Run("dtc", "-S", "80", "-a", "64", "-o", "a.dtb", "in.dts"));
        Assert.Equal((128, ""), (_host.Read("a.dtb").Length, _host.Error));
        Assert.Equal(0, _host.Dt("compile", "-S", "80", "-a", "64", "-o", "b.dtb", "in.dts"));
        Assert.Equal(_host.Read("a.dtb"), _host.Read("b.dtb"));
        Assert.Equal(0, _host.Run("dtc", "-S", "10", "-a", "64", "-o", "a.dtb", "in.dts"));
        Assert.Equal("Warning: blob size 72 >= minimum size 10\n", _host.Error);
        Assert.Equal(1, _host.Dt("compile", "-S", "10", "-a", "64", "-o", "b.dtb", "in.dts"));
        Assert.Contains("72", _host.Error, StringComparison.Ordinal);
    }

    private void AssertWarning(string source, string check, string until)
    {
        _host.Write("in.dts", Header + source);
        bool isWarned = true;
        foreach (string version in (string[])["1.6.1", "1.7.0", "1.7.1", "1.7.2", "1.8.0", "1.8.1"])
        {
            Assert.Equal(0, _host.Run("dtc", "--dtc-version", version, "-o", "a.dtb", "in.dts"));
            Assert.Equal((version, isWarned), (version, _host.Error.Contains($"({check})", StringComparison.Ordinal)));
            isWarned &= version != until;
        }
    }

    private byte[] Blob(string source, params string[] options)
    {
        _host.Write("a.dts", Encoding.ASCII.GetBytes(Header + source));
        Assert.Equal(0, _host.Run("dtc", [.. options, "-q", "-o", "a.dtb", "a.dts"]));
        return _host.Read("a.dtb");
    }
}
