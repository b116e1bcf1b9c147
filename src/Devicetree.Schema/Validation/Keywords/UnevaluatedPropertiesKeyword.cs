using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation.Keywords;

/// <summary>
/// <c>unevaluatedProperties</c>: the schema fits the values of keys that no other keyword of the same schema, or of those it is
/// put together from, has looked at (devicetree.md 5.6, the column of the newest version).
/// </summary>
internal sealed class UnevaluatedPropertiesKeyword(CompiledSchema schema) : Keyword("unevaluatedProperties")
{
    public override bool IsCostly => true;

    public CompiledSchema Schema { get; } = schema;

    /// <summary>Set after compilation: the schema that the keyword stands in.</summary>
    public CompiledSchema? Owner { get; set; }

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node || Schema.Constant == true)
            return true;
        bool[] marks = Evaluation.Rent(node.Count);
        EvaluatedKeys.Mark(evaluation, Owner!, node, marks.AsSpan(0, node.Count));
        bool valid = true;
        for (int i = 0; i < node.Count && valid; i++)
            valid = marks[i] || Schema.IsValid(evaluation, node.Values[i]);
        Evaluation.Return(marks);
        return valid;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        bool[] marks = new bool[node.Count];
        EvaluatedKeys.Mark(evaluation, owner, node, marks);
        var keys = new List<string>();
        var inner = new List<SchemaError>();
        for (int i = 0; i < node.Count; i++)
        {
            if (marks[i])
                continue;
            inner.Clear();
            Schema.Explain(evaluation, node.Values[i], inner);
            // A key stands there as often as something is wrong with its value.
            keys.AddRange(Enumerable.Repeat(node.Names[i].Text, inner.Count));
        }
        if (keys.Count > 0)
            errors.Add(evaluation.Error(Name, owner, value, keys: keys));
    }
}

/// <summary>Which keys of a mapping the keywords of a schema have looked at.</summary>
internal static class EvaluatedKeys
{
    /// <summary>Marks the keys.</summary>
    public static void Mark(Evaluation evaluation, CompiledSchema schema, DecodedNode node, Span<bool> marks)
    {
        if (schema.IsUnknown)
            marks.Fill(true);
        if (schema.Constant is not null || !evaluation.TryEnter())
            return;
        foreach (Keyword keyword in schema.Keywords)
            Mark(evaluation, keyword, node, marks);
        evaluation.Leave();
    }

    private static void Mark(Evaluation evaluation, Keyword keyword, DecodedNode node, Span<bool> marks)
    {
        switch (keyword)
        {
            case ReferenceKeyword reference:
                Mark(evaluation, reference.Target, node, marks);
                break;
            case PropertiesKeyword properties:
                MarkNamed(properties.Table, node, marks);
                break;
            case PatternPropertiesKeyword patterns:
                for (int i = 0; i < node.Count; i++)
                    marks[i] |= patterns.Match(node.Names[i].Text).Length > 0;
                break;
            case AdditionalPropertiesKeyword additional:
                MarkAll(additional.Schema, node, marks);
                break;
            case UnevaluatedPropertiesKeyword unevaluated:
                MarkAll(unevaluated.Schema, node, marks);
                break;
            case DependentSchemasKeyword dependent:
                foreach ((EntryName key, CompiledSchema schema) in dependent.Rules)
                {
                    if (node.Contains(key))
                        Mark(evaluation, schema, node, marks);
                }
                break;
            case AllOfKeyword all:
                MarkFitting(evaluation, all.Schemas, node, marks);
                break;
            case ChoiceKeyword choice:
                MarkFitting(evaluation, choice.Schemas, node, marks);
                break;
            case IfKeyword condition:
                bool? holds = condition.Decide(evaluation, node);
                if (holds != false)
                    Mark(evaluation, condition.Condition, node, marks);
                if (holds != false && condition.Then is CompiledSchema then)
                    Mark(evaluation, then, node, marks);
                if (holds != true && condition.Else is CompiledSchema otherwise)
                    Mark(evaluation, otherwise, node, marks);
                break;
        }
    }

    private static void MarkNamed(NameTable names, DecodedNode node, Span<bool> marks)
    {
        for (int i = 0; i < node.Count; i++)
            marks[i] |= names.IndexOf(node.Names[i]) >= 0;
    }

    /// <summary>
    /// <c>true</c> looks at every key. Of a schema the original takes the names of its keywords for keys, which is an error of
    /// its own and is kept, since findings depend on it.
    /// </summary>
    private static void MarkAll(CompiledSchema schema, DecodedNode node, Span<bool> marks)
    {
        if (schema.Constant == true)
            marks.Fill(true);
        if (schema.Constant is null && schema.Source is Model.SchemaObject keywords)
        {
            for (int i = 0; i < node.Count; i++)
                marks[i] |= keywords[node.Names[i].Text] is not null;
        }
    }

    private static void MarkFitting(Evaluation evaluation, CompiledSchema[] schemas, DecodedNode node, Span<bool> marks)
    {
        foreach (CompiledSchema schema in schemas)
        {
            if (schema.IsValid(evaluation, node))
                Mark(evaluation, schema, node, marks);
        }
    }
}
