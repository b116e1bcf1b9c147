using System.Diagnostics.CodeAnalysis;
using Devicetree.Source;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>Notes the files that one source includes with <c>/include/</c> and <c>/incbin/</c>.</summary>
/// <param name="files">Finds them.</param>
/// <param name="noted">Gets their paths.</param>
internal sealed class NotedFiles(ISourceFiles files, List<string> noted) : ISourceFiles
{
    /// <inheritdoc/>
    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        if (!files.TryRead(name, includingPath, maxLength, out file, out reason))
            return false;
        noted.Add(file.Path);
        return true;
    }
}
