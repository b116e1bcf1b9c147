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
        Assert.Contains("there is no file or folder '--nope'", host.Output, StringComparison.Ordinal);
    }
}
