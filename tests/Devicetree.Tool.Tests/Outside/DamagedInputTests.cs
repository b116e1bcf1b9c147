using System.Buffers.Binary;
using System.Text;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Tests.Outside;

/// <summary>
/// Everything that takes a blob or hand-written fixups, given bad ones: an answer of its own, never a fault of ours.
/// </summary>
public sealed class DamagedInputTests : IDisposable
{
    private const int HeaderWords = 10;

    private readonly TestHost _host = new();

    public DamagedInputTests()
    {
        _host.Variables["XDG_CACHE_HOME"] = _host.PathOf("cache");
        _host.Write("a.dts", "/dts-v1/;\n/memreserve/ 1 2;\n/ { compatible = \"acme,board\"; l: n { a = <&l 1>; }; };\n");
        Assert.Equal(0, _host.Dt("compile", "-@", "-o", "good.dtb", "a.dts"));
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&l { b = <&l>; };\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "o.dtbo", "o.dtso"));
    }

    public static TheoryData<string> Lines =>
    [
        "decompile @", "decompile -a @", "print @", "print --format json @", "get @ /n a", "diff @ good.dtb", "diff good.dtb @",
        "overlay @ o.dtbo -o x",
        "overlay good.dtb @ -o x", "overlay --explain good.dtb @", "dtc -I dtb -O dts @", "dtc -f -I dtb -O dts -o x @",
        "dtc -I dtb -O dtb -o x @", "dtc -I dtb -O asm @",
        "fdtget @ /n a", "fdtget -l @ /", "fdtget -p @ /n", "fdtdump @", "fdtdump -s @", "fdtoverlay -i @ -o x o.dtbo",
        "fdtoverlay -i good.dtb -o x @",
        "fdtput @ /n a x", "fdtput -c @ /m", "fdtput -c @ /n/m/o", "fdtput -p -c @ /n/m/o", "fdtput -p @ /n/m a b",
        "fdtput -r @ /n", "fdtput -d @ /n a", "dtb2py @",
    ];

    public static TheoryData<string> Versions => ["1.6.1", "1.7.0", "1.7.2", "1.8.1"];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Lines))]
    public void A_damaged_blob_is_answered_by_every_tool(string line)
    {
        byte[] good = _host.Read("good.dtb");
        foreach (byte[] bad in Damaged(good))
        {
            _host.Write("bad.dtb", bad);
            foreach (string version in (string[])["1.6.1", "1.8.1"])
            {
                _host.Variables["DT_DTC_VERSION"] = version;
                int code = _host.Dt(line.Replace("@", "bad.dtb", StringComparison.Ordinal).Split(' '));
                Assert.True(code is >= 0 and <= 3, $"{line} ended with {code} on {Convert.ToHexString(bad)}: {_host.Error}");
            }
        }
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-p -c")]
    [InlineData("-r")]
    public void A_blob_that_claims_fewer_bytes_than_a_header_has_is_left_as_it_is(string option)
    {
        byte[] good = _host.Read("good.dtb");
        for (uint total = 0; total < 40; total++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(good.AsSpan(4), total);
            _host.Write("bad.dtb", good);
            Assert.Equal(1, _host.Dt(["fdtput", .. option.Split(' '), "bad.dtb", "/m"]));
            Assert.StartsWith("Error at '", _host.Error, StringComparison.Ordinal);
            Assert.Equal(good, _host.Read("bad.dtb"));
        }
    }

    /// <summary>The nodes that a compiler writes for references are properties like any other, and may say anything.</summary>
    [Theory, MemberData(nameof(Versions))]
    public void Fixups_written_by_hand_print_as_text_that_compiles_to_the_same_bytes(string version)
    {
        _host.Variables["DT_DTC_VERSION"] = version;
        string[] values =
        [
            "<0xffffffff 0xffffffff>", "<0 0xffffffff>", "<0xffffffff>, <1>", "<1 2>, \"ab\"", "<0xffffffff 1 0xffffffff>",
            "/bits/ 64 <0xffffffffffffffff 1>",
            "/bits/ 16 <0xffff 0xffff 1 2>", "[ff ff ff ff 00 00]", "\"abcdefg\", \"h\"",
            "l: <0xffffffff m: 0xffffffff n:>, o: \"x\"",
        ];
        foreach (string value in values)
        {
            for (int offset = 0; offset <= 12; offset++)
            {
                foreach (string more in (string[])["", "; bar = \"/:x:4\"", $", \"/:x:{offset}\""])
                {
                    string source = $"/dts-v1/;\n/plugin/;\n/ {{ x = {value}; __fixups__ {{ foo = \"/:x:{offset}\"{more}; }}; }};\n";
                    _host.Write("f.dts", source);
                    Assert.True(_host.Dt("dtc", "-q", "-O", "dtb", "-o", "f.dtb", "f.dts") == ExitCodes.Good,
                        source + _host.Error);
                    Assert.True(_host.Dt("dtc", "-q", "-O", "dts", "-o", "g.dts", "f.dts") == ExitCodes.Good,
                        source + _host.Error);
                    string printed = Encoding.UTF8.GetString(_host.Read("g.dts"));
                    if (printed.Contains('&', StringComparison.Ordinal))
                        continue; // A reference gets the value that references have, and fixups of its own.
                    Assert.True(_host.Dt("dtc", "-q", "-O", "dtb", "-o", "g.dtb", "g.dts") == ExitCodes.Good,
                        printed + _host.Error);
                    Assert.Equal(_host.Read("f.dtb"), _host.Read("g.dtb"));
                }
            }
        }
    }

    private static IEnumerable<byte[]> Damaged(byte[] good)
    {
        for (int length = 0; length < good.Length; length += length < 64 ? 3 : 17)
            yield return good[..length];
        uint[] values = [0, 1, 8, 16, 20, 39, 40, (uint)good.Length - 1, (uint)good.Length + 1, int.MaxValue, uint.MaxValue - 3,
            uint.MaxValue];
        for (int word = 1; word < HeaderWords; word++)
        {
            foreach (uint value in values)
            {
                byte[] bad = [.. good];
                BinaryPrimitives.WriteUInt32BigEndian(bad.AsSpan(word * sizeof(uint)), value);
                yield return bad;
            }
        }
        for (int at = HeaderWords * sizeof(uint); at < good.Length; at += 5)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x83;
            yield return bad;
        }
    }
}
