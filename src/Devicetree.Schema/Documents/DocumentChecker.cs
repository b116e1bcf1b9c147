using Devicetree.Schema.Decoding;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>
/// Checks bindings as documents: the rules for bindings, JSON Schema itself, the ID and the references (devicetree.md 5.9). Safe
/// for use by several threads.
/// </summary>
/// <param name="rules">The rules for bindings.</param>
/// <param name="core">The core schemas that bindings may refer to.</param>
public sealed class DocumentChecker(MetaSchemas rules, CoreSchemas core)
{
    private readonly ReferencedSchemas _schemas = new(core);

    /// <summary>Checks a binding.</summary>
    /// <param name="document">The document.</param>
    /// <param name="file">The absolute path of its file, which its ID has to agree with.</param>
    internal DocumentResult Check(SchemaValue document, string file)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(file);
        if (document is not SchemaObject binding)
            return Refuse(DocumentRules.NoMapping, document.Span);
        string? rulesId = (binding["$schema"] as SchemaString)?.Value.TrimEnd('#');
        if (rulesId is null || rules.Find(rulesId) is null)
            return Refuse(DocumentRules.UnknownMetaSchema, binding["$schema"]?.Span ?? binding.Span, rulesId ?? "it is missing");
        var evaluation = new Evaluation();
        DecodedValue value = PlainValue.Of(binding);
        var errors = new List<DocumentError>();
        foreach (SchemaError error in rules.Compiler.Get(rulesId).Validate(evaluation, value))
            errors.Add(Place(error, binding, RuleNotes.Of(error, rulesId, rules)));
        if (evaluation.IsExhausted)
            return Refuse(DocumentRules.Exhausted, binding.Span);
        if (!SchemaValidity.IsValid(binding))
        {
            foreach (SchemaError error in JsonSchemaRules.Instance.Schema.Validate(evaluation, value))
                errors.Add(Place(error, binding, RuleNotes.None(error)));
        }
        return new(errors, ReferenceChecker.Check(binding, file, _schemas), null);
    }

    private static DocumentError Place(SchemaError error, SchemaObject binding, DocumentNote note) =>
        new(error, DocumentPlaces.Of(binding, error.AbsolutePath), note)
        { OriginalPlace = DocumentPlaces.OriginalOf(binding, error.AbsolutePath) };

    private static DocumentResult Refuse(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        var bag = new DiagnosticBag();
        bag.Report(rule, span, arguments);
        return new([], [], bag.Items[0]);
    }
}
