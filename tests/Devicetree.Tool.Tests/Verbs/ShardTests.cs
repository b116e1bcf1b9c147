using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>Which part of the files <c>dt check</c> checks, by option and by the variables of build farms.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly TestHost _host = new();

    public ShardTests()
    {
        AcmeBindings.Write(_host);
        foreach (string file in Files)
            AcmeBindings.Compile(_host, file, "thing@10 { compatible = \"acme,thing\"; };");
    }

    private static string[] Files => [.. Enumerable.Range(0, 5).Select(index => $"{index}.dtb")];

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_shards_of_a_run_share_the_files_among_them()
    {
        Assert.Equal("01234", Checked());
        Assert.Equal("024", Checked("--shard", "1/2"));
        Assert.Equal("13", Checked("--shard", "2/2"));
        Assert.Equal(2, _host.Dt("check", "--shard", "3/2", "0.dtb"));
    }

    [Fact]
    public void Test_runners_count_from_0_and_are_reported_that_we_know_them()
    {
        Set("TEST_TOTAL_SHARDS", "3", "TEST_SHARD_INDEX", "1", "TEST_SHARD_STATUS_FILE", "status");
        Assert.Equal("14", Checked());
        Assert.Equal("dt: this is part 2 of 3, as TEST_TOTAL_SHARDS and TEST_SHARD_INDEX say\n", _host.Error);
        Assert.True(File.Exists(_host.PathOf("status")));
        Assert.Equal("024", Checked("--shard", "1/2"));
    }

    [Fact]
    public void GitLab_counts_from_1()
    {
        Set("CI_NODE_TOTAL", "2", "CI_NODE_INDEX", "1");
        Assert.Equal("024", Checked());
        Set("CI_NODE_INDEX", "2");
        Assert.Equal("13", Checked("-q"));
        Assert.Equal("", _host.Error);
        Assert.Equal("01234", Checked("--shard", "1/1"));
    }

    [Fact]
    public void A_job_of_GitLab_that_is_not_parallel_checks_everything()
    {
        Set("CI_NODE_TOTAL", "1");
        Assert.Equal("01234", Checked());
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void A_test_run_inside_of_a_parallel_job_goes_by_its_own_variables()
    {
        Set("CI_NODE_TOTAL", "2", "CI_NODE_INDEX", "1", "TEST_TOTAL_SHARDS", "5", "TEST_SHARD_INDEX", "4");
        Assert.Equal("4", Checked());
    }

    [Theory]
    [InlineData("TEST_TOTAL_SHARDS", "3", "TEST_SHARD_INDEX", "3")]
    [InlineData("TEST_TOTAL_SHARDS", "3", "TEST_SHARD_INDEX", "")]
    [InlineData("TEST_TOTAL_SHARDS", "0", "TEST_SHARD_INDEX", "0")]
    [InlineData("TEST_TOTAL_SHARDS", "-1", "TEST_SHARD_INDEX", "0")]
    [InlineData("TEST_TOTAL_SHARDS", "three", "TEST_SHARD_INDEX", "1")]
    [InlineData("CI_NODE_TOTAL", "3", "CI_NODE_INDEX", "0")]
    [InlineData("CI_NODE_TOTAL", "3", "CI_NODE_INDEX", "4")]
    [InlineData("CI_NODE_TOTAL", "3", "CI_NODE_INDEX", "")]
    [InlineData("CI_NODE_TOTAL", "99999999999", "CI_NODE_INDEX", "1")]
    public void Variables_that_say_nonsense_are_wrong_usage_unless_an_option_says_which_part(params string[] variables)
    {
        Set(variables);
        Assert.Equal(2, _host.Dt(["check", "-s", "bindings", .. Files]));
        Assert.Contains($"dt: {variables[0]} and {variables[2]} do not say which part this is", _host.Error,
            StringComparison.Ordinal);
        Assert.Equal("", _host.Output);
        Assert.Equal("024", Checked("--shard", "1/2"));
    }

    private void Set(params string[] variables)
    {
        foreach (string[] pair in variables.Chunk(2))
            _host.Variables[pair[0]] = pair[1];
    }

    private string Checked(params string[] options)
    {
        _host.Dt(["check", "-s", "bindings", .. options, .. Files]);
        return string.Concat(_host.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(line => line[0]));
    }
}
