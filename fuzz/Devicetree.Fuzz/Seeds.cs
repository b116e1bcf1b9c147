using System.Text;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Fuzz;

/// <summary>Small good inputs that between them use every part of the languages.</summary>
internal static class Seeds
{
    public static readonly string[] Sources =
    [
        """
        /dts-v1/;
        /memreserve/ 0x1000 0x20;
        / {
        	#address-cells = <1>; #size-cells = <1>; compatible = "a,b", "c"; model = "m";
        	aliases { s0 = &uart; }; chosen { stdout-path = "s0:115200"; };
        	cpus { #address-cells = <1>; #size-cells = <0>; cpu@2 { device_type = "cpu"; reg = <2>; }; };
        	gic: intc@10 { reg = <0x10 1>; interrupt-controller; #interrupt-cells = <3>; };
        	uart: serial@20 { reg = <0x20 0x10>; interrupt-parent = <&gic>; interrupts = <0 1 (1 << 2)>; clocks = <&clk 1>, <&clk 2>; clock-names = "a", "b"; };
        	clk: clock { #clock-cells = <1>; v = /bits/ 8 <1 2>, /bits/ 64 <(-1)>, [00 ff], <'x'>, &uart; };
        };
        &uart { status = "okay"; child { l: p = <1>; }; };
        gone: &{/chosen} { };
        /delete-node/ &gone;
        """,
        """
        /dts-v1/; /plugin/;
        &target { status = "okay"; p = <&other 1 &mine>; mine: sub@1 { reg = <1>; }; };
        &{/soc} { a = "b"; };
        / { fragment@9 { target-path = "/"; __overlay__ { n { q = <&mine>; }; }; }; };
        """,
        """
        /dts-v1/;
        / { soc { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <1>; ranges; i2c@0 { reg = <0 0 1>; #address-cells = <1>; #size-cells = <0>; e@50 { reg = <0x50>; }; };
        pci@1 { device_type = "pci"; reg = <0 1 1>; #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>; interrupt-map-mask = <0 0 0 7>; interrupt-map = <0 0 0 1 &ic 4>; bus-range = <0 1>; ranges = <0x2000000 0 0 0 0 0 1>; };
        ic: ic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <1>; }; port { e: endpoint { remote-endpoint = <&f>; }; }; d { port { f: endpoint { remote-endpoint = <&e>; }; }; };
        gpio: g { gpio-controller; #gpio-cells = <2>; hog { gpio-hog; gpios = <1 2>; }; }; led { led-gpios = <&gpio 1 0>; }; /omit-if-no-ref/ o: omitted { }; };
        };
        """,
    ];

    public static readonly string[] Preprocessed =
    [
        """
        #define A 1
        #define F(x, y) x ## y #x <x>
        #define V(f, ...) f(__VA_ARGS__, ## __VA_ARGS__)
        #define LOOP LOOP2
        #define LOOP2 LOOP A
        #if defined(A) && (A + 2 * 3 > 6 || __has_include("x")) // c
        #include "self"
        #elif A
        #else
        #endif
        /dts-v1/;
        / { F(a, b); n@A { p = <A LOOP>; q = V(F, 1, 2); /* c */ #address-cells = <A>; }; };
        #ifdef B
        #error no
        #endif
        #line 7 "x.dts"
        # 12 "y.dts" 1 3
        #pragma once
        p = __LINE__ __FILE__ __COUNTER__;
        #undef A
        """,
        """
        #define X(a) a \
        	X(a)
        #define E
        X(X(E 1)) E-E x-E "E" 'E' 0x1e+E
        #define G(x) G2(x x)
        #define G2(x) G3(x x)
        #define G3(x) x x
        G(G(G(1)))
        #include <nowhere>
        """,
        """
        #ifndef DEEP
        #define DEEP 0
        #endif
        #include "self.h"
        #include <self.h>
        #include_next "more.h"
        #if __has_include("self.h") && __INCLUDE_LEVEL__ < 9
        #include __FILE__
        #endif
        / { p = <__COUNTER__>; };
        """,
        """
        #define A0 x x x x x x x x
        #define A1 A0 A0 A0 A0 A0 A0 A0 A0
        #define A2 A1 A1 A1 A1 A1 A1 A1 A1
        #define A3 A2 A2 A2 A2 A2 A2 A2 A2
        #define A4 A3 A3 A3 A3 A3 A3 A3 A3
        A4 A4
        #define R(x) R(x, S(x))
        #define S(x) R(x) S(S(x))
        R(R(R(R(S(1)))))
        #define CAT(a, b) a ## b
        #define STR(x...) #x
        CAT(CAT(A, 4), STR(A4, "a\"b", 'c))) CAT(,) STR()
        #if ((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))
        #if 1/0 || 1 << 70 || -9223372036854775807 - 2 < 0x7fffffffffffffff
        #include "other.dtsi"
        #endif
        """,
    ];

    public static IReadOnlyList<byte[]> SourceBytes { get; } = [.. Sources.Select(Encoding.UTF8.GetBytes)];

    public static IReadOnlyList<byte[]> PreprocessorBytes { get; } =
        [.. Preprocessed.Concat(Sources).Select(Encoding.UTF8.GetBytes)];

    public static IReadOnlyList<byte[]> Blobs { get; } = [.. Sources.Select(source => Blob(source, symbols: false)),
        Blob(Sources[0], symbols: true), Blob(Sources[1], symbols: true), Old(Sources[2])];

    /// <summary>Trees with symbols, to which the second source can be applied.</summary>
    public static IReadOnlyList<byte[]> Bases { get; } =
    [
        Blob("/dts-v1/; / { target: t { a = <1>; sub@1 { }; }; other: o { phandle = <7>; }; soc { }; };", symbols: true),
        Blob(Sources[2], symbols: true),
    ];

    public static byte[] Blob(string source, bool symbols) => Compile(source, symbols, new FdtWriterOptions());

    private static byte[] Old(string source) => Compile(source, symbols: false, new FdtWriterOptions { Version = 3 });

    private static byte[] Compile(string source, bool symbols, FdtWriterOptions options)
    {
        var diagnostics = new DiagnosticBag();
        return DevicetreeCompiler.Compile(new SourceText("seed.dts", source + "\n"), diagnostics,
            new() { GenerateSymbols = symbols }) is { } tree
            ? FdtWriter.Write(tree, options).ToArray()
            : throw new InvalidOperationException($"a seed does not compile: {diagnostics.Items[0]}");
    }
}
