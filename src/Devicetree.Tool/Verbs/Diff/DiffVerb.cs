using System.CommandLine;
using Devicetree.Comparison;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Diff;

/// <summary><c>dt diff OLD NEW</c>: what differs between two trees.</summary>
internal static class DiffVerb
{
    private const string Json = "json";

    public static Command Create(VerbConsole console)
    {
        var old = new Argument<string>("OLD")
        {
            Description =
            "A blob, a source, or a directory such as /proc/device-tree; '-' for the standard input."
        };
        var @new = new Argument<string>("NEW") { Description = "The same for the other tree." };
        var order = new Option<bool>("--order") { Description = "The order of nodes, properties and reservations counts, too." };
        var phandles = new Option<bool>("--phandles") { Description = "The numbers of phandles count, too." };
        var exact = new Option<bool>("--exact")
        {
            Description = "Everything counts: the numbers of phandles, also in cells that may be numbers of another kind, and the order.",
        };
        var quiet = new Option<bool>("--quiet", "-q")
        { Description = "Print nothing but errors; end with 1 when something differs." };
        var format = new Option<string>("--format")
        { Description = "How to print.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        format.AcceptOnlyFromAmong("text", Json);
        var input = new TreeSwitches();
        var findings = new FindingSwitches();
        var command = new Command("diff",
            "Compare two devicetrees by what they mean: renumbered phandles and moved text are no difference.")
        {
            old, @new, order, phandles, exact, quiet, format,
        };
        input.AddTo(command);
        findings.AddLevels(command, hasQuiet: false);
        command.SetAction(result =>
        {
            int code = ExitCodes.Good;
            string oldName = result.GetRequiredValue(old), newName = result.GetRequiredValue(@new);
            var report = new FindingReport(console, "diff", findings.Read(result) with { Quiet = result.GetValue(quiet) });
            DocumentInput reading = input.Read(console.Host, result);
            LiveTree? ReadTree(string name)
            {
                var diagnostics = new DiagnosticBag();
                LiveTree? tree = console.Load(reading, name, diagnostics, ref code)?.Live;
                report.Add(diagnostics, name);
                return tree;
            }

            LiveTree? oldTree = ReadTree(oldName), newTree = ReadTree(newName);
            if (oldTree is not null && newTree is not null)
            {
                bool isExact = result.GetValue(exact);
                TreeComparison comparison = TreeComparer.Compare(
                    oldTree, newTree, new()
                    {
                        Order = isExact || result.GetValue(order),
                        Phandles =
                        isExact || result.GetValue(phandles)
                    });
                if (comparison.Differences.Count > 0)
                    code = Math.Max(code, ExitCodes.Findings);
                if (!result.GetValue(quiet) && result.GetValue(format) == Json)
                    DiffJson.Write(console.Output, comparison, oldName, newName);
                else if (!result.GetValue(quiet))
                    new DiffText(console, comparison).Write(oldName, newName);
            }
            return report.Complete(code);
        });
        return command;
    }
}
