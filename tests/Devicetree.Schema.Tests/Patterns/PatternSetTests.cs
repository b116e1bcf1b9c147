using System.Text;
using System.Text.RegularExpressions;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Tests.Patterns;

public sealed class PatternSetTests
{
    private const int Sets = 1500;
    private const int Texts = 12;

    /// <summary>What Python's re.search says; written down from Python 3.11.</summary>
    [Theory]
    [InlineData("a", "bab", true)]
    [InlineData("^a", "ba", false)]
    [InlineData("a$", "ba", true)]
    [InlineData("a$", "a\n", true)]
    [InlineData("a$", "a\n\n", false)]
    [InlineData("^pinctrl-[0-9]+$", "pinctrl-0", true)]
    [InlineData("^pinctrl-[0-9]+$", "pinctrl-", false)]
    [InlineData("@(0|[1-9a-f][0-9a-f]*)$", "x@0f", false)]
    [InlineData("@(0|[1-9a-f][0-9a-f]*)$", "x@f0", true)]
    [InlineData("^[a-z][a-z0-9\\-]+-bus$", "usb-bus", true)]
    [InlineData("^(l2-)?cache$", "l2-cache", true)]
    [InlineData("^(l2-)?cache$", "l3-cache", false)]
    [InlineData("^.*,nr-gpios$", "a\n,nr-gpios", false)]
    [InlineData("(?<!,nr)-gpios?$", "a,nr-gpios", false)]
    [InlineData("(?<!,nr)-gpios?$", "reset-gpio", true)]
    [InlineData("^(?!foo)bar", "bar", true)]
    [InlineData("^(?!foo)[a-z]+$", "foobar", false)]
    [InlineData("a(?=b)", "ab", true)]
    [InlineData("a(?=b)$", "ab", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("(?<=a)b", "b", false)]
    [InlineData("(?!a(?=b))[ab]+c$", "abc", true)]
    [InlineData("^(?!a(?=b))[ab]+c$", "abc", false)]
    [InlineData("^(?:(?!-)[a-z-])+$", "a-b", false)]
    [InlineData("(?<!a)$", "a\n", true)]
    [InlineData("(?<!a)$", "a", false)]
    [InlineData("(a{60}){80}$", "a", false)]
    [InlineData("[^,]+,[0-9]{2,3}$", "a,1234", false)]
    [InlineData("[^,]+,[0-9]{2,3}$", "a,123", true)]
    [InlineData("^a{,2}b", "aaab", false)]
    [InlineData("^a|b$", "xb", true)]
    [InlineData("", "anything", true)]
    [InlineData("]", "]", true)]
    [InlineData("[]a]+$", "]a]", true)]
    [InlineData("\\.", "x", false)]
    public void A_pattern_is_found_where_Python_finds_it(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new PatternSet([pattern]).IsMatch(text));

    /// <summary>
    /// Random patterns, several in one set, against .NET's engine with backtracking, which agrees with Python on all of these.
    /// </summary>
    [Fact]
    public void Sets_of_random_patterns_match_what_each_matches_alone()
    {
        for (int seed = 0; seed < Sets; seed++)
        {
            var random = new Random(seed);
            string[] patterns = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pattern(random, 3))];
            Regex[] engines = [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.CultureInvariant))];
            var set = new PatternSet(patterns);
            for (int i = 0; i < Texts; i++)
            {
                string text = Text(random);
                // A '$' in the middle may match before a newline that ends the text, and what is after it take that newline. No
                // binding has one, and the automaton does not follow it.
                if (patterns.Any(pattern => pattern.AsSpan(0, Math.Max(pattern.Length - 1, 0)).Contains('$')))
                    text = text.TrimEnd('\n');
                int[] expected = [.. Enumerable.Range(0, patterns.Length).Where(index => engines[index].IsMatch(text))];
                int[] found = set.Match(text);
                Assert.True(expected.SequenceEqual(found),
                    $"seed {seed}: {string.Join("  ", patterns)} in '{text}': {string.Join(',', found)}");
            }
        }
    }

    [Fact]
    public void Random_patterns_with_a_condition_match_what_the_engine_with_backtracking_matches()
    {
        for (int seed = 0; seed < Sets; seed++)
        {
            var random = new Random(seed);
            string pattern = Pattern(random, 1) + Around(random) + Pattern(random, 1);
            var engine = new Regex(pattern, RegexOptions.CultureInvariant);
            var set = new PatternSet([pattern]);
            for (int i = 0; i < Texts; i++)
            {
                string text = Text(random);
                Assert.True(engine.IsMatch(text) == set.IsMatch(text), $"seed {seed}: {pattern} in '{text}'");
            }
        }
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("(.*)*(.*)*(.*)*=$")]
    [InlineData("^(?!x)(a+)+$")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a?){200}){200}$")]
    [InlineData("(a|b)*a(a|b){400}$")]
    public void A_pattern_made_to_take_for_ever_takes_few_steps(string pattern)
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(i => new string('a', 2000 + i) + "!")];
        long bytes = Allocations.Of(() =>
        {
            var set = new PatternSet([pattern, "^b"]);
            foreach (string text in texts)
                set.Match(text);
        });
        // The largest takes 9 MB once for the automaton; one built again for each text would take fifty times as much. What is
        // matched by sets of positions takes 1 MB a text at most.
        Assert.InRange(bytes, 1, 64L << 20);
    }

    private static string Pattern(Random random, int depth)
    {
        var text = new StringBuilder();
        for (int parts = random.Next(1, 4); parts > 0; parts--)
        {
            int kind = random.Next(depth > 0 ? 12 : 8);
            text.Append(kind switch
            {
                0 => "^",
                1 => "$",
                2 => ".",
                3 => "[a-b,]",
                4 => "[^b]",
                < 8 => "ab-,"[random.Next(4)].ToString(),
                < 10 => $"({Pattern(random, depth - 1)})",
                _ => $"({Pattern(random, depth - 1)}|{Pattern(random, depth - 1)})",
            });
            // An anchor cannot be counted in Python.
            if (kind > 1)
                text.Append(random.Next(12) switch
                {
                    0 => "*",
                    1 => "+",
                    2 => "?",
                    3 => "{2}",
                    4 => "{1,2}",
                    5 => "{1,}",
                    6 =>
                    "*?",
                    _ => ""
                });
        }
        return text.ToString();
    }

    /// <summary>A condition; what is behind is of one width, as Python wants it.</summary>
    private static string Around(Random random) => random.Next(5) switch
    {
        0 => $"(?={Pattern(random, 0)})",
        1 => $"(?!{Pattern(random, 0)})",
        2 => "(?<=a[b,])",
        3 => "(?<!-|b)",
        _ => "(?!a(?!b))",
    };

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (int length = random.Next(9); length > 0; length--)
            text.Append("aabb,-c\n"[random.Next(8)]);
        return text.ToString();
    }
}
