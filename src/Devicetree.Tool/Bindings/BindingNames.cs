using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Bindings;

/// <summary>What the files of bindings are called: by a relative path where what named them was one.</summary>
/// <param name="host">Where relative paths start.</param>
/// <param name="named">The files and directories of bindings, as they were named.</param>
internal sealed class BindingNames(ToolHost host, IEnumerable<string> named)
{
    private readonly (string Full, string Name)[] _places =
    [
        .. named.Where(path => !Path.IsPathRooted(path))
        .Select(path => (Path.TrimEndingDirectorySeparator(host.FullPath(path)), path))
            .OrderByDescending(place => place.Item1.Length),
    ];

    /// <summary>The name of a file.</summary>
    /// <param name="path">Its absolute path.</param>
    public string Of(string path)
    {
        foreach ((string full, string name) in _places)
        {
            if (path == full)
                return name;
            if (path.StartsWith(full + "/", StringComparison.Ordinal))
                return Path.Combine(name, path[(full.Length + 1)..]);
        }
        return path;
    }

    /// <summary>A diagnostic whose file is called so.</summary>
    public Diagnostic Of(Diagnostic diagnostic) => diagnostic with
    {
        Span = Of(diagnostic.Span),
        Related = [.. diagnostic.Related.Select(place => place with { Span = Of(place.Span) })],
    };

    private SourceSpan Of(SourceSpan span)
    {
        if (span.Source is not SourceText source || Of(source.Path) is not string name || name == source.Path)
            return span;
        return new SourceText(name, source.Bytes).Span(span.Start, span.End);
    }
}
