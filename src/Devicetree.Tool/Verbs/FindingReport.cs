using System.Globalization;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs;

/// <summary>
/// What a verb finds, on its way to the user: known findings are left out or written down, the others are printed and counted.
/// Errors of inputs, which leave no result, are always printed.
/// </summary>
internal sealed class FindingReport
{
    private readonly VerbConsole _console;
    private readonly FindingSettings _settings;
    private readonly ReportPaths _paths;
    private readonly ReportWriter _writer;
    private readonly Baseline? _found;
    private Baseline? _baseline;
    private long _known;
    private bool _hasBegun;
    private int _code = ExitCodes.Good;

    /// <param name="console">The outside.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="isResult">
    /// True for a verb that finds and does nothing else: its findings go to the standard output, those of others to the standard
    /// error.
    /// </param>
    public FindingReport(VerbConsole console, string verb, FindingSettings settings, bool isResult = false)
    {
        _console = console;
        _settings = settings;
        _paths = ReportPaths.Of(console.Host.WorkingDirectory);
        _writer = ReportWriter.Create(isResult ? console.Output : console.Error, new(new($"dt {verb}", ToolVersion.Text), _paths)
        {
            Format = settings.Format,
            Color = isResult ? console.Host.OutputColor : console.Host.ErrorColor,
            Quiet = settings.Quiet,
            FailOn = settings.FailOn,
        });
        _found = settings.WriteBaseline is null ? null : new(_paths);
    }

    /// <summary>Reads the baseline, where the user named one.</summary>
    /// <returns>False when it cannot be read, which is reported.</returns>
    public bool TryReadBaseline()
    {
        if (_settings.Baseline is not string path)
            return true;
        var diagnostics = new DiagnosticBag();
        if (_console.Read(path, diagnostics, ref _code) is SourceText text
            && !Baseline.TryParse(Encoding.UTF8.GetString(text.Bytes.Span), _paths, out _baseline, out int line))
        {
            diagnostics.Report(FindingRules.BadBaseline, text.SpanAt(line, 1), line);
        }
        Add(diagnostics, path);
        return _baseline is not null;
    }

    /// <summary>Says that an input is looked at; its findings come next.</summary>
    public void Begin(string file)
    {
        _hasBegun = true;
        _writer.Begin(file);
    }

    /// <summary>
    /// Takes what is wrong with an input. Errors are reported whatever the baseline says: they leave no result.
    /// </summary>
    /// <param name="diagnostics">What is wrong.</param>
    /// <param name="file">The input, for diagnostics without a place.</param>
    public void Add(DiagnosticBag diagnostics, string? file = null)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items)
        {
            var item = new ReportItem(diagnostic) { File = file };
            if (diagnostic.Rule.Severity == Severity.Error)
                _writer.Add(item);
            else
                Add(item);
        }
        string subject = file is null ? "" : $"{file}: ";
        if (diagnostics.Dropped > 0 && !_settings.Quiet)
            Say(string.Create(CultureInfo.InvariantCulture, $"{subject}{diagnostics.Dropped} more warnings are not shown"));
        if (diagnostics.DroppedErrors > 0)
            Say(string.Create(CultureInfo.InvariantCulture, $"{subject}{diagnostics.DroppedErrors} more errors are not shown"));
    }

    /// <summary>Takes a finding.</summary>
    public void Add(ReportItem item)
    {
        if (_found is not null)
            _found.Add(item);
        else if (_baseline?.Take(item) == true)
            _known++;
        else
            _writer.Add(item);
    }

    /// <summary>Ends the report.</summary>
    /// <param name="code">The exit code by all else.</param>
    /// <param name="isWhole">Whether all of the work was done here, so that what is left of the baseline occurs nowhere.</param>
    /// <returns>The exit code.</returns>
    public int Complete(int code, bool isWhole = true)
    {
        _writer.Complete();
        code = Math.Max(code, _code);
        // A run that never came to an input knows of no findings.
        if (_found is not null && _hasBegun)
        {
            int written = _console.Write(_settings.WriteBaseline!, _found.ToString());
            code = Math.Max(code, written);
            if (written == ExitCodes.Good && !_settings.Quiet)
                Say(string.Create(CultureInfo.InvariantCulture, $"{_found.Left} findings are in {_settings.WriteBaseline} now"));
        }
        if (_baseline is not null && !_settings.Quiet)
        {
            // Another part of the work may meet the others.
            string gone = isWhole && _baseline.Left > 0
                ? string.Create(CultureInfo.InvariantCulture, $", {_baseline.Left} of the baseline no longer occur")
                : "";
            Say(string.Create(CultureInfo.InvariantCulture, $"{_known} known findings left out{gone}"));
        }
        return _writer.HasFailed ? Math.Max(code, ExitCodes.Findings) : code;
    }

    /// <summary>A line for people beside the report.</summary>
    private void Say(string text) => _console.Error.WriteLine($"dt: {PrintableText.Of(text)}");
}
