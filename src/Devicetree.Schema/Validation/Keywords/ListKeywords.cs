using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation.Keywords;

/// <summary><c>items</c> with one schema: it fits every item.</summary>
internal sealed class EachItemKeyword(CompiledSchema schema) : Keyword("items")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedList list)
            return true;
        foreach (DecodedValue item in list.Span)
        {
            if (!schema.IsValid(evaluation, item))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedList list)
            return;
        for (int i = 0; i < list.Count; i++)
            schema.Explain(evaluation, list.Items[i], errors, step: i);
    }
}

/// <summary><c>items</c> with a list of schemas: each fits the item at its place.</summary>
internal sealed class ItemsInTurnKeyword(CompiledSchema[] schemas) : Keyword("items")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedList list)
            return true;
        for (int i = 0; i < Math.Min(list.Count, schemas.Length); i++)
        {
            if (!schemas[i].IsValid(evaluation, list.Span[i]))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedList list)
            return;
        for (int i = 0; i < Math.Min(list.Count, schemas.Length); i++)
            schemas[i].Explain(evaluation, list.Items[i], errors, i, i);
    }
}

/// <summary><c>additionalItems</c> after <c>items</c> with a list: the schema fits every further item.</summary>
internal sealed class AdditionalItemsKeyword(CompiledSchema schema, int before) : Keyword("additionalItems")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedList list)
            return true;
        for (int i = before; i < list.Count; i++)
        {
            if (!schema.IsValid(evaluation, list.Span[i]))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedList list || list.Count <= before)
            return;
        if (schema.Constant == false)
        {
            errors.Add(evaluation.Error(Name, owner, value));
            return;
        }
        for (int i = before; i < list.Count; i++)
            schema.Explain(evaluation, list.Items[i], errors, step: i);
    }
}

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>: the schema fits so many items.</summary>
internal sealed class ContainsKeyword(CompiledSchema schema, Int128 min, Int128? max) : Keyword("contains")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedList list)
            return true;
        int fitting = 0;
        foreach (DecodedValue item in list.Span)
        {
            if (!schema.IsValid(evaluation, item))
                continue;
            fitting++;
            if (max is null && fitting >= min)
                return true;
        }
        return fitting >= min && (max is null || fitting <= max);
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (IsValid(evaluation, value))
            return;
        int fitting = ((DecodedList)value).Items.Count(item => schema.IsValid(evaluation, item));
        string limit = fitting == 0 ? Name : fitting < min ? "minContains" : "maxContains";
        errors.Add(evaluation.Error(limit, owner, value, count: fitting));
    }
}
