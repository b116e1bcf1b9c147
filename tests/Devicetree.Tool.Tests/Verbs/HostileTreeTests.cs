using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>
/// Trees and bindings that were made to do harm: findings or a diagnostic, and the other files are checked. That it ends says
/// enough: what is not limited here would take years, whatever the machine.
/// </summary>
public sealed class HostileTreeTests : IDisposable
{
    private const int Mutants = 400;

    /// <summary>Everything that decoding treats in a way of its own.</summary>
    private const string Rich =
        """
        / {
            compatible = "acme,board"; model = "m"; #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
            aliases { serial0 = "/soc@0/thing@10"; };
            gic: gic@1 { compatible = "foo"; reg = <1 1>; interrupt-controller; #interrupt-cells = <3>; #address-cells = <0>; phandle = <1>; };
            gpio: gpio@2 { compatible = "foo"; reg = <2 1>; gpio-controller; #gpio-cells = <2>; gpio-ranges = <&gpio 0 0 4>; phandle = <2>;
                led-hog { gpio-hog; gpios = <1 0>; output-high; }; };
            clk: clk@3 { compatible = "foo"; reg = <3 1>; #clock-cells = <1>; phandle = <3>; };
            soc@0 { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <1>; ranges = <0 0 0 0x1000>; dma-ranges;
                thing@10 { compatible = "acme,thing-v2", "acme,thing"; reg = <0 0x10 4>; interrupts = <0 1 4>, <0 2 4>; clocks = <&clk 1>, <&clk 2>;
                    clock-names = "a", "b"; reset-gpios = <&gpio 1 0>; acme,mode = <1>; status = "okay"; assigned-clock-rates = <0>, <1>;
                    interrupts-extended = <&gic 0 1 4>, <&gpio 1 2>; phandle = <4>; acme,level = [01]; };
                pci@20 { reg = <0 0x20 1>; #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>; device_type = "pci";
                    interrupt-map = <0 0 0 1 &gic 0 1 4>, <0 0 0 2 &gic 0 2 4>; interrupt-map-mask = <0 0 0 7>; iommu-map = <0 &clk 0 1>; };
            };
        };
        """;

    private readonly TestHost _host = new();

    public HostileTreeTests()
    {
        AcmeBindings.Write(_host);
        // With our own core schemas there is more to go wrong.
        _host.Variables.Remove("DT_CORE_SCHEMAS");
        _host.Variables["XDG_CACHE_HOME"] = _host.PathOf("cache");
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Mutated_blobs_get_findings_or_a_diagnostic()
    {
        _host.Write("rich.dts", "/dts-v1/;\n" + Rich);
        Assert.True(_host.Run("dtc", "-q", "-O", "dtb", "-o", "good.dtb", "rich.dts") == 0, _host.Error);
        byte[] good = _host.Read("good.dtb");
        for (int seed = 0; seed < Mutants; seed++)
            _host.Write(string.Create(CultureInfo.InvariantCulture, $"blobs/{seed:000}.dtb"), Mutate(good, new Random(seed)));
        // An exception ends the test; the name of the file that is under way is its seed.
        Assert.Equal(1, _host.Dt("check", "-m", "-s", "bindings", "--format", "json", "blobs"));
        using (JsonDocument report = JsonDocument.Parse(_host.Output))
            Assert.Contains("\"BLB0", _host.Output, StringComparison.Ordinal);
        Assert.Contains("BND001", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("dt-validate", "-m", "-s", "bindings", "blobs"));
        Assert.Contains("blobs/399.dtb: ", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_of_extreme_shape_are_checked_or_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("a { ", 900)) + string.Concat(Enumerable.Repeat("}; ", 900));
        string wide = string.Concat(Enumerable.Range(0, 20_000)
            .Select(index => string.Create(CultureInfo.InvariantCulture, $"n{index} {{ p{index}; }}; ")));
        string @long = $"reg = <{string.Join(' ', Enumerable.Repeat("0xffffffff", 100_000))}>; ";
        foreach ((string name, string body) in (ReadOnlySpan<(string, string)>)
            [
                ("deep", deep),
                ("wide", wide),
                ("long", $"thing@10 {{ compatible = \"acme,thing\"; {@long} clocks = <{string.Join(' ', Enumerable.Repeat("1", 50_000))}>; }};"),
                ("cells", "x { #address-cells = <0xffffffff>; #size-cells = <0xffffffff>; y@1 { reg = <1 2 3>; ranges = <1 2 3 4>; }; };"),
                ("negative", "c: x { #clock-cells = <0xffffffff>; #interrupt-cells = <0>; phandle = <7>; }; y { clocks = <7 1 2 3>; interrupts = <1>; interrupt-parent = <7>; };"),
                ("circle", "x { interrupt-parent = <7>; phandle = <7>; interrupts = <1 2>; y { interrupt-parent = <8>; phandle = <8>; interrupt-map = <1 2 3>; }; };"),
                ("same", "x { phandle = <7>; }; y { phandle = <7>; #clock-cells = <1>; clocks = <7 1>; };"),
            ])
        {
            _host.Write($"odd/{name}.dts", $"/dts-v1/; / {{ #address-cells = <1>; #size-cells = <1>; {body} }};");
            if (_host.Run("dtc", "-q", "-f", "-O", "dtb", "-o", $"odd/{name}.dtb", $"odd/{name}.dts") != 0)
                Assert.NotEqual("", _host.Error);
        }
        AcmeBindings.Compile(_host, "odd/zz-last.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "odd"));
        Assert.Contains("odd/zz-last.dtb: /thing@10: reg: error BND001", _host.Output, StringComparison.Ordinal);
        Assert.InRange(_host.Run("dt-validate", "-s", "bindings", "odd"), 0, 1);
        Assert.Contains("odd/zz-last.dtb: thing@10 (acme,thing): 'reg' is a required property", _host.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bindings_made_to_take_for_ever_take_a_moment()
    {
        _host.Write("evil/slow.yaml", Binding("slow",
            "patternProperties:\n  '^(a+)+$': true\n  '^(?!x)(b+)+$': true\n  '^((c?){200}){200}$': true\nadditionalProperties: false"));
        _host.Write("evil/self.yaml", Binding("self", "allOf:\n  - $ref: '#'\n  - $ref: self.yaml#\n"));
        _host.Write("evil/many.yaml", Binding("many",
            "definitions:\n"
            + string.Concat(Enumerable.Range(0, 40).Select(index => string.Create(
                CultureInfo.InvariantCulture,
                $"  d{index}: {{ anyOf: [ {{ $ref: '#/definitions/d{index + 1}' }}, {{ $ref: '#/definitions/d{index + 1}' }} ] }}\n")))
            + "  d40: { required: [ nothing ] }\nallOf:\n  - $ref: '#/definitions/d0'\n"));
        string names = string.Concat(Enumerable.Range(0, 40)
            .Select(index => $"{new string('a', 20 + index % 10)}{(char)('a' + index % 26)}-{new string('b', index % 20)}; "));
        _host.Write("a.dts", $"/dts-v1/; / {{ #address-cells = <1>; #size-cells = <1>; x {{ compatible = \"acme,slow\"; {names} }}; y {{ compatible = \"acme,self\"; }}; z {{ compatible = \"acme,many\"; }}; }};");
        Assert.Equal(1, _host.Dt("check", "-s", "evil", "-s", "bindings", "a.dts"));
        Assert.Contains("BND002", _host.Output, StringComparison.Ordinal);
        Assert.Contains(FindingRules.Exhausted.Id, _host.Output, StringComparison.Ordinal);

        static string Binding(string name, string rules) =>
            $"$id: http://devicetree.org/schemas/test/{name}.yaml#\n$schema: http://devicetree.org/meta-schemas/core.yaml#\n"
            + $"properties:\n  compatible:\n    const: acme,{name}\n{rules}";
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        byte[] blob = [.. good];
        for (int change = random.Next(1, 12); change > 0; change--)
        {
            int at = random.Next(random.Next(4) == 0 ? 0 : 64, blob.Length - 4);
            switch (random.Next(5))
            {
                case 0:
                    blob[at] = (byte)random.Next(256);
                    break;
                case 1:
                    BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(at & ~3), (uint)random.Next(-2, 12));
                    break;
                case 2:
                    blob.AsSpan(random.Next(blob.Length - 8), 8).CopyTo(blob.AsSpan(Math.Min(at, blob.Length - 8)));
                    break;
                case 3:
                    BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(at & ~3), 0x80000000u >> random.Next(32));
                    break;
                default:
                    Encoding.ASCII.GetBytes("\0").CopyTo(blob.AsSpan(at));
                    break;
            }
        }
        return random.Next(20) == 0 ? blob[..random.Next(blob.Length)] : blob;
    }
}
