using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Input;

/// <summary>The options of verbs that print findings.</summary>
internal sealed class FindingSwitches
{
    private const string Error = "error";
    private const string Warning = "warning";

    private readonly Option<string> _format = new("--format")
    {
        Description = "How to print findings.",
        DefaultValueFactory = _ => ReportFormats.Words[0],
        HelpName = string.Join('|', ReportFormats.Words),
    };

    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "The lowest severity that ends with 1. Results are still written if there are only warnings.",
        DefaultValueFactory = _ => Error,
        HelpName = $"{Warning}|{Error}",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    { Description = "Print errors only; results and the exit code stay the same." };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Findings that do not count, as --write-baseline wrote them.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _write = new("--write-baseline")
    {
        Description = "Write all findings into this file instead of reporting them.",
        HelpName = "FILE",
    };

    public FindingSwitches()
    {
        _format.AcceptOnlyFromAmong([.. ReportFormats.Words]);
        _failOn.AcceptOnlyFromAmong(Warning, Error);
    }

    /// <summary>Declares the options of a verb that prints findings in every format.</summary>
    public void AddTo(Command command)
    {
        command.Add(_format);
        AddLevels(command);
    }

    /// <summary>Declares the options of a verb whose own results have formats: findings are text.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="hasQuiet">False for a verb to which -q says something else.</param>
    public void AddLevels(Command command, bool hasQuiet = true)
    {
        command.Add(_failOn);
        if (hasQuiet)
            command.Add(_quiet);
    }

    /// <summary>Declares the options for known findings.</summary>
    public void AddBaselines(Command command)
    {
        command.Add(_baseline);
        command.Add(_write);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_baseline) is not null && result.GetValue(_write) is not null)
                result.AddError("--baseline and --write-baseline exclude each other.");
        });
    }

    /// <summary>Reads a command line; what was not declared has its default.</summary>
    public FindingSettings Read(ParseResult result) => new()
    {
        Format = ReportFormats.Parse(result.GetValue(_format) ?? ReportFormats.Words[0]),
        FailOn = result.GetValue(_failOn) == Warning ? Severity.Warning : Severity.Error,
        Quiet = result.GetValue(_quiet),
        Baseline = result.GetValue(_baseline),
        WriteBaseline = result.GetValue(_write),
    };
}
