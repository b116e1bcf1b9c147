using System.Buffers.Binary;
using Devicetree;
using Devicetree.Compilation;
using Devicetree.Flattened;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Gunyah.Machine.Configuration;

/// <summary>Reads a board's devicetree, whether it is a blob or a source.</summary>
public static class BoardDevicetree
{
    private const uint BlobMagic = 0xD00D_FEED;

    /// <summary>The blob cannot be read.</summary>
    public static readonly DiagnosticRule BadBlob = new("GM0201", "bad-blob", Severity.Error, "this is no devicetree blob that can be used: {0}");

    /// <summary>Reads a file that was brought in as bytes; what it is, its first bytes say.</summary>
    /// <param name="source">The file.</param>
    /// <param name="files">Finds the files that a source includes.</param>
    /// <param name="diagnostics">Takes everything that is wrong.</param>
    /// <returns>The tree, or null where something is wrong.</returns>
    public static Tree? Read(SourceText source, ISourceFiles files, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(bytes) != BlobMagic)
            return DtsParser.Parse(source, diagnostics, new DtsParserOptions { Files = files });
        if (FdtReader.TryRead(source.Bytes, out Tree? tree, out FdtError? error))
            return tree;

        // A blob has no lines: its offset says where.
        diagnostics.Report(BadBlob, default, $"{source.Path}: {error}");
        return null;
    }
}
