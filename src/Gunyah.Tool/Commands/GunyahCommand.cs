using System.CommandLine;
using System.CommandLine.Parsing;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Tool.Commands;

/// <summary>The <c>gunyah</c> command: parses, calls, prints.</summary>
internal static class GunyahCommand
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments without the command's name.</param>
    /// <param name="host">Where to print, and what else of the outside is used.</param>
    /// <param name="stop">Ends a run in an orderly way.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ToolHost host, CancellationToken stop)
    {
        var root = new RootCommand("Gunyah on your desk: the hypervisor, its Resource Manager and its guests.")
        {
            UpCommand.Create(host, stop),
            CheckCommand.Create(host),
            InspectCommand.Create(host),
        };
        // A file whose name begins with '@' is a file, not a list of arguments.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
            return Refuse(result, host);

        return result.Invoke(new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            // A fault of ours is answered at the edge instead of looking like an error in the input.
            EnableDefaultExceptionHandler = false,
        });
    }

    private static int Refuse(ParseResult result, ToolHost host)
    {
        foreach (ParseError error in result.Errors)
            host.Error.WriteLine($"gunyah: {error.Message}");
        string command = result.CommandResult.Command is RootCommand ? "gunyah" : $"gunyah {result.CommandResult.Command.Name}";
        host.Error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.Usage;
    }
}
