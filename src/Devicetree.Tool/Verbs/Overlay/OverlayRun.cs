using Devicetree.Flattened;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>Applies overlays one after the other; there is a result when all of them fit.</summary>
internal sealed class OverlayRun
{
    private readonly VerbConsole _console;
    private readonly OverlayOptions _options;
    private readonly FindingReport _report;
    private int _code = ExitCodes.Good;

    private OverlayRun(VerbConsole console, OverlayOptions options)
    {
        _console = console;
        _options = options;
        _report = new(console, "overlay", options.Findings);
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(VerbConsole console, OverlayOptions options)
    {
        var run = new OverlayRun(console, options);
        run.Run();
        return run._report.Complete(run._code);
    }

    private void Run()
    {
        LoadingOptions loading = DocumentInput.Settings(_console.Host, _options.Input);
        var input = new DocumentInput(_console.Host, loading with
        {
            PlainTrees = true,
            Compilation = loading.Compilation with { KeepPathsOfBase = true },
        });
        OverlayTree? @base = Load(input, _options.Base);
        // All files are looked at before anything is applied, so that one run shows what is wrong with each.
        OverlayTree?[] overlays = [.. _options.Overlays.Select(path => Load(input, path))];
        if (@base is null || overlays.Contains(null))
            return;
        var stack = new OverlayStack(@base.Tree);
        var explanations = new List<OverlayExplanation>();
        foreach (OverlayTree overlay in overlays.OfType<OverlayTree>())
        {
            if (!Apply(stack, overlay, explanations))
                return;
        }
        if (_options.Output is not null)
            _code = Math.Max(_code, _console.Write(_options.Output, FdtWriter.Write(stack.Tree)));
        if (_options.Explain && _code == ExitCodes.Good)
            Explain(explanations);
    }

    private OverlayTree? Load(DocumentInput input, string path)
    {
        var diagnostics = new DiagnosticBag();
        DevicetreeDocument? document = _console.Load(input, path, diagnostics, ref _code);
        _report.Add(diagnostics, path);
        return document is null ? null : new(path, document.Tree, document.Source);
    }

    private bool Apply(OverlayStack stack, OverlayTree overlay, List<OverlayExplanation> explanations)
    {
        OverlayExplanation? explanation = _options.Explain ? new(overlay) : null;
        var problems = new OverlayProblems(_options.Base, stack, overlay);
        if (stack.Apply(overlay.Tree, explanation) is OverlayError error)
        {
            foreach (ReportItem problem in problems.Of(error))
                _report.Add(problem);
            return false;
        }
        foreach (ReportItem note in problems.OfNotes(stack.Notes))
            _report.Add(note);
        if (explanation is not null)
            explanation.Notes = stack.Notes;
        if (!overlay.Tree.Root.Children.Any(child => child.Child(OverlayProblems.Body) is not null))
            Report(overlay, OverlayRules.NoFragments);
        if (explanation is not null)
            explanations.Add(explanation);
        return true;
    }

    private void Explain(List<OverlayExplanation> explanations)
    {
        // Where the blob takes the standard output, what is said about it goes beside it.
        TextWriter output = _options.Output == VerbConsole.Standard ? _console.Error : _console.Output;
        if (_options.Findings.Format == ReportFormat.Json)
            ExplanationJson.Write(_options.Base, explanations, output);
        else
            ExplanationText.Write(_options.Base, explanations, new PrintableWriter(output));
    }

    private void Report(OverlayTree tree, DiagnosticRule rule, params ReadOnlySpan<object> arguments)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.Report(rule, default, arguments);
        _report.Add(diagnostics, tree.File);
    }
}
