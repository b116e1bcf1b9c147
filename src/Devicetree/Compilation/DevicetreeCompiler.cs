using Devicetree.Checks;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Compilation;

/// <summary>
/// The compiler from one end to the other, in dtc's order (devicetree.md 1.9): a source is read into a <see cref="LiveTree"/>,
/// checks and fix-ups run on that, generated nodes are added, and all outputs are written from it.
/// </summary>
internal static class DevicetreeCompiler
{
    /// <summary>Compiles a source. All errors that one pass can find are reported.</summary>
    /// <param name="source">The text, preprocessed.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="options">What is generated, and limits; the defaults when null.</param>
    /// <returns>The finished tree; null after an error, unless that is one of a check and the result is forced.</returns>
    public static LiveTree? Compile(SourceText source, DiagnosticBag diagnostics, CompilationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        options ??= CompilationOptions.Default;
        SourceReading reading = SourceReader.Read(source, diagnostics, options);
        if (reading.IsGood)
            return Finish(reading.Tree, diagnostics, options) ? reading.Tree : null;
        // Names and duplicates can be judged in what was read; references cannot where text that was not understood may hold
        // their targets.
        if (options.Recover)
            TreeCompletion.CheckOnly(reading.Tree, options, reading.IsWhole, new DiagnosticReporter(diagnostics));
        return null;
    }

    /// <summary>All that comes after reading: checks and fix-ups, generated nodes, sorting. The tree is changed.</summary>
    /// <param name="tree">What was read from a source, a blob or a directory.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="options">What is generated, and limits; the defaults when null.</param>
    /// <returns>False after an error, unless the result is forced.</returns>
    public static bool Finish(LiveTree tree, DiagnosticBag diagnostics, CompilationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        CheckOutcome outcome = Finish(tree, new DiagnosticReporter(diagnostics), options);
        return outcome == CheckOutcome.Passed || (outcome == CheckOutcome.Failed && options?.Force == true);
    }

    /// <summary>All that comes after reading: checks and fix-ups, generated nodes, sorting. The tree is changed.</summary>
    /// <param name="tree">What was read from a source, a blob or a directory.</param>
    /// <param name="reporter">Gets what is wrong, as it is found.</param>
    /// <param name="options">What is generated, and limits; the defaults when null.</param>
    /// <returns>
    /// <see cref="CheckOutcome.Failed"/> when an error was found, also when the result is forced;
    /// <see cref="CheckOutcome.Refused"/> when there is nothing that could be written.
    /// </returns>
    public static CheckOutcome Finish(LiveTree tree, ICheckReporter reporter, CompilationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(reporter);
        options ??= CompilationOptions.Default;
        if (options.BootCpu is uint bootCpu)
            tree.BootCpu = bootCpu;
        CheckOutcome outcome = TreeCompletion.Run(tree, options, reporter);
        if (outcome == CheckOutcome.Passed || (outcome == CheckOutcome.Failed && options.Force))
        {
            if (options.Sort)
                TreeSorter.Sort(tree);
        }
        return outcome;
    }
}
