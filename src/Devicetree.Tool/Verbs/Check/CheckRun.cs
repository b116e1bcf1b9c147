using System.Globalization;
using System.Text;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>Checks trees on all cores and reports what is found, in the order of the files.</summary>
internal sealed class CheckRun
{
    private readonly VerbConsole _console;
    private readonly CheckOptions _options;
    private readonly ReportWriter _report;
    private readonly Baseline _found = new();
    private int _known;
    private int _code = ExitCodes.Good;

    private CheckRun(VerbConsole console, CheckOptions options)
    {
        _console = console;
        _options = options;
        _report = console.Report("check", options.Format, isResult: true);
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(VerbConsole console, CheckOptions options)
    {
        var run = new CheckRun(console, options);
        run.Run();
        run._report.Complete();
        return run._report.Errors > 0 ? Math.Max(run._code, ExitCodes.Findings) : run._code;
    }

    private void Run()
    {
        var diagnostics = new DiagnosticBag();
        Baseline? baseline = _options.Baseline is null ? null : ReadBaseline(_options.Baseline, diagnostics);
        ProcessedSchemas? schemas = diagnostics.HasErrors || _code != ExitCodes.Good ? null : CheckSchemas.Load(_console.Host, _options, diagnostics);
        _report.Add(diagnostics);
        if (schemas is null)
            return;
        var checker = new Checker(_console.Host, _options, new BindingValidator(schemas));
        if (_options.Base is string path && !checker.TryTakeBase(path, out Outcome unusable))
        {
            Take(unusable, null);
            return;
        }
        IReadOnlyList<string> files = _options.Shard.Of(Expand());
        var progress = new ProgressLine(_console, files.Count);
        OrderedWork.Run(
            files.Count,
            _console.Host.Workers,
            index => checker.Check(files[index]),
            (index, failure) => new Outcome(files[index], InputRules.Fault(_console.Host, failure), null, []),
            outcome =>
            {
                if (!outcome.IsGood)
                    progress.Clear();
                Take(outcome, baseline);
                progress.Advance(outcome.File);
            });
        progress.Clear();
        Take(checker.Bindings(), baseline);
        Finish(baseline);
    }

    /// <summary>Folders stand for the blobs in them.</summary>
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
            IReadOnlyList<string> found = BlobFiles.InFolder(_console.Host, path);
            if (found.Count == 0)
                diagnostics.Report(CheckRules.NoTrees, default, path);
            files.AddRange(found);
        }
        _report.Add(diagnostics);
        return files;
    }

    private Baseline? ReadBaseline(string path, DiagnosticBag diagnostics)
    {
        if (_console.Read(path, diagnostics, ref _code) is not SourceText text)
            return null;
        if (Baseline.TryParse(Encoding.UTF8.GetString(text.Bytes.Span), out Baseline? baseline, out int line))
            return baseline;
        diagnostics.Report(CheckRules.BadBaseline, text.SpanAt(line, 1), line);
        return null;
    }

    private void Take(Outcome outcome, Baseline? baseline)
    {
        if (outcome.Failure is string failure)
            _code = Math.Max(_code, _console.Fail(failure));
        _report.Add(outcome.Problems, outcome.File);
        foreach (ReportItem item in outcome.Findings)
        {
            if (_options.WriteBaseline is not null)
                _found.Add(item);
            else if (baseline?.Take(item) == true)
                _known++;
            else
                _report.Add(item);
        }
    }

    private void Finish(Baseline? baseline)
    {
        if (_options.WriteBaseline is string path)
        {
            _code = Math.Max(_code, _console.Write(path, _found.ToString()));
            _console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dt: {_found.Left} findings are in {path} now"));
        }
        if (baseline is null)
            return;
        // Another part of the work may meet the others.
        string gone = _options.Shard == Shard.Whole && baseline.Left > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {baseline.Left} of the baseline no longer occur")
            : "";
        _console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dt: {_known} known findings left out{gone}"));
    }

    /// <summary>What came of one file.</summary>
    private sealed record Outcome(string File, DiagnosticBag Problems, string? Failure, IReadOnlyList<ReportItem> Findings)
    {
        public bool IsGood => Failure is null && Problems.Items.Count == 0 && Findings.Count == 0;
    }

    /// <summary>Checks one file after the other; used by several threads.</summary>
    private sealed class Checker(ToolHost host, CheckOptions options, BindingValidator validator)
    {
        private readonly FindingExplainer _explainer = new(validator);
        private readonly DocumentInput _bases = InputOf(host, options.Input with { Symbols = true });
        private readonly DocumentInput _input = InputOf(host, options.Input);
        private CheckedTree? _base;
        private Baseline? _findingsOfBase;

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
                _findingsOfBase.Add(item with { File = null });
            return true;
        }

        public Outcome Check(string path)
        {
            var diagnostics = new DiagnosticBag();
            CheckedTree? tree = Load(_input, path, diagnostics, out string? failure);
            if (tree is not null && _base is not null)
            {
                tree = _base.With(options.Base!, tree, diagnostics);
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
                Baseline known = _findingsOfBase.Copy();
                findings.RemoveAll(item => known.Take(item with { File = null }));
            }
            return new(path, diagnostics, failure, findings);
        }

        /// <summary>What is wrong with the bindings that were applied, not with any of the trees.</summary>
        public Outcome Bindings() => new("", new DiagnosticBag(), null, _explainer.Unresolved());

        private static DocumentInput InputOf(ToolHost host, InputOptions options) =>
            new(host, DocumentInput.Settings(host, options) with { Accepts = DocumentKinds.File, PlainTrees = true });

        private static CheckedTree? Load(DocumentInput input, string path, DiagnosticBag diagnostics, out string? failure) =>
            input.Load(path, diagnostics, out failure) is DevicetreeDocument document ? new(document.Tree, document.Source) : null;

        private List<ReportItem> Find(CheckedTree tree, string path)
        {
            var items = new List<ReportItem>();
            var check = new TreeCheck(validator, new() { Filter = options.Filter, Undocumented = options.Undocumented });
            check.Run(
                TreeDecoder.Decode(tree.Tree, validator.Types, tree.Source?.Root),
                finding => items.AddRange(_explainer.Explain(finding, path, tree.Source)));
            return items;
        }
    }
}
