namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// Expected texts are what dtb2py of dt-schema 2026.6 (commit 01b5073) prints; numbers are the reference's cases.
/// </summary>
public sealed class Dtb2PyTests : IDisposable
{
    private readonly TestHost _host = new();

    public Dtb2PyTests() => AcmeBindings.Write(_host);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Cases_97_and_98_rows_are_split_by_the_cells_of_the_parent_and_of_the_providers()
    {
        AcmeBindings.Compile(
            _host, "a.dtb",
            "thing@10 { compatible = \"acme,thing\"; reg = <0x10 4 0x20>; clocks = <&c0>, <&c1 5>, <0>, <&c0>; unknown = <1>; on; };" + AcmeBindings.Providers);
        Assert.Equal(0, _host.Run("dt-mk-schema", "-j", "-o", "processed.json", "bindings"));
        Assert.Equal(0, _host.Run("dtb2py", "-s", "processed.json", "a.dtb"));
        Assert.Equal(
            """
            [{'#address-cells': 1,
              '#size-cells': 1,
              'clk0': {'#clock-cells': 0, 'compatible': ['foo'], 'phandle': 1},
              'clk1': {'#clock-cells': 1, 'compatible': ['test,x'], 'phandle': 2},
              'thing@10': {'clocks': [[1], [2, 5], [0], [1]],
                           'compatible': ['acme,thing'],
                           'on': True,
                           'reg': [[16, 4], [32]],
                           'unknown': b'\x00\x00\x00\x01'}}]

            """, _host.Output);
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void A_file_that_is_not_there_ends_with_1_and_no_word()
    {
        Assert.Equal(1, _host.Run("dtb2py", "-s", "bindings", "missing.dtb"));
        Assert.Equal("", _host.Error + _host.Output);
    }
}
