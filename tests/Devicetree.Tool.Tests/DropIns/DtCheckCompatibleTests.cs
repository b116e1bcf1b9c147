namespace Devicetree.Tool.Tests.DropIns;

/// <summary>Expected texts and codes are those of dt-check-compatible of dt-schema 2026.6 (commit 01b5073).</summary>
public sealed class DtCheckCompatibleTests : IDisposable
{
    private readonly TestHost _host = new();

    public DtCheckCompatibleTests()
    {
        AcmeBindings.Write(_host);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "p.json", "bindings"));
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("-s p.json acme,thing foo x", "acme,thing\nfoo\n", 0)]
    [InlineData("-v -s p.json acme,thing y foo x", "y\nx\n", 0)]
    [InlineData("-v -s p.json acme,thing", "", 255)]
    [InlineData("-q -s p.json acme,thing", "", 0)]
    [InlineData("-s p.json x", "", 255)]
    [InlineData("-s missing x", "", 255)]
    public void Documented_strings_are_told_from_others(string arguments, string output, int code)
    {
        Assert.Equal(code, _host.Run("dt-check-compatible", arguments.Split(' ')));
        Assert.Equal(output, _host.Output);
        Assert.Equal("", _host.Error);
    }

    [Theory]
    [InlineData("", "compatible_str, -s/--schema")]
    [InlineData("-s p.json", "compatible_str")]
    [InlineData("x", "-s/--schema")]
    public void What_is_missing_is_named(string arguments, string missing)
    {
        Assert.Equal(2, _host.Run("dt-check-compatible", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.EndsWith($"dt-check-compatible: error: the following arguments are required: {missing}\n", _host.Error,
            StringComparison.Ordinal);
    }
}
