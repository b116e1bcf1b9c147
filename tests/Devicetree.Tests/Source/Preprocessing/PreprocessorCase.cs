using System.Text;

namespace Devicetree.Tests.Source.Preprocessing;

/// <summary>
/// A short source and what GCC's cpp makes of it as the kernel calls it. Recorded of cpp 12; the conformance tests ask the
/// installed one. The numbers are the cases of devicetree.md 7.4.
/// </summary>
/// <param name="Name">What it is about.</param>
/// <param name="Source">The source.</param>
/// <param name="Expected">The lines of the text that are not empty; null when it is refused.</param>
public sealed record PreprocessorCase(string Name, string Source, string? Expected)
{
    private static readonly PreprocessorCase[] _rows =
    [
        new("83: unknown directives are text", "#address-cells = <1>;\n# foo\n#clock-cells = <0>;",
            "#address-cells = <1>;\n# foo\n#clock-cells = <0>;"),
        new("unknown directives are expanded", "#define FOO 5\n#FOO = <FOO>;", "#5 = <5>;"),
        new("a # alone means nothing", "#\n  #  \nx", "x"),
        new("85: pin- ## n", "#define P(n) pin- ## n\nP(a)", "pin-a"),
        new("85: n##-x", "#define P(n) n##-x\nP(a)", "a-x"),
        new("85: n ## -x keeps the blank", "#define P(n) n ## -x\nP(a)", "a -x"),
        new("85: 0x##p", "#define P(p) 0x##p\nP(1f) P(g-1)", "0x1f 0xg -1"),
        new("86: # at the start of a line in a call", "#define M(x) [x]\nM(\n#address-cells\n)", null),
        new("86: # within the line of a call", "#define M(x) [x]\nM(#address-cells)", "[#address-cells]"),
        new("88: lines after a call over three lines", "#define M(x,y) x y\nM(a,\nb\n) __LINE__\n__LINE__", "a b 4\n5"),
        new("# before what is no parameter", "#define M(x) #y x\nM(1)", "#y 1"),
        new("# makes a string, blanks collapsed", "#define S(x) #x\nS(  a   b  ) S(\"q\\n\") S('\"') S()",
            "\"a b\" \"\\\"q\\\\n\\\"\" \"'\\\"'\" \"\""),
        new("# takes the argument as written", "#define A 1\n#define S(x) #x x\nS(A)", "\"A\" 1"),
        new("## joins names and numbers", "#define J(a,b) a##b\nJ(x,y) J(x,1) J(1,x) J(,y) J(x,) J(,)", "xy x1 1x y x"),
        new("## takes the arguments as written, the result is expanded",
            "#define A 1\n#define AB 2\n#define J(a,b) a##b\nJ(A,B) J(A,)", "2 1"),
        new("numbers are greedy", "#define FOO 5\n0x1e+FOO 0x1f+FOO 1.FOO 1FOO", "0x1e+FOO 0x1f+5 1.FOO 1FOO"),
        new("names end at - , @ . & #", "#define N 5\nx-N n@N #N &N &{/N} a,N a.N xN N:", "x-5 n@5 #5 &5 &{/5} a,5 a. 5 xN 5:"),
        new("never in strings or characters", "#define N 5\n\"N\" 'N' \"a\\\"N\"", "\"N\" 'N' \"a\\\"N\""),
        new("a blank keeps tokens apart", "#define N 5\nN-x N@N N N\n-N", "5 -x 5@5 5 5\n-5"),
        new("operators stay apart", "#define L <\n#define A &\n#define M -\nL< A& M> M- L=", "< < & & - > - - < ="),
        new("nothing leaves a blank", "#define E\n#define F() \na E b aEb E a F()b", "a b aEb a b"),
        new("comments are one blank", "a/* x */b /**/ c // d\ne/* 1\n2 */f", "a b c\ne f"),
        new("comment marks in strings", "\"// a\" \"/* b */\" c", "\"// a\" \"/* b */\" c"),
        new("an unpaired quote hides a comment", "it's // no comment", "it's // no comment"),
        new("unpaired quotes are no error", "a \" b\nc ' d", "a \" b\nc ' d"),
        new("spliced lines", "a\\\nb \"s\\\nt\" c\\  \nd", "ab \"st\" cd"),
        new("digraphs and trigraphs stay", "%: <: :> <% %> ??= ??/", "%: <: :> <% %> ??= ??/"),
        new("other bytes pass", "$ @ ` ä $a", "$ @ ` ä $a"),
        new("the last definition counts", "#define A 1\n#define A 2\nA", "2"),
        new("equal definitions", "#define A(x) x + 1\n#define A(x) x  +  1\nA(2)", "2 + 1"),
        new("undefined", "#define A 1\n#undef A\n#undef B\nA", "A"),
        new("an empty variadic argument takes the comma", "#define V(f, ...) f(a, ##__VA_ARGS__)\nV(g) V(g,1) V(g,1,2) V(g,)",
            "g(a) g(a,1) g(a,1,2) g(a,)"),
        new("named variadics", "#define V(f, r...) f(r)\nV(g,1,2) V(g)", "g(1,2) g()"),
        new("__VA_OPT__", "#define V(x, ...) x __VA_OPT__(, [__VA_ARGS__])\nV(1) V(1,2,3)", "1 1 , [2,3]"),
        new("a macro within itself", "#define A A B\n#define B A\nA\n#define f(x) f(x) x\nf(f(1))", "A A\nf(f(1) 1) f(1) 1"),
        new("a call made by expansion", "#define f(x) [x]\n#define g f\ng(2) g (3) g", "[2] [3] f"),
        new("a function's name alone", "#define f(x) [x]\nf + f", "f + f"),
        new("arguments are expanded first", "#define A 1,2\n#define f(x) [x]\n#define g(x) f(x)\nf(A) f((A,3))",
            "[1,2] [(1,2,3)]"),
        new("too many by expansion", "#define A 1,2\n#define f(x) [x]\n#define g(x) f(x)\ng(A)", null),
        new("too few arguments", "#define f(x,y) x\nf(1)", null),
        new("too many arguments", "#define f(x) x\nf(1,2)", null),
        new("a call without end", "#define f(x) x\nf(1", null),
        new("parentheses keep commas", "#define f(x) [x]\nf((a,b)) f(<a (b,c)>)", "[(a,b)] [<a (b,c)>]"),
        new("conditions", "#define A 2\n#if A == 2 && defined(A) && !defined B\nyes\n#elif 1\nno\n#else\nno\n#endif", "yes"),
        new("arithmetic", "#if (1 + 2 * 3 - 8 / 2 % 3) == 6 && (1 << 4 | 1) == 17 && (7 & ~1 ^ 2) == 4 && -1 < 0 && (0 ? 1 / 0 : 1)\nyes\n#endif", "yes"),
        new("unsigned arithmetic", "#if -1 > 0u\nyes\n#endif\n#if 0xffffffffffffffff == -1\nsame\n#endif", "yes\nsame"),
        new("names that nobody defined are 0", "#if FOO\nno\n#else\nyes\n#endif", "yes"),
        new("characters", "#if 'a' == 97 && '\\n' == 10 && 'ab' == 24930\nyes\n#endif", "yes"),
        new("skipped groups may be wrong", "#if 0\n#error no\n#bad\n#if 1 +\n#endif\n#include <none>\n' \" \n#endif\nx", "x"),
        new("branches after the right one", "#if 1\na\n#elif 1 / 0\nb\n#endif", "a"),
        new("a division by zero", "#if 1 / 0\n#endif", null),
        new("an empty condition", "#if\n#endif", null),
        new("a bad condition", "#if 1 +\n#endif", null),
        new("a condition of words", "#if \"a\"\n#endif", null),
        new("no #endif", "#ifdef A\nx", null),
        new("#endif without #if", "x\n#endif", null),
        new("#else twice", "#if 0\n#else\n#else\n#endif", null),
        new("#error", "#error stop here", null),
        new("#warning", "#warning look\nx", "x"),
        new("#line", "#line 100 \"other.dts\"\n__LINE__ __FILE__", "100 \"other.dts\""),
        new("a bad #line", "#line x", null),
        new("counters", "__COUNTER__ __COUNTER__ __INCLUDE_LEVEL__", "0 1 0"),
        new("what is predefined", "__DTS__ __ASSEMBLER__ __STDC__ __STDC_HOSTED__ linux unix __GNUC__",
            "1 1 1 1 linux unix __GNUC__"),
        new("property names that were macros", "linux,code = <linux>;", "linux,code = <linux>;"),
        new("a bad macro name", "#define 5 x", null),
        new("'defined' as a macro", "#define defined x", null),
        new("## at an end", "#define A ## b", null),
        new("an open comment", "a /* b", null),
        new("an include that is not there", "#include \"none.h\"", null),
        new("an include without a name", "#include foo", null),
    ];

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, PreprocessorCase> All { get; } =
        _rows.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The lines of a text that are neither empty nor line markers, without the spaces around them.</summary>
    public static string LinesOf(ReadOnlySpan<byte> text) => string.Join(
        '\n',
        Encoding.UTF8.GetString(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !IsMarker(line)));

    private static bool IsMarker(string line) =>
        line.Length > 2 && line[0] == '#' && line[1] == ' ' && char.IsAsciiDigit(line[2]);
}
