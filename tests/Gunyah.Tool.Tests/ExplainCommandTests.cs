namespace Gunyah.Tool.Tests;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("GM0104", "GM0104 deadlock (error)\n")]
    [InlineData("gun004", "GUN004 no-resource-manager (error)\n")]
    [InlineData("YML003", "YML003 ")]
    [InlineData("DTS012", "DTS012 property-after-node (error)\n")]
    public void Rules_of_machines_guests_and_what_they_are_read_from_are_explained(string id, string head)
    {
        Assert.Equal(0, _host.Run("explain", id));
        Assert.StartsWith(head, _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_id_is_wrong_usage_with_a_near_miss()
    {
        Assert.Equal(2, _host.Run("explain", "GM01044"));
        Assert.StartsWith("gunyah: there is no rule 'GM01044'. Did you mean 'GM0104'?\n", _host.Error, StringComparison.Ordinal);
    }
}
