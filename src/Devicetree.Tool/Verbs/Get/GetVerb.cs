using System.CommandLine;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Input;
using Devicetree.Tool.Verbs.Queries;
using Devicetree.Typing;
using ValueType = Devicetree.Tool.Verbs.Queries.ValueType;

namespace Devicetree.Tool.Verbs.Get;

/// <summary><c>dt get FILE PATH[:PROPERTY]…</c>: values of a tree, for scripts.</summary>
internal static class GetVerb
{
    private const string Json = "json";

    public static Command Create(VerbConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
            "A blob, a source, or a directory such as /proc/device-tree; '-' for the standard input."
        };
        var queries = new Argument<string[]>("PATH[:PROPERTY]")
        {
            Description = "What to print: /path, alias or &label, optionally with '/' and more names; then a property, or all without one. '*', '?' and '**' match.",
            Arity = ArgumentArity.OneOrMore,
        };
        var type = new Option<string>("--type", "-t")
        {
            Description = "The type to print: auto, string, u8-u64 (decimal), i8-i64 (decimal with sign), x8-x64 (hexadecimal), dts (source text) or raw (the bytes).",
            DefaultValueFactory = _ => ValueType.Auto.Name,
            HelpName = "TYPE",
        };
        type.AcceptOnlyFromAmong([.. ValueType.All.Select(each => each.Name)]);
        var otherwise = new Option<string?>("--default", "-d")
        { Description = "Print this if there is nothing, and end with 0.", HelpName = "TEXT" };
        var format = new Option<string>("--format")
        { Description = "How to print.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        format.AcceptOnlyFromAmong("text", Json);
        var input = new TreeSwitches();
        var findings = new FindingSwitches();
        var command = new Command("get", "Print values of a devicetree.") { file, queries, type, otherwise, format };
        input.AddTo(command);
        findings.AddLevels(command);
        command.Validators.Add(result =>
        {
            bool isJson = result.GetValue(format) == Json;
            if (isJson && (result.GetValue(type) == ValueType.Raw.Name || result.GetValue(type) == ValueType.Source.Name))
                result.AddError("--format json has values of its own; it takes no --type dts or raw.");
            if (isJson && result.GetValue(otherwise) is not null)
                result.AddError("--format json takes no --default.");
        });
        command.SetAction(result =>
        {
            int code = ExitCodes.Good;
            string name = result.GetRequiredValue(file);
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = console.Load(input.Read(console.Host, result), name, diagnostics, ref code)?.Live;
            if (tree is not null)
            {
                TypedValues.Mark(tree);
                ValueType asked = ValueType.All.Single(each => each.Name == result.GetRequiredValue(type));
                List<Answer> answers = Find(tree, result.GetRequiredValue(queries), asked, result.GetValue(otherwise),
                    diagnostics);
                if (diagnostics.HasErrors)
                    code = Math.Max(code, ExitCodes.Findings);
                if (result.GetValue(format) == Json)
                    AnswerJson.Write(console.Output, answers);
                else
                    AnswerText.Write(console, answers, asked);
            }
            var report = new FindingReport(console, "get", findings.Read(result));
            report.Add(diagnostics, name);
            return report.Complete(code);
        });
        return command;
    }

    private static List<Answer> Find(LiveTree tree, string[] queries, ValueType type, string? otherwise,
        DiagnosticBag diagnostics)
    {
        var answers = new List<Answer>();
        foreach (string text in queries)
        {
            NodeQuery query = NodeQuery.Parse(text);
            bool isAlone = queries.Length == 1 && !query.HasPattern;
            List<LiveNode> nodes = [.. query.Nodes(tree)];
            int before = answers.Count;
            foreach (LiveNode node in nodes)
            {
                foreach (LiveProperty property in query.Properties(node))
                    Add(answers, node, property, isAlone && nodes.Count == 1, type, diagnostics);
            }
            if (answers.Count > before || diagnostics.HasErrors)
                continue;
            if (otherwise is not null)
                answers.Add(new(null, null, text, isAlone, null, otherwise));
            else if (nodes.Count == 0)
                diagnostics.Report(GetRules.NoNode, default, text);
            else if (query.Property is not null)
                diagnostics.Report(GetRules.NoProperty, default, nodes.Count == 1 ? nodes[0] : $"none of {nodes.Count} nodes",
                    query.Property, Others(nodes));
        }
        return answers;
    }

    private static void Add(List<Answer> answers, LiveNode node, LiveProperty property, bool isAlone, ValueType type,
        DiagnosticBag diagnostics)
    {
        if (type == ValueType.Raw || type == ValueType.Source)
            answers.Add(new(node, property, "", isAlone, null, null));
        else if (ValueReading.TryRead(node, property, type, out ValueReading? reading, out string? reason))
            answers.Add(new(node, property, "", isAlone, reading, null));
        else
            diagnostics.Report(GetRules.NotOfType, property.Span, node, property.Name, type.Name, reason);
    }

    private static string Others(List<LiveNode> nodes)
    {
        const int Shown = 12;
        string[] names = [.. nodes.SelectMany(node => node.Properties.Live.Select(property => property.Name))
            .Distinct(StringComparer.Ordinal)];
        return names.Length == 0
            ? "Name another node: there is no property."
            : $"Ask for one of these: {string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? ", …" : ".")}";
    }
}
