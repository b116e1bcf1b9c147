using Devicetree.Schema.Documents;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

namespace Devicetree.Schema.Authoring;

/// <summary>
/// What is wrong with a binding as a document in our own form: each error once, with its place and what the rule is for.
/// </summary>
internal static class DocumentReport
{
    /// <summary>How many alternatives are listed.</summary>
    private const int MostAlternatives = 8;

    /// <summary>The errors.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="file">What the user calls the file.</param>
    public static IEnumerable<ReportItem> Of(DocumentResult result, string file)
    {
        IEnumerable<ReportItem> items = result.Refusal is Diagnostic refusal
            ? [new ReportItem(refusal)]
            // JSON Schema repeats some demands in each of its parts.
            : result.Errors.Select(Of).DistinctBy(item => (item.Diagnostic.Span, item.Diagnostic.Message))
            .Concat(result.References.Select(Of));
        return items.Select(item => item with { File = file });
    }

    private static ReportItem Of(DocumentError error)
    {
        SchemaError shown = error.Error.Context.Count == 1 ? BestMatch.Of(error.Error.Context) : error.Error;
        List<ReportDetail> details = [];
        foreach (SchemaError inner in shown.Context.Take(MostAlternatives))
        {
            var either = new ReportDetail("either", DocumentWords.Of(inner));
            if (!details.Contains(either))
                details.Add(either);
        }
        if (error.RulesId is string id)
            details.Add(new("rule", $"{id}#/{string.Join('/', error.Error.AbsoluteSchemaPath)}"));
        DiagnosticRule rule = error.RulesId is null ? DocumentRules.JsonSchema : DocumentRules.MetaSchema;
        string remedy = error.RulesId is null ? rule.Remedy : error.Note.Hint ?? "";
        return new(new Diagnostic(rule, error.Span, DocumentWords.Of(shown), remedy, []))
        {
            NodePath = "/" + string.Join('/', error.Error.AbsolutePath),
            Details = details,
        };
    }

    private static ReportItem Of(ReferenceProblem problem)
    {
        var bag = new DiagnosticBag();
        // What has no key is the binding as a whole.
        bag.Report(problem.Rule, problem.Span, problem.Subject.Length == 0 ? "the binding" : problem.Subject);
        return new(bag.Items[0]);
    }
}
