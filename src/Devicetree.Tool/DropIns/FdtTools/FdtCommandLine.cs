using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>An option of one of the tools.</summary>
/// <param name="Rule">How it is written.</param>
/// <param name="Help">What the help says of it.</param>
internal sealed record FdtOption(OptionRule Rule, string Help);

/// <summary>The command line that the tools have in common: how options are read and what the help looks like.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Synopsis">What stands after <c>Usage:</c>.</param>
/// <param name="Options">The tool's own options, in the order of its help.</param>
internal sealed record FdtCommandLine(string Name, string Synopsis, IReadOnlyList<FdtOption> Options)
{
    private const string Argument = " <arg>";

    private static readonly FdtOption _help = new(new('h', "help"), "Print this help and exit");

    private static readonly FdtOption _version = new(new('V', "version"), "Print version and exit");

    private IEnumerable<FdtOption> All => [.. Options, _help, _version];

    /// <summary>Reads the words of a command line, option by option.</summary>
    /// <param name="args">The words.</param>
    /// <param name="console">Gets help and complaints.</param>
    /// <param name="version">What <c>-V</c> says.</param>
    /// <param name="apply">Takes an option; what is wrong with it, or null.</param>
    /// <param name="operands">The words that are no options.</param>
    /// <returns>The exit code when there is nothing more to do.</returns>
    public int? Read(
        string[] args, FdtConsole console, DtcVersion version, Func<GivenOption, string?> apply,
        out IReadOnlyList<string> operands)
    {
        var reader = new OptionReader(Name, [.. All.Select(option => option.Rule), DtcVersionChoice.Option]);
        bool isReadable = reader.TryRead(args, out string? problem);
        operands = reader.Operands;
        foreach (GivenOption option in reader.Options)
        {
            if (option.Rule == _help.Rule)
            {
                PrintUsage(console.Output);
                return 0;
            }
            if (option.Rule == _version.Rule)
            {
                console.Output.Add("Version: DTC ").Add(version.ToString()).Add('\n');
                return 0;
            }
            if (option.Rule != DtcVersionChoice.Option && apply(option) is string wrong)
                return Usage(console, wrong);
        }
        if (isReadable)
            return null;
        console.Error.Add(problem!).Add('\n');
        return Usage(console, "unknown option");
    }

    /// <summary>Prints how the tool is called, and what was wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Usage(FdtConsole console, string problem)
    {
        PrintUsage(console.Error);
        console.Error.Add("\nError: ").Add(problem).Add('\n');
        return FdtConsole.Failed;
    }

    private void PrintUsage(FdtText text)
    {
        text.Add("Usage: ").Add(Synopsis).Add("\n\nOptions: -[");
        foreach (FdtOption option in All)
        {
            text.Add(option.Rule.Short);
            if (option.Rule.Value == OptionValue.Required)
                text.Add(':');
        }
        text.Add("]\n");
        int width = All.Max(option => Written(option).Length) + 1;
        foreach (FdtOption option in All)
            text.Add("  -").Add(option.Rule.Short).Add(", --").Add(Written(option).PadRight(width)).Add(option.Help).Add('\n');
    }

    private static string Written(FdtOption option) =>
        option.Rule.Long + (option.Rule.Value == OptionValue.Required ? Argument : "");
}
