namespace Devicetree.Tool.Tests.Verbs;

public sealed class ExplainVerbTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("DTS012")]
    [InlineData("dts012")]
    public void A_rule_is_explained_by_its_id(string asked)
    {
        Assert.Equal(0, _host.Dt("explain", asked));
        Assert.StartsWith("DTS012 property-after-node (error)\n\nProperty '…' comes after a child node.\n", _host.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("\nWhat to do: Move it before the first child of its node.\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_one_name_are_all_explained()
    {
        Assert.Equal(0, _host.Dt("explain", "property-after-node"));
        Assert.StartsWith("BLB030 property-after-node (warning)\n", _host.Output, StringComparison.Ordinal);
        Assert.Contains("\n\nDTS012 property-after-node (error)\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_id_all_rules_are_listed()
    {
        Assert.Equal(0, _host.Dt("explain"));
        string[] lines = _host.Output.TrimEnd('\n').Split('\n');
        Assert.Contains("DTS012 error   property-after-node", lines);
        Assert.InRange(lines.Length, 300, int.MaxValue);
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
    }

    [Fact]
    public void An_unknown_id_is_wrong_usage_and_does_not_keep_the_others_from_being_explained()
    {
        Assert.Equal(2, _host.Dt("explain", "DTS0122", "DTS010"));
        Assert.Contains("dt: there is no rule 'DTS0122'. Did you mean 'DTS012'?\n", _host.Error, StringComparison.Ordinal);
        Assert.StartsWith("DTS010 ", _host.Output, StringComparison.Ordinal);
        Assert.Equal(2, _host.Dt("explain", "zzz"));
        Assert.Contains("Call 'explain' alone for a list.\n", _host.Error, StringComparison.Ordinal);
    }
}
