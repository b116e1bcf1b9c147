using Devicetree.Schema.Authoring;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;
using Devicetree.Tool.Bindings;
using Devicetree.Tool.Input;
using Devicetree.Tool.Verbs.Check;

namespace Devicetree.Tool.Verbs.Schema;

/// <summary>Checks bindings on all cores and reports what is found, in the order of the files.</summary>
internal sealed class SchemaCheckRun
{
    private readonly VerbConsole _console;
    private readonly ToolHost _host;
    private readonly SchemaCheckOptions _options;
    private readonly FindingReport _report;
    private int _code = ExitCodes.Good;

    private SchemaCheckRun(VerbConsole console, SchemaCheckOptions options)
    {
        _console = console;
        _host = console.Host;
        _options = options;
        _report = new(console, "schema check", options.Findings, isResult: true);
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(VerbConsole console, SchemaCheckOptions options)
    {
        var run = new SchemaCheckRun(console, options);
        run.Run();
        return run._report.Complete(run._code);
    }

    private void Run()
    {
        string[] files = [.. _options.Files.SelectMany(path => YamlFiles.Expand(_host, path))];
        var diagnostics = new DiagnosticBag();
        var loading = new SchemaLoadReport();
        if (!_report.TryReadBaseline())
            return;
        ExampleChecker? examples = _options.Examples ? CreateExampleChecker(files, loading, diagnostics) : null;
        _report.Add(diagnostics);
        if (diagnostics.HasErrors)
            return;
        var styles = new TreeStyles(NamesFor(files));
        var checker = new BindingChecker(DocumentCheckers.Create(_host, _options.CoreSchemas), examples, loading);
        var progress = new ProgressLine(_console, files.Length, isWanted: !_options.Findings.Quiet);
        OrderedWork.Run(
            files.Length,
            _host.Workers,
            index => Check(checker, styles, files[index]),
            (index, failure) => new Outcome(files[index], Items(InputRules.Fault(_host, failure), files[index]), null),
            outcome =>
            {
                if (outcome.Failure is not null || outcome.Findings.Count > 0)
                    progress.Clear();
                Take(outcome);
                progress.Advance(outcome.File);
            });
        progress.Clear();
        foreach (ReportItem item in styles.Problems)
            _report.Add(item);
    }

    private Outcome Check(BindingChecker checker, TreeStyles styles, string path)
    {
        int limit = YamlLimits.Default.MaxBytes;
        string full = _host.FullPath(path);
        FileProblem problem = BoundedFile.Read(full, limit, mayBeSpecial: true, out byte[]? bytes);
        if (bytes is not null)
            return new(path, checker.Check(new SourceText(path, bytes), full, styles.Of(full)), null);
        if (problem != FileProblem.Missing)
            return new(path, [], $"cannot read {path}: {BoundedFile.Describe(problem, limit)}");
        var diagnostics = new DiagnosticBag();
        diagnostics.Report(InputRules.Missing, default, path);
        return new(path, Items(diagnostics, path), null);
    }

    private static IReadOnlyList<ReportItem> Items(DiagnosticBag diagnostics, string path) =>
        [.. diagnostics.Items.Select(item => new ReportItem(item) { File = path })];

    private void Take(Outcome outcome)
    {
        _report.Begin(outcome.File);
        if (outcome.Failure is string failure)
            _code = Math.Max(_code, _console.Fail(failure));
        foreach (ReportItem item in outcome.Findings)
            _report.Add(item);
    }

    private ExampleChecker? CreateExampleChecker(string[] files, SchemaLoadReport loading, DiagnosticBag diagnostics)
    {
        string[] paths = [.. files.Select(_host.FullPath)];
        ProcessedSchemas? schemas = CheckSchemas.Load(_host, SchemasFor(paths), _options.CoreSchemas, _options.CacheDirectory,
            loading, diagnostics);
        if (schemas is null)
            return null;
        IReadOnlyList<string> headers = _options.Headers.Count > 0
            ? _options.Headers
            : [.. paths.DistinctBy(Path.GetDirectoryName).Select(BindingDirectories.Headers).OfType<string>().Distinct()
                .Select(Shorten)];
        var defaults = new ExampleOptions();
        return new(new BindingValidator(schemas), defaults with
        {
            Preprocessing = new()
            {
                IncludeDirectories = headers,
                Files =
                new HostIncludeFiles(DocumentInput.Outside(_host)),
                Cache = new IncludeCache()
            },
            Compilation = defaults.Compilation with { Files = new HostSourceFiles(DocumentInput.Outside(_host), headers) },
            Checking = new() { Undocumented = _options.Undocumented },
        }, NamesFor(files).Of);
    }

    /// <summary>
    /// What examples are checked against. A binding that is in none of the directories is added by itself: it must be known to
    /// its own examples.
    /// </summary>
    private IReadOnlyList<string> SchemasFor(string[] files)
    {
        if (_options.Schemas.Count == 1 && ProcessedSchemaFile.IsOne(_host.FullPath(_options.Schemas[0])))
            return _options.Schemas;
        string[] given = _options.Schemas.Count > 0
            ? [.. _options.Schemas.Select(_host.FullPath)]
            : [.. files.Select(BindingDirectories.Root).OfType<string>().Distinct()];
        return [.. files.Where(file => File.Exists(file) && !given.Any(path => IsIn(file, path))),
            .. _options.Schemas.Count > 0 ? _options.Schemas : given];
    }

    /// <summary>
    /// What files of bindings are called: as they were named, and where they are in a directory that we found around a relative
    /// name, by its relative path.
    /// </summary>
    private BindingNames NamesFor(string[] files)
    {
        IEnumerable<string> around = files.Where(path => !Path.IsPathRooted(path))
            .Select(path => BindingDirectories.Root(_host.FullPath(path)))
            .OfType<string>().Distinct().Select(Shorten);
        string? core = _options.CoreSchemas;
        return new(_host, [.. _options.Files, .. _options.Schemas, .. around, .. core is null ? [] : (string[])[core]]);
    }

    /// <summary>A directory that we found, as a user in the working directory would write it.</summary>
    private string Shorten(string directory) =>
        IsIn(directory, _host.WorkingDirectory) ? Path.GetRelativePath(_host.WorkingDirectory, directory) : directory;

    private static bool IsIn(string file, string place) =>
        file == place || file.StartsWith(place.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>What came of one file.</summary>
    private sealed record Outcome(string File, IReadOnlyList<ReportItem> Findings, string? Failure);
}
