namespace Devicetree.Tests.Source;

/// <summary>The numbers are the cases of devicetree.md 7.1.</summary>
public class DtsLiteralTests
{
    [Theory]
    [InlineData("<010>", "00000008")]
    [InlineData("<0777>", "000001ff")]
    [InlineData("<0xDeadBeef>", "deadbeef")]
    [InlineData("<4294967295U 1L 2UL 3LL 4ULL>", "ffffffff00000001000000020000000300000004")]
    [InlineData("/bits/ 64 <0xffffffffffffffff 01777777777777777777777>", "ffffffffffffffffffffffffffffffff")]
    [InlineData("/bits/ 16 <1 0xffff>", "0001ffff")]
    [InlineData("/bits/8<1>", "01")]
    [InlineData("/bits/ 8 <(-256)>", "00")] // 11
    [InlineData("/bits/ 8 <(-128) (-129)>", "807f")]
    [InlineData(@"<'a' '\'' '\0' '\n' '\x41' '\101'>", "00000061000000270000" + "00000000000a0000004100000041")]
    [InlineData("<>", "")]
    [InlineData("[]", "")]
    [InlineData("\"\"", "00")]
    [InlineData("[0011 22 /* c */ 33]", "00112233")] // 17
    [InlineData("[ab l:CD]", "abcd")]
    [InlineData("\"a\nb\"", "610a6200")] // 7
    [InlineData(@"""\400"", ""\q"", ""\x4""", "000071000400")] // 8
    [InlineData(@"""\a\b\t\n\v\f\r\\\""""", "0708090a0b0c0d5c2200")]
    [InlineData(@"""\12345""", "53343500")]
    [InlineData("\"é\"", "c3a900")]
    [InlineData("<1>, \"a\", [02]", "00000001610002")]
    [InlineData("l1: <l2: 1 l3:> l4: , l5: \"x\" l6:", "000000017800")]
    public void A_value_has_these_bytes(string value, string bytes) => Assert.Equal(bytes, Dts.Value(value));

    [Theory]
    [InlineData("<(-1 > 0) (1<<64) (-1>>32)>", "0000000100000000ffffffff")] // 13
    [InlineData("<(1<<63>>63) (5-3-1) (1 ? 0 ? 7 : 8 : 9)>", "000000010000000100000008")] // 14
    [InlineData("<(1 + 2 * 3) ((1 + 2) * 3) (7 % 4) (7 / 2)>", "00000007000000090000000300000003")]
    [InlineData("<(1 | 6 & 3) (5 ^ 1) (~0 & 0xff) (!5) (!0)>", "0000000300000004000000ff0000000000000001")]
    [InlineData("<(1 == 1) (1 != 1) (2 <= 1) (2 >= 1) (1 && 0) (1 || 0)>", "000000010000000000000000000000010000000000000001")]
    [InlineData("<(1 < 2 == 1) (- - 1) (0 ? 1 : 2)>", "000000010000000100000002")]
    [InlineData("<(1 << 4 + 1) ('a' + 1)>", "0000002000000062")]
    public void An_expression_has_this_value(string value, string bytes) => Assert.Equal(bytes, Dts.Value(value));

    [Theory]
    [InlineData("<08>", "DTS004")]
    [InlineData("<0x10000000000000000>", "DTS004")]
    [InlineData("<18446744073709551616>", "DTS004")]
    [InlineData("<1LU>", "DTS007")]
    [InlineData("<1u>", "DTS007")]
    [InlineData("<0x>", "DTS007")]
    [InlineData("<''>", "DTS005")]
    [InlineData("<'ab'>", "DTS005")]
    [InlineData(@"<'\x'>", "DTS006")]
    [InlineData(@"""\x""", "DTS006")]
    [InlineData("<0x100000000>", "DTS016")] // 10, as 1.6.1
    [InlineData("/bits/ 8 <256>", "DTS016")]
    [InlineData("<(1/0)>", "DTS017")]
    [InlineData("<(1 ? 2 : 1 % 0)>", "DTS017")]
    [InlineData("/bits/ 7 <1>", "DTS014")]
    [InlineData("/bits/ (8) <1>", "DTS001")]
    [InlineData("<-1>", "DTS001")]
    [InlineData("<1+2>", "DTS001")]
    [InlineData("<(+1)>", "DTS001")]
    [InlineData("[0 01]", "DTS001")] // 17
    [InlineData("[c d]", "DTS001")]
    [InlineData("\"a\" \"b\"", "DTS001")]
    [InlineData("<1>,", "DTS001")]
    [InlineData(",<1>", "DTS001")]
    [InlineData("\"a\\\n\"", "DTS002")] // 7
    [InlineData("/incbin/(\"f\")", "DTS018")]
    public void A_wrong_value_is_one_diagnostic(string value, string id) =>
        Assert.StartsWith(id, Assert.Single(Dts.Errors($"/ {{ p = {value}; q; }};").Select(error => error.Split(' ')[1])
        .Distinct()), StringComparison.Ordinal);

    [Fact]
    public void References_need_cells() => // 16
        Assert.Equal(["2:21 DTS015"], Dts.Errors("/ { p = /bits/ 64 < &l>; l: n { }; };"));

    [Fact]
    public void Parentheses_can_nest_only_so_deep()
    {
        string Nested(int depth) => $"/ {{ p = <{new string('(', depth)}1{new string(')', depth)}>; }};";

        Dts.Compile(Nested(256));
        Assert.Contains(Dts.Errors(Nested(100_000)), error => error.EndsWith("DTS013", StringComparison.Ordinal));
        Assert.Contains(
            Dts.Errors("/ { p = <(" + string.Concat(Enumerable.Repeat("1 ? 1 : ", 100_000)) + "1)>; };"),
            error => error.EndsWith("DTS013", StringComparison.Ordinal));
        Dts.Compile("/ { p = <(" + new string('~', 100_000) + "1)>; };");
    }
}
