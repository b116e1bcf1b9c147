using System.Diagnostics.CodeAnalysis;
using Devicetree.Flattened;
using Devicetree.Text.Files;

namespace Devicetree.Tool;

/// <summary>Reads blobs that a command line names.</summary>
internal static class BlobFile
{
    private static readonly FdtReaderOptions _limits = new();

    /// <summary>Reads a blob.</summary>
    /// <param name="host">Where relative paths start.</param>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="tree">The tree; null when the file is of no use.</param>
    /// <param name="reason">What is wrong, a phrase without a full stop; null when nothing is.</param>
    public static bool TryRead(ToolHost host, string path, [NotNullWhen(true)] out Tree? tree, [NotNullWhen(false)] out string? reason)
    {
        tree = null;
        FileProblem problem = BoundedFile.Read(host.FullPath(path), _limits.MaxTotalSize, mayBeSpecial: true, out byte[]? bytes);
        if (bytes is null)
        {
            reason = BoundedFile.Describe(problem, _limits.MaxTotalSize);
            return false;
        }
        reason = FdtReader.TryRead(bytes, out tree, out FdtError? error, _limits) ? null : error.ToString();
        return tree is not null;
    }
}
