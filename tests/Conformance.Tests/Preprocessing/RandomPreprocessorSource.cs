using System.Text;

namespace Conformance.Tests.Preprocessing;

/// <summary>
/// Sources made at random for two preprocessors: definitions, calls over several lines, conditions, comments, spliced lines,
/// includes and text whose tokens touch each other. Most are correct; what is wrong in the others, both must refuse.
/// </summary>
internal sealed class RandomPreprocessorSource(int seed)
{
    /// <summary>A header that the sources include, with a guard.</summary>
    public const string GuardedHeader =
        "/* x */\n#ifndef G_H\n#define G_H\n#define K 77\n#define P(x) <x K>\nguarded K\n#endif\n\n";

    /// <summary>A header that gives something else each time.</summary>
    public const string PlainHeader =
        "plain A __COUNTER__ __INCLUDE_LEVEL__ __LINE__\n#undef B\n#define B(x) x##x [x]\n\n\n B(1) b";

    private const int MacroNames = 8;

    private static readonly string[] _pieces =
    [
        "1", "0x1f", "0x1e", "7u", ".5", "x", "L", "e", "-", "+", "<", ">", "&", "|", "=", "/", "*", "%", "^", "!", "~", "?",
        ":", ";",
        "{", "}", "[", "]", ".", ",", "@", "$", "\\", "`", "\u00e4", "\"s t\"", "'c'", "\"A\\\"\"", "#", "##", "->", "<<", "&&",
        "++", "...", "#x",
        "linux,code", "reg", "__LINE__", "__COUNTER__", "__FILE__", "L'x'", "%:", "<:", "L\"w\"", "::",
    ];

    private static readonly string[] _blanks =
        ["", "", "", " ", "  ", "\t", "/* c */", "/**/", " \\\n", "\\\n", "\f", " /* a\n b */ "];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly int[] _arities = new int[MacroNames];

    /// <summary>The text.</summary>
    public string Make()
    {
        int lines = _random.Next(5, 60);
        for (int i = 0; i < lines; i++)
            Line(0);
        if (Chance(8))
            _text.Append("no newline A");
        return _text.ToString();
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private void Line(int depth)
    {
        switch (_random.Next(16))
        {
            case < 5:
                Define();
                break;
            case 5 when depth < 3:
                Conditional(depth);
                break;
            case 6:
                _text.Append("#undef ").Append(NameOf(_random.Next(MacroNames))).Append('\n');
                break;
            case 7:
                _text.Append(Pick(["#include \"g.h\"\n", "#include \"p.h\"\n", "#define H <p.h>\n#include H\n",
                    "# 12 \"other\" 2\n", "#line 500\n", "#line 9 \"f\\\\\"\n", "#\n", "#address-cells = <A>;\n", "# B(1) x\n",
                    "  #C\n", "#pragma A b\n", "#ident \"x\"\n"]));
                break;
            case 8:
                _text.Append('\n', Chance(4) ? _random.Next(1, 14) : 1);
                break;
            default:
                TextLine();
                break;
        }
    }

    private static string NameOf(int macro) => ((char)('A' + macro)).ToString();

    private void Define()
    {
        int macro = _random.Next(MacroNames);
        // Mostly the same shape each time, so that the calls fit.
        if (_arities[macro] == 0 || Chance(10))
            _arities[macro] = macro < 3 ? 1 : _random.Next(1, 7);
        _text.Append(Chance(6) ? "  # define " : "#define ").Append(NameOf(macro));
        string[] parameters = _arities[macro] switch
        {
            1 => [],
            2 => [],
            3 => ["x"],
            4 => ["x", "y"],
            5 => ["x", "..."],
            _ => ["x", "rest..."],
        };
        if (_arities[macro] != 1)
            _text.Append('(').Append(string.Join(", ", parameters)).Append(')');
        _text.Append(' ');
        string? variadic = _arities[macro] switch { 5 => "__VA_ARGS__", 6 => "rest", _ => null };
        int tokens = _random.Next(0, 7);
        for (int i = 0; i < tokens; i++)
            BodyPiece(parameters.Length > 0 ? parameters[0] : null, parameters is ["x", "y"] ? "y" : null, variadic,
                i > 0 && i < tokens - 1, true);
        _text.Append('\n');
    }

    private void BodyPiece(string? first, string? second, string? variadic, bool inside, bool mayBeOptional)
    {
        switch (_random.Next(16))
        {
            case < 3 when first is not null:
                _text.Append(first);
                break;
            case 3 or 4 when second is not null || variadic is not null:
                _text.Append(second ?? variadic);
                break;
            case 5 when first is not null:
                _text.Append('#').Append(Pick(["", " "])).Append(first);
                break;
            case 6 when inside && first is not null:
                _text.Append(' ').Append(Pick([first, "a", "1", "-", "A"])).Append(Pick(["##", " ## ", "## "]))
                    .Append(Pick([first, second ?? "b", "2", ">", "B"])).Append(' ');
                break;
            case 7 when variadic is not null:
                _text.Append(Pick([", ## ", ",##", "x, ##"])).Append(variadic).Append(' ');
                break;
            case 8 when variadic is not null && mayBeOptional:
                // A # in front of it is left out: GCC turns the optional part into a string (decision 0105).
                _text.Append(_text.ToString().AsSpan().TrimEnd() is [.., '#'] ? "x __VA_OPT__(" : "__VA_OPT__(");
                for (int i = _random.Next(0, 3); i > 0; i--)
                    BodyPiece(first, second, null, false, false);
                _text.Append(')');
                break;
            case < 11:
                Use(1, inline: true);
                break;
            default:
                _text.Append(Pick(_pieces) is var piece && piece.Contains("##", StringComparison.Ordinal) && !inside
                    ? "+" : piece == "'c'" ? "c" : piece);
                break;
        }
        _text.Append(Pick(["", " ", " ", "  ", "/*c*/"]));
    }

    private void TextLine()
    {
        _text.Append(Pick(["", "", " ", "   ", "\t", "/* */", "\\\n"]));
        int pieces = _random.Next(1, 9);
        for (int i = 0; i < pieces; i++)
        {
            if (Chance(2))
                Use(2, inline: false);
            else
                _text.Append(Pick(_pieces));
            _text.Append(Pick(_blanks));
        }
        _text.Append(Chance(8) ? "// end \"'\n" : Chance(10) ? "\r\n" : "\n");
    }

    /// <summary>Writes a macro, called with arguments when it takes any, seldom with the wrong ones.</summary>
    private void Use(int depth, bool inline)
    {
        int macro = _random.Next(MacroNames);
        _text.Append(NameOf(macro));
        int arity = _arities[macro];
        if (arity < 2 || Chance(8) || depth < 0)
            return;
        int arguments = Chance(60) ? _random.Next(0, 4) : arity switch { 2 => 0, 3 => 1, 4 => 2, _ => _random.Next(1, 4) };
        _text.Append(Pick(["", "", " ", inline ? "" : "\n", "/**/"])).Append('(');
        for (int i = 0; i < arguments; i++)
        {
            if (i > 0)
                _text.Append(Pick([",", ", ", " , "]));
            for (int k = _random.Next(0, 4); k > 0; k--)
            {
                if (Chance(3))
                {
                    Use(depth - 1, inline);
                }
                else
                {
                    string piece = Pick(_pieces);
                    _text.Append(piece is "," or "..." ? "(a,b)" : piece is "#" or "##" or "#x" && !inline
                        ? "a" + piece : piece == "'c'" ? "c" : piece);
                }
                _text.Append(Pick(inline ? ["", " "] : ["", " ", "", "\n", " \n "]));
            }
        }
        if (!Chance(400))
            _text.Append(')');
    }

    private void Conditional(int depth)
    {
        _text.Append(Chance(2) ? $"#if {Condition(3)}\n" : Chance(2)
            ? $"#ifdef {NameOf(_random.Next(MacroNames))}\n" : $"#ifndef {NameOf(_random.Next(MacroNames))}\n");
        Lines(depth);
        while (Chance(3))
        {
            _text.Append(Chance(5) ? "#elifdef A\n" : $"#elif {Condition(3)}\n");
            Lines(depth);
        }
        if (Chance(2))
        {
            _text.Append("#else\n");
            Lines(depth);
        }
        _text.Append("#endif\n");
    }

    private void Lines(int depth)
    {
        for (int i = _random.Next(0, 4); i > 0; i--)
            Line(depth + 1);
    }

    private string Condition(int depth)
    {
        if (depth == 0 || Chance(5))
        {
            return Pick(
            [
                "0", "1", "2", "-1", "10u", "0x7fffffffffffffff", "0xffffffffffffffff", "017", "'a'", "'\\n'", "'ab'",
                "undefined", "defined A",
                "defined(B)", "defined ( C )", "__LINE__", "3L", "4ull", "0b101", "__INCLUDE_LEVEL__", "__has_include(\"g.h\")",
                "__has_include(<none.h>)", "'\\377'",
            ]);
        }
        return _random.Next(8) switch
        {
            0 => $"({Condition(depth - 1)})",
            1 => Pick(["!", "-", "~", "+"]) + Condition(depth - 1),
            2 => $"{Condition(depth - 1)} ? {Condition(depth - 1)} : {Condition(depth - 1)}",
            _ => Condition(depth - 1)
                + Pick([" + ", " - ", " * ", " / ", " % ", " << ", " >> ", " < ", " > ", " <= ", " >= ", " == ", " != ", " & ",
                " | ", " ^ ", " && ", " || "])
                + Condition(depth - 1),
        };
    }
}
