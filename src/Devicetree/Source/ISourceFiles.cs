using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>Where <c>/include/</c> and <c>/incbin/</c> get files from. A source can only see what this gives it.</summary>
public interface ISourceFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">The name as written in the source.</param>
    /// <param name="includingPath">The path of the source that names it.</param>
    /// <param name="maxLength">The most bytes that may be read; a longer file is refused.</param>
    /// <param name="file">The file under the path by which it was found, null when it cannot be read.</param>
    /// <param name="reason">Why not, a phrase without a full stop; null when it was read.</param>
    bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason);
}
