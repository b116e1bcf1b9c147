using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Compilation;

/// <summary>
/// Compiles devicetree source text, as dtc does: the same text gives the same tree with the same phandles and the same order. The
/// C preprocessor is not part of it; its line markers are understood.
/// </summary>
internal static class DtsParser
{
    /// <summary>
    /// Compiles a source. All errors that one pass can find are reported; with an error there is no tree.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="DtsRules"/>.</param>
    /// <param name="options">Where files come from, what is generated and limits; the defaults when null.</param>
    /// <returns>The tree, null after an error.</returns>
    public static Tree? Parse(SourceText source, DiagnosticBag diagnostics, DtsParserOptions? options = null) =>
        DevicetreeCompiler.Compile(source, diagnostics, CompilationOptions.From(options ?? DtsParserOptions.Default))?.ToTree();
}
