using Devicetree;
using Devicetree.Loading;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Gunyah.Machine.Configuration;

/// <summary>Reads a board's devicetree, whether it is a blob or a source.</summary>
public static class BoardDevicetree
{
    /// <summary>Reads a file that was brought in as bytes; what it is, its first bytes say.</summary>
    /// <param name="source">The file; a source is preprocessed already, or needs no preprocessor.</param>
    /// <param name="files">Finds the files that a source includes.</param>
    /// <param name="diagnostics">Takes everything that is wrong.</param>
    /// <returns>The tree, or null where something is wrong.</returns>
    public static Tree? Read(SourceText source, ISourceFiles files, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var loader = new DocumentLoader(new() { PlainTrees = true, Compilation = new() { Files = files } });
        return loader.Load(source, diagnostics)?.Tree;
    }
}
