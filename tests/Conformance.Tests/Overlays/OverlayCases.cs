using Conformance.Tests.Devicetree;

namespace Conformance.Tests.Overlays;

/// <summary>A base and overlays for it, as sources.</summary>
/// <param name="BaseSource">The base, without its first line.</param>
/// <param name="OverlaySources">The overlays, without their first lines.</param>
internal sealed record OverlayCase(string BaseSource, params string[] OverlaySources)
{
    /// <summary>How the base is compiled.</summary>
    public string[] BaseOptions { get; init; } = ["-@"];

    /// <summary>Changes the overlays' blobs after they are compiled.</summary>
    public Func<byte[], byte[]> Change { get; init; } = blob => blob;

    public byte[] Base() => Compile("/dts-v1/; " + BaseSource, BaseOptions);

    public byte[][] Overlays() => [.. OverlaySources.Select(source => Change(Compile("/dts-v1/; /plugin/; " + source, "-@")))];

    private static byte[] Compile(string source, params string[] options)
    {
        byte[]? blob = Dtc.Compile(source, [.. options, "-f"]);
        Assert.NotNull(blob);
        return blob;
    }
}

/// <summary>Overlays with one subject each; those of devicetree.md 7.3 by their numbers.</summary>
internal static class OverlayCases
{
    private const string OneNode = "/ { n: n { phandle = <5>; }; };";

    public static TheoryData<string> Names => [.. All.Keys];

    public static IReadOnlyDictionary<string, OverlayCase> All { get; } = new Dictionary<string, OverlayCase>
    {
        ["68: order of new properties and children"] =
            new("/ { n: n { p; phandle = <1>; c1 { }; }; };", "&n { z; p = <9>; y; n1 { }; n2 { }; c1 { w; }; };"),
        ["70: labels and no symbols"] = new("/ { n { }; };", "&n { };") { BaseOptions = [] },
        ["70: paths and no symbols"] = new("/ { n { }; };", "&{/n} { l: m { }; k: o { }; };") { BaseOptions = [] },
        ["71: a label on the body"] = new("/ { a: a { b { }; }; };",
            "/ { fragment@0 { target = <&a>; l: __overlay__ { p; }; }; };"),
        ["71: a label on the body, by path"] = new("/ { a: a { b { }; }; };",
            "/ { fragment@0 { target-path = \"/a\"; l: __overlay__ { p; }; }; };"),
        ["71: a label on the body at the root"] =
            new("/ { a: a { }; };", "/ { fragment@0 { target-path = \"/\"; l: __overlay__ { m: m { }; }; }; };"),
        ["73: target 0 and a path"] = new(OneNode,
            "/ { fragment@0 { target = <0>; target-path = \"/n\"; __overlay__ { p; }; }; };"),
        ["73: target 0 alone"] = new(OneNode, "/ { fragment@0 { target = <0>; __overlay__ { p; }; }; };"),
        ["73: target that is no phandle"] = new(OneNode, "/ { fragment@0 { target = <0xffffffff>; __overlay__ { p; }; }; };"),
        ["73: target of eight bytes"] = new(OneNode, "/ { fragment@0 { target = <0 5>; __overlay__ { p; }; }; };"),
        ["73: unknown target"] = new(OneNode, "/ { fragment@0 { target = <77>; __overlay__ { p; }; }; };"),
        ["73: target by number"] = new(OneNode, "/ { fragment@0 { target = <5>; __overlay__ { p; }; }; };"),
        ["73: no target"] = new(OneNode, "/ { fragment@0 { __overlay__ { p; }; }; };"),
        ["73: unknown path"] = new(OneNode, "/ { fragment@0 { target-path = \"/m\"; __overlay__ { p; }; }; };"),
        ["73: empty path"] = new(OneNode, "/ { fragment@0 { target-path = \"\"; __overlay__ { p; }; }; };"),
        ["74: names without unit"] = new("/ { x@1 { y@2 { }; }; };", "&{/x} { y { p; }; y@2 { q; }; x@1 { }; };"),
        ["74: a name with unit is another"] = new("/ { a: x@1 { }; x { }; };", "&{/} { x { p; }; };"),
        ["74: slashes and aliases"] = new("/ { aliases { al = \"/soc/n@1\"; }; soc { n@1 { m { }; }; }; };",
            "/ { fragment@0 { target-path = \"al//m/\"; __overlay__ { l: k { }; }; }; };"),
        ["74: alias of one letter"] = new("/ { aliases { a = \"/soc\"; }; soc { }; };",
            "/ { fragment@0 { target-path = \"a\"; __overlay__ { l: k { }; }; }; };"),
        ["74: alias of an alias"] = new("/ { aliases { a = \"b/n\"; b = \"/soc\"; }; soc { n { }; }; };",
            "/ { fragment@0 { target-path = \"a\"; __overlay__ { l: k { }; }; }; };"),
        ["74: aliases in a ring"] = new("/ { aliases { a = \"b\"; b = \"a\"; }; soc { n { }; }; };",
            "/ { fragment@0 { target-path = \"a\"; __overlay__ { l: k { }; }; }; };"),
        ["76: fixup beyond the property"] = Fixup("/fragment@0/__overlay__:p:8"),
        ["76: fixup half inside the property"] = Fixup("/fragment@0/__overlay__:p:5"),
        ["76: fixup that is not aligned"] = Fixup("/fragment@0/__overlay__:p:3"),
        ["76: negative fixup"] = Fixup("/fragment@0/__overlay__:p:-4"),
        ["76: local fixup beyond the property"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1>; }; }; __local_fixups__ { fragment@0 { __overlay__ { p = <4>; }; }; }; };"),
        ["76: local fixup far away"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1>; }; }; __local_fixups__ { fragment@0 { __overlay__ { p = <0x7ffffff0>; }; }; }; };"),
        ["76: negative local fixup"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1>; }; }; __local_fixups__ { fragment@0 { __overlay__ { p = <0xfffffff8>; }; }; }; };"),
        ["76: local fixup of a missing property"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __local_fixups__ { fragment@0 { __overlay__ { p = <0>; }; }; }; };"),
        ["76: local fixup of a missing node"] = new(OneNode,
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __local_fixups__ { fragment@1 { p = <0>; }; }; };"),
        ["76: local fixup of three bytes"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1>; }; }; __local_fixups__ { fragment@0 { __overlay__ { p = [000000]; }; }; }; };"),
        ["76: empty local fixups"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <1>; }; }; __local_fixups__ { fragment@0 { __overlay__ { p; }; }; }; };"),
        ["77: no NUL"] = new("/ { n: n { }; };",
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <0 0>; }; }; __fixups__ { n = [2f 61 3a 70 3a 30]; }; };"),
        ["77: no colon"] = Fixup("/fragment@0/__overlay__"),
        ["77: one colon"] = Fixup("/fragment@0/__overlay__:p"),
        ["77: no property"] = Fixup("/fragment@0/__overlay__::0"),
        ["77: no offset"] = Fixup("/fragment@0/__overlay__:p:"),
        ["77: hexadecimal offset"] = Fixup("/fragment@0/__overlay__:p:0x4"),
        ["77: a colon too many"] = Fixup("/fragment@0/__overlay__:p:4:"),
        ["77: blanks before the offset"] = Fixup("/fragment@0/__overlay__:p: \\t4"),
        ["77: blanks after the offset"] = Fixup("/fragment@0/__overlay__:p:4 "),
        ["77: a plus"] = Fixup("/fragment@0/__overlay__:p:+4"),
        ["77: an offset of 33 bits"] = Fixup("/fragment@0/__overlay__:p:4294967300"),
        ["77: an offset of 31 bits"] = Fixup("/fragment@0/__overlay__:p:2147483647"),
        ["77: empty text"] = Fixup(""),
        ["77: empty value"] = new("/ { n: n { }; };",
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { p = <0 0>; }; }; __fixups__ { n; }; };"),
        ["77: empty path"] = Fixup(":p:0"),
        ["77: unknown path"] = Fixup("/fragment@1/__overlay__:p:0"),
        ["77: unknown property"] = Fixup("/fragment@0/__overlay__:q:0"),
        ["77: path without units"] = Fixup("/fragment/__overlay__:p:4"),
        ["77: unknown label"] = new("/ { n: n { }; };", "&m { p; };"),
        ["77: a label that leads to nothing"] = new("/ { n: n { }; __symbols__ { m = \"/m\"; }; };", "&m { p; };"),
        ["77: a label without a phandle"] = new("/ { n { }; __symbols__ { m = \"/n\"; }; };", "&m { p; };"),
        ["79: padding goes"] = new("/ { n: n { }; };", "&n { p = \"abc\"; };") { BaseOptions = ["-@", "-p", "1000"] },
        ["79: little padding"] = new("/ { n: n { }; };", "&n { p = \"abc\"; qqqqqqqqq = \"x\"; };")
        { BaseOptions = ["-@", "-p", "5"] },
        ["80: pads keep old bytes"] = new("/ { n: n { p = \"longlonglong\"; q = \"after\"; }; };", "&n { p = \"s\"; };"),
        ["80: pads of new properties"] = new("/ { n: n { p = \"longlonglong\"; q = \"after\"; }; };",
            "&n { a = [01]; b = [0102]; c = [010203]; d = \"five\"; };"),
        ["80: a value longer than all behind it"] = new("/ { };",
            "&{/} { p = \"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\"; };"),
        ["82: a label of the overlay before"] = new("/ { n: n { }; };", "&n { m: m { }; };", "&m { p = <&m &n>; };"),
        ["82: the second cannot be applied"] = new("/ { n: n { }; };", "&n { m: m { }; };", "&k { p; };"),
        ["phandles move"] = new("/ { a: a { }; b: b { }; };",
            "&a { r = <&b &c>; c: c { phandle = <77>; q = <&c &a>; }; }; &{/a/c} { late; };"),
        ["both number a node"] = new("/ { r = <&a>; a: a { phandle = <3>; }; };",
            "/ { fragment@0 { target-path = \"/\"; __overlay__ { b: a { phandle = <9>; p = <&b>; }; }; }; };"),
        ["phandle of eight bytes"] = new(OneNode,
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { m { phandle = <1 2>; }; }; }; };"),
        ["phandles run out"] = new("/ { n: n { phandle = <0xfffffffe>; }; };",
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { m { phandle = <1>; }; }; }; };"),
        ["legacy phandles"] = new("/ { n: n { linux,phandle = <4>; }; };",
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { m: m { linux,phandle = <2>; phandle = <2>; p = <&m>; }; }; }; };"),
        ["a symbol that is no path"] = new(OneNode,
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __symbols__ { a = \"b\"; }; };"),
        ["a symbol of two strings"] = new(OneNode,
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __symbols__ { a = \"/b\", \"c\"; }; };"),
        ["a symbol in no fragment"] = new(OneNode,
            "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __symbols__ { a = \"/b/__overlay__/c\"; }; };"),
        ["symbols of no interest"] =
            new(OneNode, "/ { fragment@0 { target-path = \"/n\"; __overlay__ { }; }; __symbols__ { a = \"/b\"; b = \"/fragment@0\"; c = \"/fragment@0/__overlay__x\"; d = \"/fragment@0/__overlay__/\"; e = \"/\"; f = \"//\"; }; };"),
        ["a symbol is replaced"] = new("/ { n: n { }; };", "&n { n: m { }; };"),
        ["other children of the root"] = new("/ { a: a { }; };",
            "/ { notes { }; fragment@7 { target = <&a>; __overlay__ { s: s { }; }; }; t: other { }; };"),
        ["reservations stay"] = new("/memreserve/ 1 2; / { a: a { }; };",
            "/memreserve/ 3 4; &a { p = \"longer than it was\"; };"),
        ["version 16"] = new("/memreserve/ 1 2; / { a: a { }; };", "&a { p = \"longer than it was\"; };")
        { BaseOptions = ["-@", "-V", "16"] },
        ["version 3"] = new("/ { a: a { }; };", "&a { p; };") { BaseOptions = ["-V", "3"] },
        ["shared ends of names"] = new("/ { xreg; a: a { }; };", "&a { reg; eg; xxreg; reg-names; };"),
        ["an empty overlay"] = new("/ { a: a { }; };", "/ { };"),
        ["a cut overlay"] = new("/ { a: a { }; };", "&a { p; };") { Change = blob => blob[..^20] },
        ["an overlay that claims too much"] = new("/ { a: a { }; };", "&a { p; };")
        { Change = blob => BlobBuilder.Patch(blob, 4, 4000) },
        ["no overlay at all"] = new("/ { a: a { }; };", "&a { p; };") { Change = _ => [1, 2, 3, 4, 5, 6, 7, 8] },
    };

    /// <summary>A base with everything that damage can hit.</summary>
    public static byte[] RichBase() => new OverlayCase(
        """
        /memreserve/ 0x1000 0x100;
        / {
            aliases { u = "/soc/uart@1"; };
            gic: intc { #interrupt-cells = <3>; };
            soc: soc { ranges; u0: uart@1 { reg = <1>; status = "disabled"; clocks = <&c 1>; }; c: clk { }; };
        };
        """).Base();

    /// <summary>An overlay for it.</summary>
    public static byte[] RichOverlay() => new OverlayCase(
        "/ { };",
        """
        &u0 { status = "okay"; parent = <&gic>; near = <&k>; k: key { linux,code = <5>; self = <&k 1>; }; };
        &{/soc} { n: new@5 { reg = <5>; clocks = <&k>, <&c>; }; uart@1 { extra = [01]; }; };
        / { fragment@9 { target-path = "u"; __overlay__ { late = "by alias"; }; }; };
        """).Overlays()[0];

    /// <summary>A place that <c>__fixups__</c> gives for label n, where the overlay has a property of eight bytes.</summary>
    private static OverlayCase Fixup(string place) => new(
        "/ { n: n { }; };", $"/ {{ fragment@0 {{ target-path = \"/n\"; __overlay__ {{ p = <0 0>; }}; }}; __fixups__ {{ n = \"{place}\"; }}; }};");
}
