using Devicetree.Compilation;
using Devicetree.Source.Preprocessing;

namespace Devicetree.Loading;

/// <summary>How devicetrees are brought in, the same for everything that takes one.</summary>
public sealed record LoadingOptions
{
    /// <summary>What is taken.</summary>
    public DocumentKinds Accepts { get; init; } = DocumentKinds.All;

    /// <summary>How sources are preprocessed; null for sources that are preprocessed already, or need no preprocessor.</summary>
    public PreprocessorOptions? Preprocessing { get; init; }

    /// <summary>How sources are compiled. The version counts for blobs, too.</summary>
    public CompilationOptions Compilation { get; init; } = new();

    /// <summary>Whether a source is compiled to the end; otherwise it is read, and whoever asked for it finishes it.</summary>
    public bool Finishes { get; init; } = true;

    /// <summary>What is refused in blobs.</summary>
    public BlobReading Blobs { get; init; }

    /// <summary>
    /// Whether blobs and directories are read into plain trees, which is quicker than into live ones; not with <see
    /// cref="BlobReading.Looking"/>.
    /// </summary>
    public bool PlainTrees { get; init; }

    /// <summary>
    /// Whether labels and references are restored in the live trees of blobs, as far as their symbols and fixups tell.
    /// </summary>
    public bool RestoresReferences { get; init; }

    /// <summary>Which of several blobs in one file is meant, from 1; null for the only one.</summary>
    public int? Entry { get; init; }
}
