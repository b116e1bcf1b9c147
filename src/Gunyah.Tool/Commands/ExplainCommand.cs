using System.CommandLine;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah explain [ID…]</c>: what a finding means, why it matters and what to do.</summary>
internal static class ExplainCommand
{
    public static Command Create(ToolHost host)
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "IDs or names of rules, such as GM0104; none for a list of all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("explain", "Explain findings by their IDs: what they mean, why they matter, what to do.")
            { ids };
        command.SetAction(result => RuleExplanation.Write(
            RuleTable.WithInputs, result.GetValue(ids) ?? [], host.Output, problem =>
            {
                host.Error.WriteLine($"gunyah: {problem}");
                host.Error.WriteLine("Try 'gunyah explain --help'.");
                return ExitCodes.Usage;
            }));
        return command;
    }
}
