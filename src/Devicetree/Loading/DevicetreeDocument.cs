using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Loading;

/// <summary>A devicetree that was brought in, whatever it was written as. What nobody asks for is not made.</summary>
public sealed class DevicetreeDocument
{
    private readonly LiveTree? _live;
    private Tree? _tree;
    private ReadOnlyMemory<byte>? _blob;

    internal DevicetreeDocument(DocumentKinds kind, SourceText file, LiveTree? live, Tree? tree)
    {
        Kind = kind;
        File = file;
        _live = live;
        _tree = tree;
    }

    /// <summary>What it was written as; one of the kinds.</summary>
    public DocumentKinds Kind { get; }

    /// <summary>
    /// The bytes and what the user calls them; no bytes for a directory. Of several blobs in one file only the chosen one.
    /// </summary>
    public SourceText File { get; }

    /// <summary>What was compiled, after the preprocessor; null for what is no source.</summary>
    public SourceText? Text { get; init; }

    /// <summary>The files that the preprocessor read.</summary>
    public IReadOnlyList<string> IncludedFiles { get; init; } = [];

    /// <summary>The file that comments about places start from; null for what is no source.</summary>
    internal string? InitialPath { get; init; }

    /// <summary>Whether the tree has labels, references and the places of a source.</summary>
    internal bool HasPlaces => Kind == DocumentKinds.Source;

    /// <summary>The tree with everything that is known of it: labels, references, places.</summary>
    /// <exception cref="InvalidOperationException">It was read into a plain tree.</exception>
    public LiveTree Live => _live ?? throw new InvalidOperationException("The document was read into a plain tree.");

    /// <summary>The live tree of a source, whose places are those of the text; null for everything else.</summary>
    public LiveTree? Source => HasPlaces ? _live : null;

    /// <summary>The tree as names and bytes.</summary>
    public Tree Tree => _tree ??= Live.ToTree();

    /// <summary>The tree as a blob: what was read, or what a source compiles to.</summary>
    public ReadOnlyMemory<byte> Blob => _blob ??= Kind == DocumentKinds.Blob ? File.Bytes
        : _live is not null ? FdtWriter.Write(_live)
        : FdtWriter.Write(Tree);
}
