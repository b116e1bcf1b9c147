using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Devicetree.Checks;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Input;

/// <summary>The options that say which checks of the compiler count when a source is read.</summary>
internal sealed class CheckSwitches
{
    private readonly Option<string[]> _warnings =
        Many("-W", "--warning", "Make a check warn (the page 'checks' lists them); no-NAME turns that off.");
    private readonly Option<string[]> _errors = Many("-E", "--error", "Make the findings of a check errors; no-NAME turns that off.");
    private readonly Option<bool> _all = new("--dtc-checks")
    {
        Description = "Run all checks that dtc runs by default, including those that Linux leaves to 'make W=1'.",
    };

    /// <summary>Declares the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_warnings);
        command.Add(_errors);
        command.Add(_all);
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="checks">The checks; null when one is named that no release has.</param>
    /// <param name="problem">What is wrong.</param>
    public bool TryRead(ParseResult result, [NotNullWhen(true)] out CheckSettings? checks,
        [NotNullWhen(false)] out string? problem)
    {
        checks = result.GetValue(_all) ? CheckSettings.DefaultWithOwn() : CheckSettings.DefaultOfVerbs();
        problem = null;
        foreach ((bool isWarning, string value) in InputSwitches.InOrder(result, _warnings, _errors))
        {
            checks = checks.TryWithOrIgnoreRetired(isWarning ? CheckLevels.Warning : CheckLevels.Error, value);
            if (checks is not null)
                continue;
            string name = CheckSettings.NameIn(value);
            string? near = NearMiss.Of(name, CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Name));
            problem = $"there is no check '{name}'." + (near is null ? "" : $" Did you mean '{near}'?");
            return false;
        }
        return true;
    }

    private static Option<string[]> Many(string name, string other, string description) => new(name, other)
    {
        Description = description,
        HelpName = "[no-]NAME",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
