using System.Collections.Concurrent;
using Devicetree.Schema.Style;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;
using Devicetree.Tool.Bindings;

namespace Devicetree.Tool.Verbs.Schema;

/// <summary>
/// How the bindings of a tree are to be written: as its own configuration of yamllint says, which is in the directory of a
/// binding or above it. Used by several threads.
/// </summary>
/// <param name="names">What files are called.</param>
internal sealed class TreeStyles(BindingNames names)
{
    private readonly ConcurrentDictionary<string,
        Lazy<(StyleSettings? Settings, IReadOnlyList<ReportItem> Problems)>> _byDirectory = new(StringComparer.Ordinal);

    /// <summary>What the configurations that were needed so far have that does not count here, each once.</summary>
    public IReadOnlyList<ReportItem> Problems =>
    [
        .. _byDirectory.OrderBy(each => each.Key, StringComparer.Ordinal).SelectMany(each => each.Value.Value.Problems)
            .DistinctBy(item => (item.File, item.Diagnostic.Span.Start, item.Diagnostic.Message)),
    ];

    /// <summary>The configuration of a binding; null when its tree has none.</summary>
    /// <param name="path">The absolute path of the binding.</param>
    public StyleSettings? Of(string path) => OfDirectory(Path.GetDirectoryName(path)).Settings;

    private (StyleSettings? Settings, IReadOnlyList<ReportItem> Problems) OfDirectory(string? directory)
    {
        if (directory is null)
            return (null, []);
        return _byDirectory.GetOrAdd(directory, _ => new(() =>
        {
            string file = Path.Combine(directory, StyleConfiguration.FileName);
            return File.Exists(file) ? Read(file) : OfDirectory(Path.GetDirectoryName(directory));
        })).Value;
    }

    private (StyleSettings? Settings, IReadOnlyList<ReportItem> Problems) Read(string file)
    {
        var diagnostics = new DiagnosticBag();
        string name = names.Of(file);
        StyleSettings? settings = null;
        if (BoundedFile.TryRead(file, YamlLimits.Default.MaxBytes, out byte[]? bytes, out string? reason))
            settings = StyleConfiguration.Read(new SourceText(name, bytes), diagnostics);
        else
            diagnostics.Report(YamlRules.Unreadable, new SourceText(name, ReadOnlyMemory<byte>.Empty).Span(0, 0), reason);
        return (settings, [.. diagnostics.Items.Select(item => new ReportItem(item) { File = name })]);
    }
}
