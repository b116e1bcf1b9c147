using System.Globalization;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>Compiles sources on all cores and reports what is wrong with them, in their order.</summary>
internal sealed class CompileRun
{
    private readonly VerbConsole _console;
    private readonly CompileOptions _options;

    private CompileRun(VerbConsole console, CompileOptions options)
    {
        _console = console;
        _options = options;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>; that of the last pass when it watches.</returns>
    public static int Run(VerbConsole console, CompileOptions options)
    {
        var run = new CompileRun(console, options);
        if (!options.Watch)
            return run.Pass(null);
        CancellationToken stop = console.Host.Stop();
        while (true)
        {
            var watched = new WatchedFiles(console.Host);
            int code = run.Pass(watched);
            if (!watched.WaitForChange(stop))
                return code;
            console.Error.WriteLine($"dt: {watched.Changed} changed");
        }
    }

    /// <summary>Compiles everything once.</summary>
    private int Pass(WatchedFiles? watched)
    {
        ToolHost host = _console.Host;
        int code = ExitCodes.Good;
        ReportWriter report = _console.Report("compile", _options.Format);
        if (_options.OutputFolder is string folder && !TryCreate(folder, out string? failure))
        {
            code = _console.Fail($"cannot create {folder}: {failure}");
        }
        else if (!Collide(report))
        {
            var compiler = new SourceCompiler(host, _options, watched);
            var progress = new ProgressLine(_console, _options.Files.Count, isWanted: !_options.Quiet);
            OrderedWork.Run(
                _options.Files.Count,
                host.Workers,
                index => compiler.Compile(_options.Files[index]),
                (index, failure) => new CompileOutcome(_options.Files[index], InputRules.Fault(host, failure), null, default),
                outcome =>
                {
                    code = Math.Max(code, Take(outcome, report, progress));
                    progress.Advance(outcome.File);
                });
            progress.Clear();
        }
        report.Complete();
        _console.Error.Flush();
        return report.Errors > 0 ? Math.Max(code, ExitCodes.Findings) : code;
    }

    private int Take(CompileOutcome outcome, ReportWriter report, ProgressLine progress)
    {
        int code = ExitCodes.Good;
        DiagnosticBag found = outcome.Diagnostics;
        if (outcome.Failure is not null || found.Items.Count > 0)
            progress.Clear();
        if (outcome.Failure is string failure)
            code = _console.Fail(failure);
        foreach (Diagnostic diagnostic in found.Items)
        {
            if (!_options.Quiet || diagnostic.Rule.Severity == Severity.Error)
                report.Add(new ReportItem(diagnostic) { File = outcome.File });
        }
        if (found.Dropped > 0 && !_options.Quiet)
            TellHidden(outcome.File, found.Dropped, "warnings");
        if (found.DroppedErrors > 0)
            TellHidden(outcome.File, found.DroppedErrors, "errors");
        if (!outcome.Bytes.IsEmpty)
            code = Math.Max(code, _console.Write(VerbConsole.Standard, outcome.Bytes.Span));
        return found.HasErrors ? Math.Max(code, ExitCodes.Findings) : code;
    }

    private void TellHidden(string file, int count, string what) =>
        _console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dt: {file}: {count} more {what} are not shown"));

    /// <summary>Reports sources that would be written over each other, or over a source.</summary>
    private bool Collide(ReportWriter report)
    {
        var diagnostics = new DiagnosticBag();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in _options.Files)
            owners[_console.Host.FullPath(file)] = file;
        foreach (string file in _options.Files)
        {
            string output = OutputName.Of(_options, file);
            if (output == VerbConsole.Standard || owners.TryAdd(_console.Host.FullPath(output), file))
                continue;
            string owner = owners[_console.Host.FullPath(output)];
            diagnostics.Report(
                _options.Files.Any(source => _console.Host.FullPath(source) == _console.Host.FullPath(output)) ? CompileRules.OverSource : CompileRules.SameOutput,
                default, output, owner, file);
        }
        report.Add(diagnostics);
        return diagnostics.HasErrors;
    }

    private bool TryCreate(string folder, out string? failure)
    {
        failure = null;
        try
        {
            Directory.CreateDirectory(_console.Host.FullPath(folder));
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failure = problem.Message;
            return false;
        }
    }
}
