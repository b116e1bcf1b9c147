using Devicetree.Schema.Documents;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Style;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Authoring;

/// <summary>
/// All that an author wants to know of a binding: how it is written, whether it keeps the rules for bindings, what stands against
/// it among the others, and whether its examples compile and pass. Every finding is placed in the file. Safe for use by several
/// threads.
/// </summary>
/// <param name="documents">Checks bindings as documents.</param>
/// <param name="examples">Checks examples; null to leave them out.</param>
/// <param name="loading">What was wrong when the bindings were read, all of them.</param>
public sealed class BindingChecker(DocumentChecker documents, ExampleChecker? examples, SchemaLoadReport loading)
{
    /// <summary>
    /// What only all bindings together show. Why a file is ignored, the reader of YAML and the rules for bindings tell better.
    /// </summary>
    private static readonly string[] _ofAll =
    [
        SchemaRules.DuplicateId.Id, SchemaRules.DuplicateCompatible.Id, SchemaRules.MissingType.Id,
        SchemaRules.IncompatibleTypes.Id,
        SchemaRules.ClashWithCore.Id,
    ];

    private readonly ILookup<string, Diagnostic> _loading = loading.Diagnostics.Items
        .Where(item => item.Span.Source is not null && _ofAll.Contains(item.Rule.Id))
        .ToLookup(item => item.Span.Source!.Path, StringComparer.Ordinal);

    private readonly ILookup<string, Diagnostic> _ignored = loading.Diagnostics.Items
        .Where(item => item.Span.Source is not null && item.Rule.Id == SchemaRules.NotValid.Id)
        .ToLookup(item => item.Span.Source!.Path, StringComparer.Ordinal);

    /// <summary>Checks a binding.</summary>
    /// <param name="source">The file, under the name that the user gave it.</param>
    /// <param name="path">Its absolute path.</param>
    /// <param name="style">How it is to be written; as in Linux 6.1 when null.</param>
    /// <returns>What is wrong: what is placed in the file by its lines, then the rest.</returns>
    public IReadOnlyList<ReportItem> Check(SourceText source, string path, StyleSettings? style = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(path);
        var diagnostics = new DiagnosticBag();
        StyleChecker.Check(source, diagnostics, style);
        var reading = new DiagnosticBag();
        SchemaValue? document = YamlLoader.Load(source, reading);
        // The reader stops at a key that stands twice and says more about it.
        IEnumerable<Diagnostic> written = diagnostics.Items.Where(
            item => document is not null || item.Rule.Id != StyleRules.KeyDuplicates.Id);
        IEnumerable<Diagnostic> loaded = OfSource(_loading[path], source);
        var items = new List<ReportItem>();
        foreach (Diagnostic diagnostic in written.Concat(reading.Items).Concat(loaded))
            items.Add(new(diagnostic) { File = source.Path });
        if (document is not null)
        {
            ReportItem[] broken = [.. DocumentReport.Of(documents.Check(document, path), source.Path)];
            items.AddRange(broken);
            // A pattern that is no regular expression breaks none of the rules for bindings, and yet no tool can use the file.
            if (!Array.Exists(broken, item => item.Diagnostic.Rule.Severity == Severity.Error))
                items.AddRange(OfSource(_ignored[path], source).Select(item => new ReportItem(item) { File = source.Path }));
        }
        if (document is SchemaObject binding && examples is not null)
            items.AddRange(examples.Check(binding, source.Path));
        return [.. items.OrderBy(item => ReferenceEquals(item.Diagnostic.Span.Source, source)
            ? item.Diagnostic.Span.Start : int.MaxValue)];
    }

    /// <summary>The same in the file as the user calls it.</summary>
    private static IEnumerable<Diagnostic> OfSource(IEnumerable<Diagnostic> diagnostics, SourceText source) =>
        diagnostics.Select(item => item with { Span = source.Span(item.Span.Start, item.Span.End) });
}
