using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Devicetree.Diagnostics;

namespace Devicetree.Tool.Verbs;

/// <summary>The <c>dt</c> command: parses, calls, prints.</summary>
internal static class DtCommand
{
    /// <summary>Runs a command line that begins with a verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ToolHost host)
    {
        using var output = new StreamWriter(host.Output, new UTF8Encoding(false), leaveOpen: true);
        using var error = new StreamWriter(host.Error, new UTF8Encoding(false), leaveOpen: true);
        var console = new VerbConsole(host, output, error);
        var root = new RootCommand("Devicetrees: compile, decompile, overlay, check, compare, format.")
        {
            Compile.CompileVerb.Create(console),
            Check.CheckVerb.Create(console),
            FormatVerb.Create(console),
        };
        // A file whose name begins with '@' is a file, not a list of arguments.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
            return Refuse(result, error);
        // A bug of ours shows its stack trace instead of looking like an error in the input.
        return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    private static int Refuse(ParseResult result, TextWriter error)
    {
        foreach (ParseError problem in result.Errors)
            error.WriteLine($"dt: {problem.Message}");
        string command = result.CommandResult.Command is RootCommand ? "dt" : $"dt {result.CommandResult.Command.Name}";
        error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.Usage;
    }
}
