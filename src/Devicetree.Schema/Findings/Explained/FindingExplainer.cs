using Devicetree.Schema.Decoding;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// Findings in our own form: the rule, the node and the property, the place in the source and in the binding, what was expected
/// and what was found, and what may have been meant. Used by several threads.
/// </summary>
/// <param name="validator">The bindings.</param>
/// <param name="nameOf">What the user calls the file of a binding, by its absolute path; null to call it by that.</param>
public sealed class FindingExplainer(BindingValidator validator, Func<string, string>? nameOf = null)
{
    private readonly SchemaPlaces _schemaPlaces = new(validator.Schemas, nameOf ?? (path => path));
    private readonly Lazy<string[]> _described = new(() =>
    [
        .. validator.Schemas.PropertyTypes.Names.Select(entry => entry.Key)
        .Where(name => !name.Contains(',', StringComparison.Ordinal)),
    ]);
    private readonly Lazy<string[]> _documented = new(() => [.. validator.Schemas.DocumentedCompatibles]);

    /// <summary>Checks a tree, and says what is wrong with it. What only follows from another finding is left out.</summary>
    /// <param name="check">The check, which has not been used yet.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="file">What the user called the input.</param>
    /// <param name="places">Where the tree is written.</param>
    public IReadOnlyList<ReportItem> Explain(TreeCheck check, DecodedTree tree, string file, ISourcePlaces places)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(places);
        var findings = new ExplainedFindings();
        check.Run(tree, finding => findings.AddRange(Explain(finding, file, places)));
        return findings.ToItems();
    }

    /// <summary>
    /// What an error of a node says, in a line each: mostly one, but one for each of several properties. Of a choice, with what
    /// each alternative wants.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="node">The node that was checked, which has not changed since.</param>
    /// <param name="path">Its path.</param>
    internal IReadOnlyList<string> Describe(BindingError error, DecodedNode node, string path)
    {
        var finding = new Finding(FindingKind.Validation, path, node) { SchemaId = error.SchemaId, Error = error.Error };
        return
        [
            .. Errors(finding, error.Error).Select(explanation =>
            {
                string[] either = [.. explanation.Details.Where(detail => detail.Name == Explanation.Either)
                    .Select(detail => detail.Value)];
                return either.Length == 0 ? explanation.Message : $"{explanation.Message}: {string.Join(", or ", either)}";
            }),
        ];
    }

    /// <summary>
    /// What there is to report of a finding that was just found: mostly one thing, but one for each of several properties.
    /// </summary>
    private IEnumerable<ExplainedFinding> Explain(Finding finding, string file, ISourcePlaces places) =>
        finding.Kind == FindingKind.Validation
        ? Errors(finding, finding.Error!).Select(
            error => new ExplainedFinding(finding.Kind, OfError(error, finding, file, places))
            {
                IsOfBrokenPart = error.IsOfBrokenPart,
                IsGeneral = Expectation.IsOfAnyType(error.Error),
            })
        : ItemsOf(finding, file, places).Select(item => new ExplainedFinding(finding.Kind, item));

    private IEnumerable<ReportItem> ItemsOf(Finding finding, string file, ISourcePlaces places)
    {
        switch (finding.Kind)
        {
            case FindingKind.Decode:
                DecodeProblem problem = finding.Problem!;
                return [Item(problem.Rule, file, places, problem.Path, problem.Property, problem.Message, problem.Remedy)];
            case FindingKind.Exhausted:
                return [Item(FindingRules.Exhausted, file, places, finding.Path, null, FindingRules.Exhausted.Message,
                    FindingRules.Exhausted.Remedy)];
            case FindingKind.Unmatched:
                string quoted = ValueText.Of(new DecodedText(finding.Undocumented!));
                string remedy = NearMiss.Of(finding.Undocumented!, _documented.Value) is string near
                    ? $"Is it meant to be \"{near}\"?"
                    : FindingRules.Undocumented.Remedy;
                string message = Filled(FindingRules.Undocumented.Message, quoted);
                return [Item(FindingRules.Undocumented, file, places, finding.Path, PropertyNames.Compatible, message, remedy)];
            default:
                return [];
        }
    }

    /// <summary>
    /// The references of bindings that led nowhere so far, each once, however many nodes are described by them. Ask when all
    /// trees are checked: bindings that no node needed are not looked at.
    /// </summary>
    public IReadOnlyList<ReportItem> Unresolved() =>
    [
        .. validator.Unresolved.OrderBy(each => each.BaseUri, StringComparer.Ordinal)
        .ThenBy(each => each.Reference, StringComparer.Ordinal)
            .Select(each => Unresolved(each.BaseUri, each.Reference)),
    ];

    private ReportItem Unresolved(string id, string reference)
    {
        DiagnosticRule rule = FindingRules.Unresolved;
        var diagnostic = new Diagnostic(rule, _schemaPlaces.OfReference(id, reference), Filled(rule.Message, reference),
            rule.Remedy, []);
        return new(diagnostic) { File = _schemaPlaces.FileOf(id) ?? id };
    }

    /// <summary>The explanations of an error; of a choice with one alternative, those of what is wrong with that one.</summary>
    private IEnumerable<Explanation> Errors(Finding finding, SchemaError error)
    {
        if (error.Context.Count == 1)
            return Errors(finding, BestMatch.Of(error.Context));
        Subject subject = Subject.Of(finding, error);
        if (FindingRules.Of(error) == FindingRules.Undescribed && subject.Property is string property)
            return [Explanation.OfUndescribed(error, subject, property, NamesFor(finding.Node!, property))];
        if (error.Keys.Count == 0 || FindingRules.Of(error) == FindingRules.Missing)
            return [Explanation.Of(error, subject)];
        string[] names = [.. KnownKeys.Of(error.Schema)];
        IReadOnlyList<CompiledSchema> demanded = error.Keyword == "unevaluatedProperties"
            ? KnownKeys.DemandedParts(error.Schema, subject.Node) : [];
        return error.Keys.Distinct(StringComparer.Ordinal)
            .Select(key => Explanation.OfKey(error, subject, key, names, KnownKeys.IsIn(demanded, key)));
    }

    /// <summary>
    /// The names that a property of a node may be meant to have: those of the node's binding, then those that all bindings share,
    /// which have no vendor.
    /// </summary>
    private string[] NamesFor(DecodedNode node, string property)
    {
        IEnumerable<string> own = validator.ChosenSchema(node) is string id ? KnownKeys.Of(validator.Compiler.Get(id)) : [];
        return property.Contains(',', StringComparison.Ordinal) ? [.. own] : [.. own, .. _described.Value];
    }

    private ReportItem OfError(Explanation explanation, Finding finding, string file, ISourcePlaces places)
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
            Details = [.. explanation.Details, new("binding",
                $"{finding.SchemaId}#/{string.Join('/', explanation.Error.AbsoluteSchemaPath)}")],
        };
    }

    private static ReportItem Item(DiagnosticRule rule, string file, ISourcePlaces places, string path, string? property,
        string message, string remedy) =>
        new(new Diagnostic(rule, places.PlaceOf(path, property), message, remedy, []))
        { File = file, NodePath = path, Property = property };

    private static string Filled(string text, string argument) => text.Replace("{0}", argument, StringComparison.Ordinal);
}
