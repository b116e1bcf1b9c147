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
            LinuxCommand.Create(host, stop),
            CheckCommand.Create(host),
            InspectCommand.Create(host),
            ExplainCommand.Create(host),
        };
        // A file whose name begins with '@' is a file, not a list of arguments.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] problems = [.. result.Errors.Select(static problem => problem.Message), .. UnknownOptions(result)];
        if (problems.Length > 0)
            return Refuse(result, problems, host);

        return result.Invoke(new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            // A fault of ours is answered at the edge instead of looking like an error in the input.
            EnableDefaultExceptionHandler = false,
        });
    }

    /// <summary>
    /// Words that look like options but are none; the parser takes them for files, or for the value of the option before them.
    /// A file of such a name stands after <c>--</c> or is written <c>./--name</c>. What has a space in it is a value:
    /// <c>--append "-- smoke"</c>.
    /// </summary>
    private static IEnumerable<string> UnknownOptions(ParseResult result)
    {
        Token[] afterDashes = [.. result.Tokens.SkipWhile(static token => token.Type != TokenType.DoubleDash)];
        IEnumerable<Token> files = result.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(static argument => argument.Tokens)
            .Where(static token => token.Value.Length > 1 && token.Value[0] == '-');
        IEnumerable<Token> values = result.CommandResult.Children.OfType<OptionResult>()
            .SelectMany(static option => option.Tokens)
            .Where(static token => token.Value.StartsWith("--", StringComparison.Ordinal) && !token.Value.Contains(' '));
        return files.Concat(values)
            .Where(token => !afterDashes.Contains(token, ReferenceEqualityComparer.Instance))
            .Select(static token => $"there is no option '{token.Value}'.");
    }

    private static int Refuse(ParseResult result, string[] problems, ToolHost host)
    {
        foreach (string problem in problems)
            host.Error.WriteLine($"gunyah: {problem}");
        string command = result.CommandResult.Command is RootCommand ? "gunyah" : $"gunyah {result.CommandResult.Command.Name}";
        host.Error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.Usage;
    }
}
