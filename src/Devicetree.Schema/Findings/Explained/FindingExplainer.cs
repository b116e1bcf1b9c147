using Devicetree.Live;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// Findings in our own form: the rule, the node and the property, the place in the source and in the binding, what was expected and what
/// was found, and what may have been meant. Used by several threads.
/// </summary>
/// <param name="validator">The bindings.</param>
public sealed class FindingExplainer(BindingValidator validator)
{
    private readonly SchemaPlaces _schemaPlaces = new(validator.Schemas);
    private readonly Lazy<string[]> _documented = new(() => [.. validator.Schemas.DocumentedCompatibles]);

    /// <summary>What there is to report of a finding: mostly one thing, but one for each of several properties.</summary>
    /// <param name="finding">The finding, as it was just found.</param>
    /// <param name="file">What the user called the input.</param>
    /// <param name="source">What the tree was compiled from; null for blobs.</param>
    public IReadOnlyList<ReportItem> Explain(Finding finding, string file, LiveTree? source)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var places = new SourcePlaces(source);
        switch (finding.Kind)
        {
            case FindingKind.Decode:
                DecodeProblem problem = finding.Problem!;
                string said = problem.Message.StartsWith(problem.Property + ": ", StringComparison.Ordinal)
                    ? problem.Message[(problem.Property.Length + 2)..]
                    : problem.Message;
                return [Item(problem.Rule, file, places, problem.Path, problem.Property, said, Filled(problem.Rule.Remedy, said))];
            case FindingKind.Exhausted:
                return [Item(FindingRules.Exhausted, file, places, finding.Path, null, FindingRules.Exhausted.Message, FindingRules.Exhausted.Remedy)];
            case FindingKind.Unmatched:
                string quoted = ValueText.Of(new DecodedText(finding.Undocumented!));
                string remedy = NearMiss.Of(finding.Undocumented!, _documented.Value) is string near
                    ? $"Is it meant to be \"{near}\"?"
                    : FindingRules.Undocumented.Remedy;
                string message = Filled(FindingRules.Undocumented.Message, quoted);
                return [Item(FindingRules.Undocumented, file, places, finding.Path, PropertyNames.Compatible, message, remedy)];
            default:
                return [.. Errors(finding, finding.Error!).Select(error => OfError(error, finding, file, places))];
        }
    }

    /// <summary>
    /// The references of bindings that led nowhere so far, each once, however many nodes are described by them. Ask when all trees are
    /// checked: bindings that no node needed are not looked at.
    /// </summary>
    public IReadOnlyList<ReportItem> Unresolved() =>
    [
        .. validator.Unresolved.OrderBy(each => each.BaseUri, StringComparer.Ordinal).ThenBy(each => each.Reference, StringComparer.Ordinal)
            .Select(each => Unresolved(each.BaseUri, each.Reference)),
    ];

    private ReportItem Unresolved(string id, string reference)
    {
        DiagnosticRule rule = FindingRules.Unresolved;
        var diagnostic = new Diagnostic(rule, _schemaPlaces.OfReference(id, reference), Filled(rule.Message, reference), rule.Remedy, []);
        return new(diagnostic) { File = validator.Schemas.Find(id)?.FileName is { Length: > 0 } file ? file : id };
    }

    /// <summary>The explanations of an error; of a choice with one alternative, those of what is wrong with that one.</summary>
    private static IEnumerable<Explanation> Errors(Finding finding, SchemaError error)
    {
        if (error.Context.Count == 1)
            return Errors(finding, BestMatch.Of(error.Context));
        Subject subject = Subject.Of(finding, error);
        if (error.Keys.Count == 0 || FindingRules.Of(error) == FindingRules.Missing)
            return [Explanation.Of(error, subject)];
        return error.Keys.Distinct(StringComparer.Ordinal).Select(key => Explanation.OfKey(error, subject, key));
    }

    private ReportItem OfError(Explanation explanation, Finding finding, string file, SourcePlaces places)
    {
        Subject subject = explanation.Subject;
        bool isMissing = explanation.Rule == FindingRules.Missing;
        string? property = isMissing ? explanation.Error.Keys[0] : subject.ReportedProperty;
        IReadOnlyList<SourceSpan> said = _schemaPlaces.Of(finding.SchemaId!, explanation.Error);
        var related = new List<RelatedPlace>(places.Related(subject.Path, property, isMissing));
        for (int i = 0; i < said.Count; i++)
            related.Add(new(said[i], i == 0 ? "the binding says so here" : "and refers to what stands here"));
        ReportItem item = Item(explanation.Rule, file, places, subject.Path, property, explanation.Message, explanation.Remedy);
        return item with
        {
            Diagnostic = item.Diagnostic with { Related = related },
            Details = [.. explanation.Details, new("binding", $"{finding.SchemaId}#/{string.Join('/', explanation.Error.AbsoluteSchemaPath)}")],
        };
    }

    private static ReportItem Item(DiagnosticRule rule, string file, SourcePlaces places, string path, string? property, string message, string remedy) =>
        new(new Diagnostic(rule, places.PlaceOf(path, property), message, remedy, [])) { File = file, NodePath = path, Property = property };

    private static string Filled(string text, string argument) => text.Replace("{0}", argument, StringComparison.Ordinal);
}
