using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>What came of reading a source.</summary>
/// <param name="Tree">What was understood of it.</param>
/// <param name="IsGood">True when there was no error.</param>
/// <param name="Stopped">True when reading ended at an error instead of at the end, because it was told not to recover.</param>
/// <param name="IsWhole">
/// True when all of the text was understood, so that only what it says of nodes that do not exist is missing from the tree.
/// </param>
/// <param name="InitialPath">What the first line marker names, or the source itself: where comments about places start
/// from.</param>
internal sealed record SourceReading(LiveTree Tree, bool IsGood, bool Stopped, bool IsWhole, string InitialPath);

/// <summary>
/// Reads devicetree source text into a live tree, merging as it goes. Names, duplicates and references are not looked at; that is
/// what checks do.
/// </summary>
internal static class SourceReader
{
    /// <summary>Reads a source.</summary>
    /// <param name="source">The text, preprocessed. Line markers in it are understood.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="options">Where files come from, and limits; the defaults when null.</param>
    public static SourceReading Read(SourceText source, DiagnosticBag diagnostics, DtsParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        int errorsBefore = diagnostics.ErrorCount;
        var parser = new SyntaxParser(source, options ?? DtsParserOptions.Default, diagnostics);
        LiveTree tree = parser.Parse();
        tree.GuessBootCpu();
        int errors = diagnostics.ErrorCount - errorsBefore;
        return new(tree, errors == 0, parser.Stopped, errors == parser.UnknownTargets, parser.InitialPath);
    }
}
