using System.Globalization;
using Devicetree.Checks;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>Checks trees on all cores and reports what is found, in the order of the files.</summary>
internal sealed class CheckRun
{
    private readonly VerbConsole _console;
    private readonly CheckOptions _options;
    private readonly FindingReport _report;
    private int _code = ExitCodes.Good;

    private CheckRun(VerbConsole console, CheckOptions options)
    {
        _console = console;
        _options = options;
        _report = new(console, "check", options.Findings, isResult: true);
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(VerbConsole console, CheckOptions options)
    {
        var run = new CheckRun(console, options);
        run.Run();
        return run._report.Complete(run._code, isWhole: options.Shard == Shard.Whole);
    }

    private void Run()
    {
        var diagnostics = new DiagnosticBag();
        if (!_report.TryReadBaseline())
            return;
        ProcessedSchemas? schemas = CheckSchemas.Load(_console.Host, _options, diagnostics, out DiagnosticBag ofBindings);
        _report.Add(diagnostics);
        if (schemas is null)
            return;
        var checker = new Checker(_console.Host, _options, new BindingValidator(schemas));
        if (_options.Base is string path && !checker.TryTakeBase(path, out Outcome unusable))
        {
            Report(unusable);
            return;
        }
        IReadOnlyList<string> files = _options.Shard.Of(Expand());
        var progress = new ProgressLine(_console, files.Count, isWanted: !_options.Findings.Quiet);
        OrderedWork.Run(
            files.Count,
            _console.Host.Workers,
            index => checker.Check(files[index]),
            (index, failure) => new Outcome(files[index], InputRules.Fault(_console.Host, failure), null, []),
            outcome =>
            {
                if (!outcome.IsGood)
                    progress.Clear();
                Take(outcome);
                progress.Advance(outcome.File);
            });
        progress.Clear();
        TakeBindings([.. ofBindings.Items.Select(diagnostic => new ReportItem(diagnostic)), .. checker.Unresolved()]);
    }

    /// <summary>Directories stand for the blobs in them.</summary>
    private List<string> Expand()
    {
        var files = new List<string>();
        var diagnostics = new DiagnosticBag();
        foreach (string path in _options.Files)
        {
            if (path == VerbConsole.Standard || !Directory.Exists(_console.Host.FullPath(path)))
            {
                files.Add(path);
                continue;
            }
            IReadOnlyList<string> found = BlobFiles.InDirectory(_console.Host, path);
            if (found.Count == 0)
                diagnostics.Report(CheckRules.NoTrees, default, path);
            files.AddRange(found);
        }
        _report.Add(diagnostics);
        return files;
    }

    private void Take(Outcome outcome)
    {
        _report.Begin(outcome.File);
        Report(outcome);
        foreach (ReportItem item in outcome.Findings)
            _report.Add(item);
    }

    private void Report(Outcome outcome)
    {
        if (outcome.Failure is string failure)
            _code = Math.Max(_code, _console.Fail(failure));
        _report.Add(outcome.Problems, outcome.File);
    }

    /// <summary>
    /// The user asked about trees. Of what is wrong with bindings that others wrote, it is only said that it is there.
    /// </summary>
    private void TakeBindings(ReportItem[] items)
    {
        if (_options.BindingFindings)
        {
            foreach (ReportItem item in items)
                _report.Add(item);
        }
        else if (items.Length > 0 && !_options.Findings.Quiet)
        {
            string count = items.Length == 1
                ? "1 finding" : string.Create(CultureInfo.InvariantCulture, $"{items.Length} findings");
            _console.Error.WriteLine($"dt: {count} in bindings not shown; --binding-findings shows them");
        }
    }

    /// <summary>What came of one file.</summary>
    private sealed record Outcome(string File, DiagnosticBag Problems, string? Failure, IReadOnlyList<ReportItem> Findings)
    {
        public bool IsGood => Failure is null && Problems.Items.Count == 0 && Findings.Count == 0;
    }

    /// <summary>Checks one file after the other; used by several threads.</summary>
    private sealed class Checker(ToolHost host, CheckOptions options, BindingValidator validator)
    {
        private readonly FindingExplainer _explainer = new(validator, CheckSchemas.NamesOf(host, options).Of);
        private readonly ReportPaths _paths = ReportPaths.Of(host.WorkingDirectory);
        private readonly DocumentInput _bases = InputOf(host, options.Input with { Symbols = true }, null);
        private readonly DocumentInput _input = InputOf(host, options.Input, options.Checks, hasBase: options.Base is not null);
        private CheckedTree? _base;
        private Multiset<(FindingKey Key, string Message)>? _findingsOfBase;

        /// <summary>Makes a tree the base of the overlays; what is wrong with it alone is not reported with them.</summary>
        public bool TryTakeBase(string path, out Outcome problems)
        {
            var diagnostics = new DiagnosticBag();
            _base = Load(_bases, path, diagnostics, out string? failure);
            problems = new(path, diagnostics, failure, []);
            if (_base is null)
                return false;
            _findingsOfBase = new();
            foreach (ReportItem item in Find(_base, path))
                _findingsOfBase.Add(KeyOf(item));
            return true;
        }

        public Outcome Check(string path)
        {
            var diagnostics = new DiagnosticBag();
            CheckedTree? tree = Load(_input, path, diagnostics, out string? failure);
            if (tree is not null && _base is not null)
            {
                tree = _base.With(options.Base!, path, tree, diagnostics);
            }
            else if (tree is not null && OverlayApplier.IsOverlay(tree.Tree))
            {
                diagnostics.Report(CheckRules.NoBase, default);
                tree = null;
            }
            if (tree is null)
                return new(path, diagnostics, failure, []);
            List<ReportItem> findings = Find(tree, path);
            if (_findingsOfBase is not null)
            {
                Multiset<(FindingKey Key, string Message)> known = _findingsOfBase.Copy();
                var overlay = tree.Places as OverlayPlaces;
                findings.RemoveAll(item => overlay?.Sets(item.NodePath, item.Property) != true && known.Take(KeyOf(item)));
            }
            return new(path, diagnostics, failure, findings);
        }

        /// <summary>What is wrong with the bindings that were applied, not with any of the trees.</summary>
        public IReadOnlyList<ReportItem> Unresolved() => _explainer.Unresolved();

        /// <summary>
        /// A finding without its file: by its words, too, as an overlay may break the same rule at the same place in another way.
        /// </summary>
        private (FindingKey Key, string Message) KeyOf(ReportItem item) =>
            (FindingKey.Of(item, _paths) with { Path = "" }, item.Diagnostic.Message);

        private static DocumentInput InputOf(ToolHost host, InputOptions options, CheckSettings? checks, bool hasBase = false)
        {
            LoadingOptions loading = DocumentInput.Settings(host, options);
            return new(host, loading with
            {
                Accepts = DocumentKinds.File,
                PlainTrees = true,
                Compilation = loading.Compilation with { Checks = checks, KeepPathsOfBase = hasBase },
            });
        }

        private static CheckedTree? Load(DocumentInput input, string path, DiagnosticBag diagnostics, out string? failure) =>
            input.Load(path, diagnostics, out failure) is DevicetreeDocument document
                ? new(document.Tree, document.Source, new SourcePlaces(document.Source))
                : null;

        private List<ReportItem> Find(CheckedTree tree, string path)
        {
            var check = new TreeCheck(validator, new()
            { Filter = options.Filter, Undocumented = options.Undocumented, AllProblems = true });
            return [.. _explainer.Explain(check, TreeDecoder.Decode(tree.Tree, validator.Types, tree.Source?.Root), path,
                tree.Places)];
        }
    }
}
