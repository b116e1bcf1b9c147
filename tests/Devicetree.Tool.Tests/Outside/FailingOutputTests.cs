using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Commands;

namespace Devicetree.Tool.Tests.Outside;

/// <summary>Output that the system refuses, under every name of the program.</summary>
public sealed class FailingOutputTests : IDisposable
{
    /// <summary>Command lines that print a result, by the name of the drop-in or the verb that they begin with.</summary>
    private static readonly Dictionary<string, string> _printing = new(StringComparer.Ordinal)
    {
        ["dtc"] = "dtc -I dtb -O dts a.dtb",
        ["dtb2py"] = "dtb2py a.dtb",
        ["dt-check-compatible"] = "dt-check-compatible -s b.yaml acme,never",
        ["dt-doc-validate"] = "dt-doc-validate --help",
        ["dt-extract-example"] = "dt-extract-example b.yaml",
        ["dt-mk-schema"] = "dt-mk-schema b.yaml",
        ["dt-validate"] = "dt-validate -v -s b.yaml a.dtb",
        ["fdtoverlay"] = "fdtoverlay --version",
        ["fdtget"] = "fdtget a.dtb / compatible",
        ["fdtput"] = "fdtput --version",
        ["fdtdump"] = "fdtdump a.dtb",
        ["explain"] = "explain DTS012",
        ["compile"] = "compile -o - a.dts",
        ["check"] = "check -s bindings a.dtb",
        ["decompile"] = "decompile a.dtb",
        ["format"] = "format a.dts",
        ["diff"] = "diff a.dtb b.dtb",
        ["get"] = "get a.dtb / compatible",
        ["print"] = "print a.dtb",
        ["overlay"] = "overlay a.dtb o.dtbo -o -",
        ["schema"] = "schema check bindings",
        ["links"] = "links links",
        ["completion"] = "completion bash",
        ["man"] = "man man",
        ["--help"] = "--help",
    };

    private readonly TestHost _host = new();

    public FailingOutputTests()
    {
        _host.Program = "/usr/bin/dt";
        _host.Variables["XDG_CACHE_HOME"] = _host.PathOf("cache");
        _host.Write("a.dts", "/dts-v1/;\n/ { compatible = \"acme,board\"; n { a = <1>; }; };\n");
        _host.Write("b.dts", "/dts-v1/;\n/ { compatible = \"acme,other\"; };\n");
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&{/n} { b = <2>; };\n");
        const string Binding =
            "%YAML 1.2\n---\n$id: http://devicetree.org/schemas/b.yaml#\n$schema: http://devicetree.org/meta-schemas/core.yaml#\n"
            + "title: A\nmaintainers:\n  - A <a@b.c>\nproperties:\n  compatible:\n    const: acme,never\nrequired:\n  - compatible\n"
            + "additionalProperties: false\nexamples:\n  - |\n    n { compatible = \"acme,never\"; };\n";
        _host.Write("b.yaml", Binding);
        _host.Write("bindings/b.yaml", Binding.Replace("title: A\n", "", StringComparison.Ordinal));
        foreach (string name in (string[])["a.dts", "b.dts", "o.dtso"])
            Assert.Equal(0, _host.Dt("compile", "-o", name.Replace(".dts", ".dtb", StringComparison.Ordinal), name));
    }

    public static TheoryData<string> Names => [.. _printing.Keys];

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Every_drop_in_is_among_the_command_lines_here() =>
        Assert.All(DropInTable.All, dropIn => Assert.Contains(dropIn.Name, _printing.Keys));

    [Theory, MemberData(nameof(Names))]
    public void Every_command_line_here_prints_something(string name)
    {
        Run(name);
        Assert.NotEmpty(_host.Output);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_result_that_cannot_be_written_is_one_line_and_exit_code_3(string name)
    {
        Run(name);
        string remarks = _host.Error;
        foreach (int error in (int[])[FullStream.NoSpace, FullStream.BadDescriptor])
        {
            _host.ResultsTo = new FullStream(error);
            Assert.Equal(ExitCodes.InputOutput, Run(name));
            string line = Assert.Single(_host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Except(remarks.Split('\n')));
            Assert.StartsWith($"{(_printing[name].StartsWith(name, StringComparison.Ordinal) && DropInTable.Find(name) is not null ? name : "dt")}: cannot write the standard output: ", line, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_reader_that_has_gone_is_no_error_to_speak_of(string name)
    {
        Run(name);
        string remarks = _host.Error;
        _host.ResultsTo = new FullStream(FullStream.BrokenPipe);
        Assert.Equal(ExitCodes.ClosedPipe, Run(name));
        Assert.Empty(_host.Error.Split('\n').Except(remarks.Split('\n')));
    }

    [Theory]
    [InlineData("dtc -O dtb nothere.dts")]
    [InlineData("fdtget nothere.dtb / a")]
    [InlineData("fdtoverlay -i nothere.dtb -o x o.dtbo")]
    [InlineData("fdtdump nothere.dtb")]
    [InlineData("compile nothere.dts")]
    [InlineData("print nothere.dtb")]
    [InlineData("print --nothere")]
    public void Remarks_that_cannot_be_written_change_no_exit_code(string line)
    {
        int code = _host.Dt(line.Split(' '));
        Assert.NotEqual(0, code);
        Assert.NotEmpty(_host.Error);
        foreach (int error in (int[])[FullStream.NoSpace, FullStream.BadDescriptor, FullStream.BrokenPipe])
        {
            _host.RemarksTo = new FullStream(error);
            Assert.Equal(code, _host.Dt(line.Split(' ')));
        }
    }

    [Theory]
    [InlineData("compile -o /dev/full a.dts", ExitCodes.InputOutput, "dt: cannot write /dev/full: No space left on device")]
    [InlineData("decompile -o /dev/full a.dtb", ExitCodes.InputOutput, "dt: cannot write /dev/full: No space left on device")]
    [InlineData("overlay a.dtb o.dtbo -o /dev/full", ExitCodes.InputOutput,
        "dt: cannot write /dev/full: No space left on device")]
    [InlineData("dtc -o /dev/full a.dts", ExitCodes.InputOutput, "dtc: cannot write /dev/full: No space left on device")]
    [InlineData("dtc -O dts -o /dev/full a.dts", ExitCodes.InputOutput, "dtc: cannot write /dev/full: No space left on device")]
    [InlineData("dtc -d /dev/full -o x.dtb a.dts", ExitCodes.InputOutput, "dtc: cannot write /dev/full: No space left on device")]
    [InlineData("dt-mk-schema -o /dev/full b.yaml", ExitCodes.InputOutput,
        "dt-mk-schema: cannot write /dev/full: No space left on device")]
    [InlineData("fdtoverlay -i a.dtb -o /dev/full o.dtbo", 1, "Failed to write '/dev/full'")]
    [InlineData("fdtoverlay -i a.dtb -o - o.dtbo", 1, "Failed to write '-'")]
    public void A_file_that_cannot_be_written_is_one_line_and_exit_code_3_but_fdtoverlay_has_its_own(string line, int code,
    string remark)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        if (line.Contains(" -o - ", StringComparison.Ordinal))
            _host.ResultsTo = new FullStream(FullStream.NoSpace);
        Assert.Equal(code, _host.Dt(line.Split(' ')));
        Assert.Contains(remark, _host.Error.Split('\n'));
    }

    [Fact]
    public void Nothing_more_is_written_once_a_write_has_failed()
    {
        var full = new FullStream(FullStream.NoSpace, room: 40);
        _host.ResultsTo = full;
        Assert.Equal(ExitCodes.InputOutput, _host.Dt("compile", "-o", "-", "a.dts"));
        Assert.Equal(0, full.Length);
    }

    private int Run(string name) => _host.Dt(_printing[name].Split(' '));
}
