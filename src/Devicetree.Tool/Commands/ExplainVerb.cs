using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Verbs;

namespace Devicetree.Tool.Commands;

/// <summary><c>dt explain [ID…]</c>: what a finding means, why it matters and what to do.</summary>
internal static class ExplainVerb
{
    public static Command Create(VerbConsole console)
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "IDs or names of rules, such as DTS012; none for a list of all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("explain", "Explain findings by their IDs: what they mean, why they matter, what to do.")
            { ids };
        command.SetAction(result => RuleExplanation.Write(
            RuleTable.All, result.GetValue(ids) ?? [], console.Output, problem => console.Misused("explain", problem)));
        return command;
    }
}
