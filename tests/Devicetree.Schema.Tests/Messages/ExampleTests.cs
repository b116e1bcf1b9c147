using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Schema.Authoring;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Documents;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Style;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Tests.Messages;

/// <summary>Every rule of bindings is reached by the example that explains it.</summary>
public class ExampleTests
{
    private const string Directory = "/bindings/";
    private const string Heading = "# ";

    /// <summary>What stands before a binding whose example leaves it out.</summary>
    private const string Head = "$schema: http://devicetree.org/meta-schemas/core.yaml#\ntitle: t\nmaintainers:\n  - a@b.c\n";

    /// <summary>Turns on what Linux 6.1 leaves off.</summary>
    private const string LaterStyle = "extends: relaxed\nrules:\n  quoted-strings:\n    required: only-when-needed\n";

    /// <summary>Rules whose examples describe files or commands, and what has limits that no small file reaches.</summary>
    private static readonly string[] _described = ["SCH004", "SCH008", "DOC008", "YML007", "YML008", "YML013", "YML014"];

    /// <summary>Inputs that cannot be shown as text; a character a byte.</summary>
    private static readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal)
    {
        ["STY013"] = "---\ntitle: t",
        ["STY014"] = "---\r\ntitle: t\r\n",
        ["STY016"] = "---\ntitle: t  \n",
        ["YML002"] = "title: \u00e9\n",
    };

    private static readonly Dictionary<string, DiagnosticRule> _rules =
        new[] { YamlRules.All, StyleRules.All, SchemaRules.All, DocumentRules.All, ExampleRules.All, DecodeRules.All,
        FindingRules.All }
            .SelectMany(rules => rules).ToDictionary(rule => rule.Id);

    public static TheoryData<string> Rules => [.. _rules.Keys.Except(_described).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it(string id)
    {
        string text = _inputs.TryGetValue(id, out string? input) ? input : _rules[id].Example + "\n";
        Assert.Contains(id, id[..3] switch
        {
            "YML" => OfYaml(text),
            "STY" => OfStyle(text, id == StyleRules.DocumentStart.Id || input is not null ? "" : "---\n"),
            "DOC" => OfBinding(text),
            "EXA" => OfExamples(text),
            _ => OfTree(text),
        });
    }

    private static IEnumerable<string> OfYaml(string text)
    {
        var diagnostics = new DiagnosticBag();
        YamlLoader.Load(Source("a.yaml", text), diagnostics);
        return diagnostics.Items.Select(item => item.Rule.Id);
    }

    private static IEnumerable<string> OfStyle(string text, string before)
    {
        var diagnostics = new DiagnosticBag();
        StyleSettings later = StyleConfiguration.Read(Source(StyleConfiguration.FileName, LaterStyle), diagnostics);
        Assert.Empty(diagnostics.Items);
        StyleConfiguration.Read(Source(StyleConfiguration.FileName, text), diagnostics);
        StyleChecker.Check(Source("a.yaml", before + text), diagnostics);
        StyleChecker.Check(Source("a.yaml", before + text), diagnostics, later);
        return diagnostics.Items.Select(item => item.Rule.Id);
    }

    private static IEnumerable<string> OfBinding(string text)
    {
        (string name, string body) = Files(text).Single();
        var report = new SchemaLoadReport();
        SchemaLoader.Load([Source(name, body)], report, withBuiltIn: true);
        var checker = new BindingChecker(new DocumentChecker(MetaSchemas.BuiltIn, CoreSchemas.BuiltIn), null, report);
        return checker.Check(Source(name, body), name).Select(item => item.Diagnostic.Rule.Id);
    }

    private static IEnumerable<string> OfExamples(string text)
    {
        var diagnostics = new DiagnosticBag();
        ExampleExtractor.Extract((SchemaObject)YamlLoader.Load(Source("a.yaml", text), diagnostics)!, diagnostics);
        return diagnostics.Items.Select(item => item.Rule.Id);
    }

    /// <summary>What is found in a tree, and in the bindings that it is checked by.</summary>
    private static IEnumerable<string> OfTree(string text)
    {
        var report = new SchemaLoadReport();
        (string Name, string Text)[] files = [.. Files(text)];
        SourceText[] bindings =
            [.. files.Where(file => file.Name.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(file => Source(file.Name, Complete(file)))];
        var validator = new BindingValidator(SchemaLoader.Load(bindings, report, withBuiltIn: true));
        var explainer = new FindingExplainer(validator);
        List<string> found = [.. report.Diagnostics.Items.Select(item => item.Rule.Id)];
        foreach ((string name, string source) in files.Where(file => file.Name.EndsWith(".dts", StringComparison.Ordinal)))
        {
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = DevicetreeCompiler.Compile(Source(name, source), diagnostics, new() { Strict = false });
            Assert.True(tree is not null, string.Join('\n', diagnostics.Items));
            var check = new TreeCheck(validator, new() { Undocumented = true });
            found.AddRange(explainer.Explain(check, TreeDecoder.Decode(tree.ToTree(), validator.Types), name,
                new SourcePlaces(tree))
                .Select(item => item.Diagnostic.Rule.Id));
        }
        return found.Concat(explainer.Unresolved().Select(item => item.Diagnostic.Rule.Id));
    }

    /// <summary>The files of an example, each below a line with its name.</summary>
    private static IEnumerable<(string Name, string Text)> Files(string text) =>
        ("\n" + text).Split("\n" + Heading)[1..].Select(file =>
        {
            string[] parts = file.Split('\n', 2);
            return (Directory + parts[0].Split(", ")[0], parts[1] + "\n");
        });

    private static string Complete((string Name, string Text) file) =>
        file.Text.StartsWith('-') ? file.Text
        : file.Text.StartsWith('$') ? file.Text + Head
        : $"$id: http://devicetree.org/schemas/{file.Name[Directory.Length..]}#\n{Head}{file.Text}";

    private static SourceText Source(string path, string text) =>
        new(path, path.EndsWith(".dts", StringComparison.Ordinal)
        ? System.Text.Encoding.UTF8.GetBytes(text) : System.Text.Encoding.Latin1.GetBytes(text));
}
