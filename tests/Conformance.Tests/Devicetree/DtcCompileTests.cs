using Conformance.Tests.Tools;
using Devicetree.Source;

namespace Conformance.Tests.Devicetree;

public class DtcCompileTests
{
    private const int Seeds = 150;

    /// <summary>Sources with one subject each, some of them wrong.</summary>
    public static TheoryData<string> Sources =>
    [
        "/ { };",
        "/memreserve/ 0x10 0x20; /memreserve/ 0x5 0x0; /memreserve/ 1 2; / { a=[0102030405060708]; b=\"xyz\"; n@1 { }; };",
        "/ { xreg; reg; eg; g; xxreg; p = \"\"; q = []; r = <>; };",
        "/ { a; b; n1 { }; n2 { }; }; / { c; a = <9>; n3 { }; n1 { z; }; };",
        "/ { n { x; s { }; }; m { }; }; / { /delete-node/ n; }; / { o { }; n { y; }; };",
        "/ { a = <1>; /delete-property/ a; };",
        "/ { n { }; /delete-node/ n; };",
        "/ { /delete-node/ n; n { }; };",
        "/ { a: b: n { }; }; / { c: d: n { }; }; e: &a { };",
        "/ { u { p = <&c>, <&a>; }; x { phandle = <1>; }; a: a { q; }; c: c { q; }; };",
        "/ { a: a { phandle = <&a>; q; }; b: b { linux,phandle = <1>; }; c { p = <&a &b>; }; };",
        "/ { /omit-if-no-ref/ a: n { p = <&b>; }; /omit-if-no-ref/ b: m { }; };",
        "/ { p = \"x\", &n, <&m>, &{/n@1/m}, l: [00]; n: n@1 { m: m { }; }; };",
        "/ { cpus { cpu@3 { reg = <3>; }; }; };",
        "/ { n@1 { name = \"n\"; }; };",
        "/ { n@1 { name = \"m\"; }; };",
        "/ { p = <(-1 > 0) (1<<64) (-1>>32) (1<<63>>63) (5-3-1) (1 ? 0 ? 7 : 8 : 9)>; };",
        "/ { p = /bits/ 8 <(-256) 'a' '\\''>, /bits/ 64 <0xffffffffffffffff>; };",
        "/ { p = \"\\400\", \"\\q\", \"\\x4\", \"a\nb\"; };",
        "/ { p = [0 01]; };",
        "/ { p = '\\\\'; q = 'x'; };",
        "/ { a : n { }; };",
        "/ { a { }; p; };",
        "/ { l: a { }; l: b { }; };",
        "/ { p = <&missing>; };",
        "/ { }; /delete-node/ &missing;",
        "/ { @1 { reg = <1>; }; };",
        "/ { \\a; \\n { }; };",
        "/ { p = <08>; };",
        "/ { p = <1 2> <3>; };",
        "/ { __symbols__ { a = \"/old\"; }; a: n { }; };",
        "/ { p = <1>; // comment\n /* more */ };",
        "/plugin/; / { n { p = <&bar 1 &c 2 &foo>, <&bar>; }; c: c { }; };",
        "/plugin/; &ext { a; /delete-property/ b; }; &{/soc} { b; }; / { l: n { }; }; &l { c; };",
        "/plugin/; / { p = &external; };",
        "/plugin/; / { fragment@0 { target = <&x>; __overlay__ { y: n { p = <&y &x>; }; }; }; };",
    ];

    [Theory, MemberData(nameof(Sources))]
    public void A_source_compiles_to_the_bytes_of_dtc(string source)
    {
        ExternalTool.Require("dtc");
        Compare("/dts-v1/; " + source, source);
    }

    [Fact]
    public void Random_sources_compile_to_the_bytes_of_dtc_or_are_refused_by_both()
    {
        ExternalTool.Require("dtc");
        int accepted = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            if (Compare(new RandomSource(seed).Base(), $"seed {seed}"))
                accepted++;
        }
        Assert.InRange(accepted, Seeds / 2, Seeds);
    }

    [Fact]
    public void Random_plugins_compile_to_the_bytes_of_dtc()
    {
        ExternalTool.Require("dtc");
        for (int seed = 0; seed < Seeds; seed++)
        {
            string source = new RandomSource(seed).Overlay(["known", "gic", "uart0"], ["/", "/soc", "/soc/n@1"]);
            Compare(source, $"seed {seed}");
        }
    }

    [Fact]
    public void Sources_that_lost_or_doubled_a_piece_are_refused_by_both_or_compile_to_the_same_bytes()
    {
        ExternalTool.Require("dtc");
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            string source = new RandomSource(seed).Base();
            int at = random.Next(source.Length);
            int end = Math.Min(source.Length, at + 1 + random.Next(12));
            Compare(random.Next(2) == 0 ? source[..at] + source[end..] : source[..end] + source[at..], $"seed {seed}");
        }
    }

    /// <summary>Compiles with and without symbols on both sides.</summary>
    /// <returns>Whether it was accepted, by both.</returns>
    private static bool Compare(string source, string what)
    {
        bool accepted = false;
        foreach (bool symbols in new[] { false, true })
        {
            byte[]? theirs = symbols ? Dtc.Compile(source, "-@") : Dtc.Compile(source);
            byte[]? ours = Dtc.CompileHere(source, out string diagnostics, new() { GenerateSymbols = symbols });
            // A number that does not fit is an error up to dtc 1.6.1 and a warning after it; we go with the former.
            if (ours is null && diagnostics.Contains(DtsRules.ValueOutOfRange.Id, StringComparison.Ordinal))
                return false;
            Assert.True((theirs is null) == (ours is null),
                $"{what}: dtc {(theirs is null ? "refuses" : "accepts")}\n{diagnostics}\n{source}");
            if (theirs is null)
                continue;
            Assert.True(theirs.AsSpan().SequenceEqual(ours), $"{what}, symbols {symbols}: other bytes than dtc\n{source}");
            accepted = true;
        }
        return accepted;
    }
}
