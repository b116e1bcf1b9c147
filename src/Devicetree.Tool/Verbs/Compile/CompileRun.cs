using Devicetree.Text.Diagnostics;
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
        var report = new FindingReport(_console, "compile", _options.Findings);
        if (!report.TryReadBaseline())
            return report.Complete(code);
        if (_options.OutputDirectory is string directory && !TryCreate(directory, out string? failure))
        {
            code = _console.Fail($"cannot create {directory}: {failure}");
        }
        else if (!Collide(report))
        {
            var compiler = new SourceCompiler(host, _options, watched);
            var progress = new ProgressLine(_console, _options.Files.Count, isWanted: !_options.Findings.Quiet);
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
        code = report.Complete(code);
        _console.Error.Flush();
        return code;
    }

    private int Take(CompileOutcome outcome, FindingReport report, ProgressLine progress)
    {
        int code = ExitCodes.Good;
        DiagnosticBag found = outcome.Diagnostics;
        if (outcome.Failure is not null || found.Items.Count > 0)
            progress.Clear();
        if (outcome.Failure is string failure)
            code = _console.Fail(failure);
        report.Begin(outcome.File);
        report.Add(found, outcome.File);
        if (!outcome.Bytes.IsEmpty)
            code = Math.Max(code, _console.Write(VerbConsole.Standard, outcome.Bytes.Span));
        return found.HasErrors ? Math.Max(code, ExitCodes.Findings) : code;
    }

    /// <summary>Reports sources that would be written over each other, or over a source.</summary>
    private bool Collide(FindingReport report)
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
                _options.Files.Any(source => _console.Host.FullPath(source) == _console.Host.FullPath(output))
                    ? CompileRules.OverSource : CompileRules.SameOutput,
                default, output, owner, file);
        }
        report.Add(diagnostics);
        return diagnostics.HasErrors;
    }

    private bool TryCreate(string directory, out string? failure)
    {
        failure = null;
        try
        {
            Directory.CreateDirectory(_console.Host.FullPath(directory));
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            failure = problem.Message;
            return false;
        }
    }
}
