using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Documents;

/// <summary>
/// Finds the description of a rule that is broken, and the file that it stands in. The steps of an error leave references out, so
/// they are followed where a step does not lead on by itself, as in the original.
/// </summary>
internal static class RuleNotes
{
    /// <summary>The note of an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="rulesId">The ID of the schema that was applied.</param>
    /// <param name="rules">All of them.</param>
    public static DocumentNote Of(SchemaError error, string rulesId, MetaSchemas rules)
    {
        (string id, string? hint) = Walk(error, rulesId, rules);
        if (error.Schema.Source is SchemaObject own && own["description"] is SchemaString description)
            hint = description.Value;
        return new(id, hint, [.. error.Context.Select(inner => Of(inner, rulesId, rules))]);
    }

    /// <summary>The note of an error of JSON Schema, which has no descriptions.</summary>
    public static DocumentNote None(SchemaError error) => new(null, null, [.. error.Context.Select(None)]);

    private static (string Id, string? Hint) Walk(SchemaError error, string rulesId, MetaSchemas rules)
    {
        string id = rulesId;
        string? hint = null;
        SchemaValue? at = rules.Find(id);
        foreach (PathStep step in error.AbsoluteSchemaPath)
        {
            // Every reference leads to another schema or ends the walk; one that leads in a circle has no step that leads on.
            for (int follows = 0; at is SchemaObject schema && !Leads(schema, step)
                && schema["$ref"] is SchemaString reference; follows++)
            {
                if (follows == MostReferences)
                    return (id, hint);
                (string uri, string fragment) = SchemaUri.Split(SchemaUri.Join(id, reference.Value));
                at = rules.Find(uri);
                if (at is not null && fragment.Length > 0)
                    at = SchemaUri.Follow(at, fragment);
                id = uri;
            }
            at = at switch
            {
                SchemaObject schema when step.Key is string key => schema[key],
                SchemaArray list when step.Key is null && step.Index < list.Items.Count => list.Items[step.Index],
                _ => null,
            };
            if (at is null)
                break;
            if (at is SchemaObject reached && reached["description"] is SchemaString description)
                hint = description.Value;
        }
        return (id, hint);
    }

    private const int MostReferences = 32;

    private static bool Leads(SchemaObject schema, PathStep step) => step.Key is string key && schema.Has(key);
}
