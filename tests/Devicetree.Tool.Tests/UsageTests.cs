namespace Devicetree.Tool.Tests;

public class UsageTests
{
    [Fact]
    public void An_unknown_verb_is_wrong_usage_and_says_where_help_is()
    {
        using var host = new TestHost();
        Assert.Equal(2, host.Dt("no-such-verb"));
        Assert.Contains("dt --help", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_a_result()
    {
        using var host = new TestHost();
        Assert.Equal(0, host.Dt("--help"));
        Assert.Contains("Usage", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_no_file_unless_it_stands_after_two_dashes()
    {
        using var host = new TestHost();
        Assert.Equal(2, host.Dt("check", "--nope"));
        Assert.Contains("there is no option '--nope'", host.Error, StringComparison.Ordinal);
        Assert.Equal(1, host.Dt("check", "--", "--nope"));
        Assert.Contains("there is no file or directory '--nope'", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compile", "", "-o", "o")]
    [InlineData("compile", "a.dts", "-o", "")]
    [InlineData("compile", "a.dts", "-o", "o", "-I", "")]
    [InlineData("compile", "a.dts", "-o", "o", "-D", "")]
    [InlineData("overlay", "a.dts", "", "-o", "o")]
    [InlineData("get", "a.dts", "")]
    [InlineData("print", "a.dts", "")]
    [InlineData("format", "")]
    [InlineData("check", "")]
    public void An_empty_word_is_wrong_usage(params string[] args)
    {
        using var host = new TestHost();
        host.Write("a.dts", "/dts-v1/; / { };");
        Assert.Equal(2, host.Dt(args));
        Assert.Contains("empty", host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_of_no_character_is_a_default()
    {
        using var host = new TestHost();
        host.Write("a.dts", "/dts-v1/; / { };");
        Assert.Equal(0, host.Dt("get", "a.dts", "/:nothing", "-d", ""));
    }

    [Theory]
    [InlineData("there is no directory 'nowhere' for -I.", "-I", "nowhere")]
    [InlineData("there is no directory 'nowhere' for --search-dir.", "--search-dir", "nowhere")]
    [InlineData("-D has no effect with --no-cpp.", "--no-cpp", "-D", "X")]
    [InlineData("-@ has no effect with --preprocess-only.", "--preprocess-only", "-@")]
    [InlineData("-W has no effect with --preprocess-only.", "-W", "no-unit_address_vs_reg", "--preprocess-only")]
    public void What_has_no_effect_is_a_warning_unless_errors_alone_are_wanted(string warning, params string[] args)
    {
        using var host = new TestHost();
        host.Write("a.dts", "/dts-v1/; / { };");
        Assert.Equal(0, host.Dt(["compile", "a.dts", "-o", "o", .. args]));
        Assert.Equal($"dt: warning: {warning}\n", host.Error);
        Assert.Equal(0, host.Dt(["compile", "a.dts", "-o", "o", "-q", .. args]));
        Assert.Equal("", host.Error);
    }

    [Fact]
    public void What_has_an_effect_is_no_warning()
    {
        using var host = new TestHost();
        host.Write("a.dts", "/dts-v1/; / { };");
        Assert.Equal(0, host.Dt("compile", "a.dts", "-o", "o", "-I", ".", "-i", ".", "-D", "X", "-@", "-W",
            "no-unit_address_vs_reg"));
        Assert.Equal("", host.Error);
    }

    [Fact]
    public void A_check_that_does_not_exist_has_a_near_miss()
    {
        using var host = new TestHost();
        Assert.Equal(2, host.Dt("compile", "-W", "no-unit_address_vs_regg"));
        Assert.Contains("there is no check 'unit_address_vs_regg'. Did you mean 'unit_address_vs_reg'?", host.Error,
            StringComparison.Ordinal);
    }
}
