using System.Text;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>What is said of sources with more faults than are kept, of times, and of limits.</summary>
public sealed class CompileFindingsTests : IDisposable
{
    private const string Header = "/dts-v1/;\n";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>More warnings than are kept, of a check that runs before references are resolved, and a property.</summary>
    private static string ManyWarnings(string property)
    {
        var source = new StringBuilder(Header + "/ {\n" + property);
        for (int i = 0; i < 2500; i++)
            source.Append($"\tn{i};\n");
        for (int i = 0; i < 2500; i++)
            source.Append($"\tn{i} {{ }};\n");
        return source.Append("};\n").ToString();
    }

    [Fact]
    public void After_thousands_of_warnings_the_error_is_still_said()
    {
        _host.Write("a.dts", ManyWarnings("\tp = <&none>;\n"));
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Contains("none", _host.Error, StringComparison.Ordinal);
        Assert.Contains(": error ", _host.Error, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run("dtc", "-o", "a.dtb", "a.dts"));
        Assert.Contains("ERROR (phandle_references)", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quiet_run_says_nothing_of_warnings_that_are_not_shown()
    {
        _host.Write("a.dts", ManyWarnings(""));
        Assert.Equal(0, _host.Dt("compile", "-q", "-o", "a.dtb", "a.dts"));
        Assert.Equal("", _host.Error);
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Contains("dt: a.dts: 1500 more warnings are not shown\n", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_timestamp_is_the_time_of_the_file_and_the_date_that_of_the_epoch_variable()
    {
        _host.Write("a.dtsi", "stamp = __TIMESTAMP__;\n");
        _host.Write("a.dts", Header + "/ { own = __TIMESTAMP__;\n#include \"a.dtsi\"\ndate = __DATE__, __TIME__; };\n");
        File.SetLastWriteTime(_host.PathOf("a.dts"), new DateTime(2020, 3, 4, 5, 6, 7, DateTimeKind.Local));
        File.SetLastWriteTime(_host.PathOf("a.dtsi"), new DateTime(2021, 12, 31, 23, 59, 58, DateTimeKind.Local));
        _host.Variables["SOURCE_DATE_EPOCH"] = "1700000000";
        Assert.Equal(0, _host.Dt("compile", "--preprocess-only", "a.dts"));
        Assert.Contains("own = \"Wed Mar  4 05:06:07 2020\";", _host.Output, StringComparison.Ordinal);
        Assert.Contains("stamp = \"Fri Dec 31 23:59:58 2021\";", _host.Output, StringComparison.Ordinal);
        Assert.Contains("date = \"Nov 14 2023\", \"22:13:20\";", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("253402300800")]
    public void An_epoch_that_is_no_time_is_an_error_where_the_time_is_asked_for(string epoch)
    {
        _host.Variables["SOURCE_DATE_EPOCH"] = epoch;
        _host.Write("a.dts", Header + "/ { date = __DATE__; };\n");
        Assert.Equal(1, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Contains("CPP063", _host.Error, StringComparison.Ordinal);
        _host.Write("a.dts", Header + "/ { };\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
    }

    [Fact]
    public void A_limit_names_the_option_that_raises_it()
    {
        // Each macro doubles the one before: 2^20 numbers take more tokens than the usual limit and fewer than four times that.
        var source = new StringBuilder("#define A0 1\n");
        for (int i = 1; i <= 20; i++)
            source.Append($"#define A{i} A{i - 1} A{i - 1}\n");
        _host.Write("a.dts", source + Header + "/ { p = <A20>; };\n");
        Assert.Equal(1, _host.Dt("compile", "-q", "-o", "a.dtb", "a.dts"));
        Assert.Contains("'--limits 4'", _host.Error, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("compile", "-q", "--limits", "4", "-o", "a.dtb", "a.dts"));
        Assert.Equal(2, _host.Dt("compile", "--limits", "0", "-o", "a.dtb", "a.dts"));
    }
}
