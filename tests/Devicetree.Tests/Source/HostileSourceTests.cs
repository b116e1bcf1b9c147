using System.Text;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

public class HostileSourceTests
{
    private const int Rounds = 10_000;

    /// <summary>One of everything that the language has.</summary>
    private const string Everything = """
        /dts-v1/;
        /plugin/;
        # 3 "board.dts" 1
        l0: /memreserve/ 0x10000000 (4 * 0x1000);
        / {
            #address-cells = <2>; compatible = "acme,board", "acme,\x73oc\n\101"; /* comment */
            l1: l2: node@1 { // another
                reg = <0x1 010 'c' (1 ? 2 << 3 : ~4 / 5)>, /bits/ 64 <0xffffffffffffffff>, /bits/ 8 <(-1) 'a'>;
                bytes = l3: [00 ff l4: a5]; flag; path = &l1, &{/node@1}; cells = <&l1 &{/node@1} &external 5>;
                /delete-property/ old; bin = /incbin/("f", 1, 2); /omit-if-no-ref/ l5: gone { }; /delete-node/ none;
            };
        };
        / { /include/ "inc" node@1 { /delete-property/ flag; phandle = <7>; }; };
        &l1 { more = "x"; }; l6: &{/node@1} { }; &external { a; n { }; }; &{/soc} { b = <&external>; };
        /omit-if-no-ref/ &l6; /delete-node/ &{/node@1/gone};

        """;

    private static readonly DtsParserOptions _options = new()
    {
        GenerateSymbols = true,
        Files = new MemoryFiles { { "f", "0123" }, { "inc", "included = <1>;" } },
        MaxSourceBytes = 100_000,
        MaxValueBytes = 100_000,
    };

    public static TheoryData<string> Sources => ["everything", "secondary-input.dts"];

    [Fact]
    public void Everything_compiles()
    {
        string[] expected = ["DTS026", "DTS026", "DTS046"];
        Assert.Equal(expected, Compile(Load("everything"), out _).Select(item => item.Rule.Id));
    }

    [Theory, MemberData(nameof(Sources))]
    public void Every_prefix_of_a_source_compiles_or_says_why_not(string name)
    {
        byte[] source = Load(name);

        for (int length = 0; length < source.Length; length++)
            Check(source[..length], $"length {length}");
    }

    [Theory, MemberData(nameof(Sources))]
    public void A_damaged_source_compiles_or_says_why_not(string name)
    {
        byte[] source = Load(name);
        int compiled = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            if (Check(Mutations.Damage(source, new Random(seed)), $"seed {seed}"))
                compiled++;
        }
        Assert.InRange(compiled, 1, Rounds - 1);
    }

    [Theory]
    [InlineData("\\\"", 50_000)]
    [InlineData("'\\\\", 50_000)]
    [InlineData("\"\\\n", 50_000)]
    [InlineData("/include/ \"", 25_000)]
    [InlineData("/include/ \\\"", 25_000)]
    [InlineData("\n# 1 \"", 25_000)]
    [InlineData("/*", 75_000)]
    [InlineData("{", 75_000)]
    [InlineData("}", 75_000)]
    [InlineData("a: ", 50_000)]
    [InlineData("&{", 75_000)]
    [InlineData("a { ", 50_000)]
    [InlineData("/ { a; }; ", 25_000)]
    [InlineData("a = <", 50_000)]
    [InlineData("/delete-node/ n; n { }; ", 20_000)]
    public void The_same_few_characters_very_often_are_read_in_one_go(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));

        foreach (string before in new[] { "/dts-v1/; ", "/dts-v1/; / { ", "/dts-v1/; / { p = <(", "/dts-v1/; / { p = [" })
            Compile(Encoding.UTF8.GetBytes(before + text), out _);
    }

    /// <summary>Exactly one of a tree and an error comes out, and a tree can be written and read.</summary>
    private static bool Check(byte[] source, string what)
    {
        IReadOnlyList<Diagnostic> diagnostics = Compile(source, out Tree? tree);
        Assert.True((tree is null) == diagnostics.Any(item => item.Rule.Severity == Severity.Error), what);
        Assert.All(diagnostics, item => Assert.NotEmpty(item.Render()));
        if (tree is null)
            return false;
        Assert.True(FdtReader.TryRead(FdtWriter.Write(tree), out _, out FdtError? error), $"{what}: {error}");
        return true;
    }

    private static IReadOnlyList<Diagnostic> Compile(byte[] source, out Tree? tree)
    {
        var diagnostics = new DiagnosticBag();
        tree = DtsParser.Parse(new SourceText("t.dts", source), diagnostics,
            _options with { MaxSourceBytes = source.Length + 100_000 });
        return diagnostics.Items;
    }

    private static byte[] Load(string name) => name == "everything" ? Encoding.UTF8.GetBytes(Everything) : Vectors.Real(name);
}
