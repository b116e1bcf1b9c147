using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Tool.Verbs;
using Devicetree.Tool.Verbs.Check;
using Devicetree.Tool.Verbs.Compile;
using Devicetree.Tool.Verbs.Diff;
using Devicetree.Tool.Verbs.Get;
using Devicetree.Tool.Verbs.Overlay;
using Devicetree.Tool.Verbs.Print;
using Devicetree.Tool.Verbs.Schema;
using Devicetree.Tool.Verbs.Setup;

namespace Devicetree.Tool.Commands;

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
            CompileVerb.Create(console),
            CheckVerb.Create(console),
            DecompileVerb.Create(console),
            FormatVerb.Create(console),
            DiffVerb.Create(console),
            GetVerb.Create(console),
            PrintVerb.Create(console),
            OverlayVerb.Create(console),
            SchemaVerb.Create(console),
            LinksVerb.Create(console, [.. DropInTable.All.Select(static dropIn => dropIn.Name)]),
            ExplainVerb.Create(console),
        };
        root.Add(CompletionVerb.Create(console, root, [.. DropInTable.All.Select(static dropIn => dropIn.Name)]));
        root.Add(ManVerb.Create(console, root));
        // A file whose name begins with '@' is a file, not a list of arguments.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] problems = [.. result.Errors.Select(problem => problem.Message), .. UnknownOptions(result),
            .. VainWords.Refused(result)];
        if (problems.Length > 0)
            return Refuse(result, problems, error);
        foreach (string warning in VainWords.Warnings(result, host))
            error.WriteLine($"dt: warning: {PrintableText.Of(warning)}");
        // A fault of ours is answered at the edge instead of looking like an error in the input.
        return result.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler =
            false
        });
    }

    /// <summary>
    /// Words that look like options but are none; the parser takes them for files. A file of such a name stands after <c>--</c>.
    /// </summary>
    private static IEnumerable<string> UnknownOptions(ParseResult result)
    {
        Token[] afterDashes = [.. result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash)];
        return result.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => token.Value.Length > 1 && token.Value[0] == '-'
            && !afterDashes.Contains(token, ReferenceEqualityComparer.Instance))
            .Select(token => $"there is no option '{token.Value}'.");
    }

    private static int Refuse(ParseResult result, string[] problems, TextWriter error)
    {
        foreach (string problem in problems)
            error.WriteLine($"dt: {problem}");
        string command = result.CommandResult.Command is RootCommand ? "dt" : $"dt {result.CommandResult.Command.Name}";
        error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.Usage;
    }
}
