using System.Globalization;
using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Style;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Conformance.Tests.Bindings;

/// <summary>Our style rules against yamllint with the kernel's configuration.</summary>
public class StyleTests
{
    private const int Seed = 20;
    private const int Mutants = 1500;

    /// <summary>What is written in place of something, or before it: everything that a rule looks at.</summary>
    private static readonly (string Old, string New)[] _edits =
    [
        (": ", ":"), (": ", " : "), (": ", ":  "), ("- ", "-  "), ("- ", "-   "), (", ", ","), (", ", " , "), (", ", ",  "),
        ("[", "[ "), ("[", "[  "),
        ("]", "  ]"), ("]", " ]"), ("[", "["), ("\n", " \n"), ("\n", "\n\n"), ("\n", "\n\n\n\n\n"), ("\n", "\r\n"),
        ("  ", "   "), ("  ", " "), ("  ", "    "),
        ("\n  ", "\n   "), ("\n    ", "\n  "), ("\n      ", "\n     "), ("---\n", ""), ("---\n", "\n---\n"),
        ("\n", "\n# comment\n"), ("\n", "  # comment\n"),
        (": true", ":"), ("]", "]# comment"), ("required:", "properties:"), ("...\n", "..."), ("...\n", "\n\n\n"),
        (": ", ": aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "),
        ("- ", "- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("\n", "\n\n\n# x: [a, b]\n"), ("  - ", "- "), ("const: ", "const: { }\n"), ("enum: ", "enum: [ ]\n"),
        ("required:", "required: [a, b,\n c]\n"),
    ];

    /// <summary>
    /// Runs yamllint on each file by itself: there are texts at which it breaks off, which then count as syntax errors.
    /// </summary>
    private const string Driver =
        """
        import sys
        from yamllint import linter
        from yamllint.config import YamlLintConfig
        from yamllint.cli import Format
        conf = YamlLintConfig(file=sys.argv[1])
        for name in sys.argv[2:]:
            try:
                for problem in linter.run(open(name, newline=''), conf, name):
                    print(Format.parsable(problem, name))
            except Exception as reason:
                print(f'{name}: syntax error: {reason!r}')
        """;

    [Fact]
    public void Every_binding_of_the_kernel_follows_the_rules_as_yamllint_says()
    {
        BindingCorpus.Require("yamllint");
        string[] files = BindingCorpus.All();
        string[] ours = [.. files.AsParallel().AsOrdered().SelectMany(file => Lint(file))];

        // yamllint takes a third of a minute for all of them; a tenth is enough to notice a rule that is too lax.
        string[] some = [.. files.Where((_, index) => index % 10 == 0)];
        ToolResult theirs = ExternalTool.Start("yamllint", ["-c", BindingCorpus.StyleConfiguration, "-f", "parsable", .. some]);
        Assert.Equal("", theirs.StandardOutput);
        Assert.True(ours.Length == 0, string.Join("\n", ours.Take(20)));
    }

    [Fact]
    public void Mutated_bindings_break_the_rules_where_yamllint_says()
    {
        BindingCorpus.Require("yamllint");
        using var directory = new TemporaryDirectory();
        var random = new Random(Seed);
        string[] files = BindingCorpus.All();
        var names = new List<string>();
        while (names.Count < Mutants)
        {
            string text = File.ReadAllText(files[random.Next(files.Length)]);
            for (int i = random.Next(1, 4); i > 0; i--)
                text = Mutate(text, random);
            string name = directory.PathOf($"{names.Count:d4}.yaml");
            File.WriteAllText(name, text);
            names.Add(name);
        }

        ToolResult theirs = ExternalTool.Run("/usr/bin/python3", ["-c", Driver, BindingCorpus.StyleConfiguration, .. names]);
        ILookup<string, string> expected = theirs.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToLookup(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);
        var differences = new StringBuilder();
        int compared = 0;
        foreach (string name in names)
        {
            // Where the text is no YAML the two scanners may stop at different places; what remains is not compared.
            var diagnostics = new DiagnosticBag();
            _ = YamlLoader.LoadFile(name, diagnostics);
            if (expected[name].Any(line => line.Contains("syntax error", StringComparison.Ordinal))
                || diagnostics.Items.Any(item => item.Rule == YamlRules.Syntax))
                continue;
            compared++;
            string[] their = [.. expected[name].Order(StringComparer.Ordinal)];
            string[] our = [.. Lint(name).Order(StringComparer.Ordinal)];
            foreach (string line in their.Except(our))
                differences.Append("- ").AppendLine(line);
            foreach (string line in our.Except(their))
                differences.Append("+ ").AppendLine(line);
        }
        Assert.True(differences.Length == 0, $"seed {Seed}:\n{differences}");
        Assert.True(compared > Mutants / 2, $"only {compared} mutants are YAML");
    }

    private static string Mutate(string text, Random random)
    {
        (string old, string @new) = _edits[random.Next(_edits.Length)];
        int start = random.Next(text.Length);
        int at = text.IndexOf(old, start, StringComparison.Ordinal);
        if (at < 0)
            at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, old.Length).Insert(at, @new);
    }

    private static IEnumerable<string> Lint(string file)
    {
        var diagnostics = new DiagnosticBag();
        StyleChecker.Check(new SourceText(file, File.ReadAllBytes(file)), diagnostics);
        foreach (Diagnostic item in diagnostics.Items)
        {
            string level = item.Rule.Severity == Severity.Error ? "error" : "warning";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{item.Span.Location}: [{level}] {item.Message} ({item.Rule.Name})");
        }
    }
}
