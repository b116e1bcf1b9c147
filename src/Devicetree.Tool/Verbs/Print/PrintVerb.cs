using System.CommandLine;
using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Input;
using Devicetree.Tool.Verbs.Queries;
using Devicetree.Typing;

namespace Devicetree.Tool.Verbs.Print;

/// <summary><c>dt print FILE [PATH]</c>: a tree, or nodes of it with what is below them, for people and programs.</summary>
internal static class PrintVerb
{
    private const string Source = "dts";
    private const string Outline = "tree";
    private const string Json = "json";

    public static Command Create(VerbConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
            "A blob, a source, or a directory such as /proc/device-tree; '-' for the standard input."
        };
        var path = new Argument<string?>("PATH")
        {
            Description = "Which nodes: /path, alias or &label, optionally with '/' and more names; '*', '?' and '**' match. Without it: all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var depth = new Option<int?>("--depth", "-d")
        {
            Description = "How many levels to print below the node; 0 prints the node alone. Without it: all.",
            HelpName = "LEVELS",
        };
        depth.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && !int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                result.AddError("--depth takes a number of levels.");
        });
        var format = new Option<string>("--format")
        {
            Description = "Print source text, an outline of nodes, or JSON.",
            DefaultValueFactory = _ => Source,
            HelpName = $"{Source}|{Outline}|{Json}",
        };
        format.AcceptOnlyFromAmong(Source, Outline, Json);
        var input = new TreeSwitches();
        var findings = new FindingSwitches();
        var command = new Command("print", "Print a devicetree or a part of it.") { file, path, depth, format };
        input.AddTo(command);
        findings.AddLevels(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(path) is string asked && NodeQuery.Parse(asked).Property is not null)
                result.AddError("PATH names nodes; 'dt get' prints properties.");
        });
        command.SetAction(result =>
        {
            int code = ExitCodes.Good;
            string name = result.GetRequiredValue(file);
            var diagnostics = new DiagnosticBag();
            LiveTree? tree = console.Load(input.Read(console.Host, result), name, diagnostics, ref code)?.Live;
            if (tree is not null)
                TypedValues.Mark(tree);
            List<LiveNode> nodes = tree is null ? [] : NodesOf(tree, result.GetValue(path), diagnostics);
            if (diagnostics.HasErrors)
                code = Math.Max(code, ExitCodes.Findings);
            if (nodes.Count > 0)
                Print(console, result.GetRequiredValue(format), result.GetValue(path) is null ? tree : null, nodes,
                    result.GetValue(depth) ?? int.MaxValue);
            var report = new FindingReport(console, "print", findings.Read(result));
            report.Add(diagnostics, name);
            return report.Complete(code);
        });
        return command;
    }

    private static List<LiveNode> NodesOf(LiveTree tree, string? path, DiagnosticBag diagnostics)
    {
        List<LiveNode> nodes = [.. NodeQuery.Parse(path ?? "/").Nodes(tree)];
        if (nodes.Count == 0)
            diagnostics.Report(GetRules.NoNode, default, path ?? "/");
        return nodes;
    }

    private static void Print(VerbConsole console, string format, LiveTree? whole, List<LiveNode> nodes, int depth)
    {
        if (format == Json)
        {
            NodeJson.Write(console.Output, nodes, depth);
            return;
        }
        if (format == Outline)
        {
            foreach (LiveNode node in nodes)
                NodeOutline.Write(console.Output, node, depth);
            return;
        }
        var options = new LivePrinterOptions { Version = DtcVersion.Newest, MaxDepth = depth };
        if (whole is not null)
        {
            console.Write(VerbConsole.Standard, LivePrinter.Print(whole, options));
            return;
        }
        foreach (LiveNode node in nodes)
            console.Write(VerbConsole.Standard, LivePrinter.Print(node, options));
    }
}
