using System.CommandLine;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary><c>dt completion bash|zsh|fish</c>: prints what a shell reads to complete command lines of <c>dt</c>.</summary>
internal static class CompletionVerb
{
    private static readonly Dictionary<string, Func<CompletionTable, string>> _shells = new(StringComparer.Ordinal)
    {
        ["bash"] = BashCompletion.Of,
        ["zsh"] = ZshCompletion.Of,
        ["fish"] = FishCompletion.Of,
    };

    /// <summary>Declares the verb.</summary>
    /// <param name="console">The outside.</param>
    /// <param name="root">The command whose verbs and options are completed.</param>
    /// <param name="names">The names of the original tools.</param>
    public static Command Create(VerbConsole console, Command root, IReadOnlyList<string> names)
    {
        var shell = new Argument<string>("SHELL")
        { Description = "The shell: bash, zsh or fish.", HelpName = string.Join('|', _shells.Keys) };
        shell.AcceptOnlyFromAmong([.. _shells.Keys]);
        var command = new Command("completion",
            "Print the script by which a shell completes command lines: eval \"$(dt completion bash)\".") { shell };
        command.SetAction(result =>
        {
            console.Output.Write(_shells[result.GetRequiredValue(shell)](new CompletionTable(root, names)));
            return ExitCodes.Good;
        });
        return command;
    }
}
