using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation.Keywords;

/// <summary><c>allOf</c>: all of the schemas fit.</summary>
internal sealed class AllOfKeyword(CompiledSchema[] schemas) : Keyword("allOf")
{
    public CompiledSchema[] Schemas { get; } = schemas;

    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        foreach (CompiledSchema schema in Schemas)
        {
            if (!schema.IsValid(evaluation, value))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        for (int i = 0; i < Schemas.Length; i++)
            Schemas[i].Explain(evaluation, value, errors, schemaStep: i);
    }
}

/// <summary><c>anyOf</c> and <c>oneOf</c>: at least, or exactly, one of the schemas fits.</summary>
internal sealed class ChoiceKeyword(string name, CompiledSchema[] schemas, bool exactlyOne) : Keyword(name)
{
    public CompiledSchema[] Schemas { get; } = schemas;

    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        int fitting = 0;
        bool mayFit = false;
        foreach (CompiledSchema schema in Schemas)
        {
            int unknowns = evaluation.Unknowns;
            if (!schema.IsValid(evaluation, value))
                continue;
            if (!exactlyOne)
                return true;
            if (evaluation.Unknowns > unknowns)
                mayFit = true;
            else if (++fitting > 1)
                return false;
        }
        return mayFit || fitting == 1;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        int first = Array.FindIndex(Schemas, schema => schema.IsValid(evaluation, value));
        if (first < 0)
        {
            var context = new List<SchemaError>();
            (int, int) before = evaluation.BeginContext();
            for (int i = 0; i < Schemas.Length; i++)
                Schemas[i].Explain(evaluation, value, context, schemaStep: i);
            evaluation.EndContext(before);
            errors.Add(evaluation.Error(Name, owner, value, context));
        }
        else if (exactlyOne && !IsValid(evaluation, value))
        {
            errors.Add(evaluation.Error(
                Name, owner, value, fitting: [.. Schemas.Skip(first).Where(schema => schema.IsValid(evaluation, value))]));
        }
    }
}

/// <summary><c>not</c>: the schema does not fit.</summary>
internal sealed class NotKeyword(CompiledSchema schema) : Keyword("not")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        int unknowns = evaluation.Unknowns;
        return !schema.IsValid(evaluation, value) || evaluation.Unknowns > unknowns;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (!IsValid(evaluation, value))
            errors.Add(evaluation.Error(Name, owner, value));
    }
}

/// <summary><c>if</c> with <c>then</c> and <c>else</c>: the first decides which of the others must fit.</summary>
internal sealed class IfKeyword(CompiledSchema condition, CompiledSchema? then, CompiledSchema? @else) : Keyword("if")
{
    public CompiledSchema Condition { get; } = condition;

    public CompiledSchema? Then { get; } = then;

    public CompiledSchema? Else { get; } = @else;

    public override bool IsTransparent => true;

    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (Then is null && Else is null)
            return true;
        CompiledSchema? decided = Decide(evaluation, value) switch { true => Then, false => Else, null => null };
        return decided is null || decided.IsValid(evaluation, value);
    }

    /// <summary>Whether the condition holds; null where nobody knows.</summary>
    public bool? Decide(Evaluation evaluation, DecodedValue value)
    {
        int unknowns = evaluation.Unknowns;
        bool holds = Condition.IsValid(evaluation, value);
        return holds && evaluation.Unknowns > unknowns ? null : holds;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (Decide(evaluation, value) is bool holds)
            (holds ? Then : Else)?.Explain(evaluation, value, errors, schemaStep: holds ? "then" : "else");
    }
}

/// <summary>
/// <c>$ref</c>, and <c>$recursiveRef</c> which is taken for a reference to the own file: the schema that it names fits.
/// </summary>
internal sealed class ReferenceKeyword(string name, IKeywordSource schemas, string baseUri, string reference) : Keyword(name)
{
    private CompiledSchema? _target;

    public string Reference { get; } = reference;

    /// <summary>What it names, looked up when it is first needed.</summary>
    public CompiledSchema Target => _target ??= schemas.Resolve(baseUri, Reference);

    /// <summary>In the original only <c>$ref</c> is no step of the path.</summary>
    public override bool IsTransparent => Name == "$ref";

    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value) => Target.IsValid(evaluation, value);

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors) =>
        Target.Explain(evaluation, value, errors);
}
