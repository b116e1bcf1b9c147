using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Decompilation;

/// <summary>
/// Writes the comments of <c>dtc -T</c>: where a line of the output comes from. With <c>-T -T</c> with columns and full paths.
/// </summary>
internal sealed class PlaceComments(ByteText text, LivePrinterOptions options)
{
    private bool WithColumns => options.Annotation > 1;

    /// <summary>
    /// Adds the places of something: of its starts, or of its ends. What no source says has no comment on the first level.
    /// </summary>
    public void Add(IEnumerable<SourceSpan> spans, bool isEnd)
    {
        string[] places = [.. spans.Where(span => span.Source is not null).Select(span => Describe(span, isEnd))];
        if (places.Length == 0 && WithColumns)
            places = ["<no-file>:<no-line>"];
        if (places.Length > 0)
            text.Add(" /* "u8).Add(Encoding.UTF8.GetBytes(string.Join(", ", places))).Add(" */"u8);
    }

    private string Describe(SourceSpan span, bool isEnd)
    {
        SourceLocation first = span.Source!.LocationOf(span.Start);
        SourceLocation last = span.Source.LocationOf(span.End);
        return WithColumns
            ? $"{first.Path}:{first.Line}:{first.Column}-{last.Line}:{last.Column}"
            : $"{Shorten(first.Path)}:{(isEnd ? last.Line : first.Line)}";
    }

    /// <summary>
    /// A path relative to the directory of the first file, if they have at least one directory in common; else as it is.
    /// </summary>
    private string Shorten(string path)
    {
        if (options.InitialPath is not string initial)
            return path;
        int common = 0, directories = 0;
        for (int i = 0; i < Math.Min(path.Length, initial.Length) && path[i] == initial[i]; i++)
        {
            if (path[i] == '/')
                (common, directories) = (i + 1, directories + 1);
        }
        if (directories == 0)
            return path;
        return string.Concat(Enumerable.Repeat("../", initial.Count(c => c == '/') - directories)) + path[common..];
    }
}
