using System.Diagnostics.CodeAnalysis;
using Devicetree.Source;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

/// <summary>Files that exist only in a test, found by their bare names.</summary>
internal sealed class MemoryFiles : Dictionary<string, byte[]>, ISourceFiles
{
    public void Add(string name, string text) => Add(name, System.Text.Encoding.UTF8.GetBytes(text));

    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        file = null;
        reason = !TryGetValue(name, out byte[]? bytes) ? "there is no such file" : bytes.Length > maxLength ? "too long" : null;
        if (reason is null)
            file = new SourceText(name, bytes);
        return file is not null;
    }
}
