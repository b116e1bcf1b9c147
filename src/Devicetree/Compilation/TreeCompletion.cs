using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation.Passes;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation;

/// <summary>
/// Everything between reading a tree and sorting or writing it, in dtc's order (devicetree.md 1.9): checks with the fix-ups among
/// them, aliases, symbols and fixups.
/// </summary>
internal static class TreeCompletion
{
    private const string Aliases = "aliases";

    /// <summary>Checks and completes a tree. After an error it is half done.</summary>
    public static CheckOutcome Run(LiveTree tree, CompilationOptions options, ICheckReporter reporter)
    {
        tree.PreferFirstLabels();
        var phandles = new PhandleTable(tree, options.Phandles);
        CheckOutcome outcome = Check(tree, ChecksOf(options), options, phandles, reporter);
        if (outcome == CheckOutcome.Refused || tree.Root is null || (outcome == CheckOutcome.Failed && !options.Force))
            return outcome;
        if (options.GenerateAliases)
            GeneratedLabels.Add(tree, Aliases, null, reporter);
        bool restores = options.Version.Has(DtcChanges.RestoreLabels);
        if (restores)
            Restore(tree, Restoration.RestoreLabels, reporter);
        if (options.GenerateSymbols)
            GeneratedLabels.Add(tree, OverlayNames.Symbols, phandles, reporter);
        if (restores)
            Restore(tree, Restoration.RestoreReferences, reporter);
        bool writesFixups = tree.IsPlugin || options.GenerateFixups;
        if (options.Strict && !OverlayShape.Check(tree, writesFixups, options.KeepPathsOfBase, reporter))
            return CheckOutcome.Refused;
        if (writesFixups && !GeneratedFixups.TryAdd(tree, options.Version, options.Strict, options.KeepPathsOfBase, reporter))
            return CheckOutcome.Refused;
        // What did not fit was reported when it was found.
        return tree.Budget.IsExhausted ? CheckOutcome.Refused : outcome;
    }

    /// <summary>Checks a tree of which something is known to be missing, and makes nothing of it.</summary>
    public static void CheckOnly(LiveTree tree, CompilationOptions options, bool withReferences, ICheckReporter reporter)
    {
        CheckSettings checks = ChecksOf(options);
        Check(tree, withReferences ? checks : checks.WithoutReferences(), options, new PhandleTable(tree, options.Phandles),
            reporter);
    }

    /// <summary>Restores what earlier runs of a compiler left, and reports what cannot be.</summary>
    private static void Restore(LiveTree tree, Action<LiveTree, DiagnosticBag> pass, ICheckReporter reporter)
    {
        var found = new DiagnosticBag();
        pass(tree, found);
        foreach (Diagnostic diagnostic in found.Items)
        {
            reporter.Report(new PassMessage(
                diagnostic.Rule, diagnostic.Span, DtcRestorationWords.Of(diagnostic.Rule), [.. diagnostic.Arguments]));
        }
    }

    private static CheckSettings ChecksOf(CompilationOptions options) =>
        options.Checks ?? CheckSettings.ErrorsOnlyOf(options.Version);

    private static CheckOutcome Check(
        LiveTree tree, CheckSettings checks, CompilationOptions options, PhandleTable phandles, ICheckReporter reporter) =>
        DepthCheck.IsWithin(tree, options.MaxDepth, reporter)
            ? CheckRunner.Run(
                tree, checks, new(options.Recover, options.GenerateSymbols, options.Force, options.Strict), phandles, reporter)
            : CheckOutcome.Refused;
}
