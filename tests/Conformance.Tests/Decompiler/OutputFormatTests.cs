using System.Globalization;
using System.Text;
using Conformance.Tests.Boards;
using Conformance.Tests.Devicetree;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Decompiler;

/// <summary>The outputs of dtc that are text, held against the dtc on the path, byte for byte.</summary>
public class OutputFormatTests
{
    /// <summary>Trees in which every rule of an output shows.</summary>
    private static readonly (string Name, string Source)[] _telling =
    [
        ("labels everywhere", "/memreserve/ 1 2; r: /memreserve/ 3 4; / { a: b: p = c: <1 d: 2 e:>, f: \"x\" g:, h: [01 i: 02]; j: k: n@1 { l: q; }; };"),
        ("all widths", "/ { a = /bits/ 8 <1 255>; b = /bits/ 16 <2 0xffff>, /bits/ 64 <3 0xffffffffffffffff>; c = <1>, <2 3>, [04], \"s\"; d; e = \"\"; };"),
        ("references", "/ { a = <&x 1 &{/n/m}>, &x, \"t\"; x: n { y: m { }; }; b = &{/n/m}; c = <&y>; };"),
        ("odd strings", "/ { a = \"\\x01\\x7f\\t\\n\\\"\\\\\", \"a b  c\", \" x \", \"#\", \"yes: no\", \"'\", \"\\a\\b\\v\\f\\r\\e\"; };"),
        ("long lists", $"/ {{ a = <{string.Join(' ', Enumerable.Range(0, 60))}>; b = \"{string.Join(' ', Enumerable.Repeat("word", 60))}\"; c = {string.Join(", ", Enumerable.Repeat("\"a string\"", 30))}; }};"),
        ("odd names", "/ { #a = <1>; ?b = <2>; +c,d = <3>; x@1,0 { ,p; #; }; a.b { -; ---; ...; }; n_1 { ?; }; };"),
        ("no root content", "/ { };"),
        ("empty nodes", "/ { a { }; b { c { }; }; d { p; }; };"),
        ("a long name", $"/ {{ {new string('n', 140)} = <1>; {new string('m', 130)} {{ p; }}; }};"),
        ("a plugin", "/plugin/; &ext { p = <&ext 1>; }; &{/p} { l: n { q = <&l>; }; };"),
    ];

    /// <summary>dtc dies of some of these in some formats; that is looked for, and ours must refuse it.</summary>
    public static TheoryData<string, string> TellingTrees
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach ((string name, _) in _telling)
            {
                foreach (string format in (string[])["dts", "yaml", "asm"])
                    rows.Add(name, format);
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(TellingTrees))]
    public void A_telling_tree_prints_as_dtc_prints_it(string name, string format)
    {
        ExternalTool.Require("dtc");
        string source = "/dts-v1/;\n" + _telling.Single(row => row.Name == name).Source;
        using var pair = new DropInPair("dtc");
        pair.With("in.dts", Encoding.Latin1.GetBytes(source));

        pair.Run(name, ["-q", "-f", "-I", "dts", "-O", format, "{in.dts}"]);
        pair.Run(name + ", with symbols", ["-q", "-f", "-@", "-A", "-I", "dts", "-O", format, "{in.dts}"]);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("16")]
    [InlineData("17")]
    [InlineData("18")]
    public void Assembler_source_of_every_version_of_blobs_is_dtcs(string version)
    {
        ExternalTool.Require("dtc");
        using var pair = new DropInPair("dtc");
        foreach ((string name, string source) in _telling)
        {
            // It forgets the paths of the nodes that it made itself and prints "(null)" for them; a blob of such a version it
            // dies of.
            if (source.StartsWith("/plugin/", StringComparison.Ordinal) && int.Parse(version, CultureInfo.InvariantCulture) < 16)
                continue;
            pair.With("in.dts", Encoding.Latin1.GetBytes("/dts-v1/;\n" + source));
            pair.Run(name, ["-q", "-f", "-O", "asm", "-V", version, "-p", "7", "-R", "2", "{in.dts}"]);
            pair.Run(name, ["-q", "-f", "-O", "asm", "-V", version, "-S", "4096", "-a", "16", "{in.dts}"]);
        }
    }

    [Fact]
    public void Random_trees_print_as_dtc_prints_them_in_every_format()
    {
        ExternalTool.Require("dtc");
        for (int seed = 0; seed < 60; seed++)
        {
            using var pair = new DropInPair("dtc");
            pair.With("in.dts", Encoding.UTF8.GetBytes(new RandomSource(seed).Base()));
            foreach (string format in (string[])["yaml", "asm"])
                pair.Run($"seed {seed}, {format}", ["-q", "-O", format, "{in.dts}"]);
        }
    }

    [Fact]
    public void Boards_print_as_dtc_prints_them_in_every_format()
    {
        KernelCorpus.Require();
        string[] boards = [.. KernelCorpus.Boards("arm64").Where((_, index) => index % 40 == 7)];
        Parallel.ForEach(boards, board =>
        {
            using var pair = new DropInPair("dtc");
            using var directory = new TemporaryDirectory();
            string source = directory.PathOf("in.dts");
            Assert.True(KernelCorpus.TryPreprocess("arm64", board, source), board);
            pair.With("in.dts", File.ReadAllBytes(source));
            foreach (string format in (string[])["dts", "yaml", "asm"])
                pair.Run($"{board}, {format}", ["-q", "-@", "-i", Path.GetDirectoryName(board)!, "-O", format, "-o", "{out}",
                    "{in.dts}"], "out");
            pair.Run($"{board}, -T", ["-q", "-T", "-i", Path.GetDirectoryName(board)!, "-O", "dts", "-o", "{out}", "{in.dts}"],
                "out");
        });
    }

    [Theory]
    [InlineData("-I", "dtb", "-O", "yaml")]
    [InlineData("-I", "dtb", "-O", "nothing")]
    [InlineData("-I", "nothing", "-O", "dts")]
    [InlineData("-I", "dtb", "-T", "-O", "dts")]
    [InlineData("-I", "yaml", "-O", "dts")]
    [InlineData("-I", "dtb", "-O", "asm", "-V", "5")]
    public void Formats_that_do_not_fit_are_refused_as_dtc_refuses_them(params string[] options)
    {
        ExternalTool.Require("dtc");
        using var pair = new DropInPair("dtc");
        pair.With("in", File.ReadAllBytes(Checkout.RealVector("primary.dtb")));

        pair.Run(string.Join(' ', options), [.. options, "{in}"]);
    }
}
