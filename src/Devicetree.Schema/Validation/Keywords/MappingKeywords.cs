using Devicetree.Schema.Decoding;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Validation.Keywords;

/// <summary><c>properties</c>: each schema fits the value of its key, where that is present.</summary>
internal sealed class PropertiesKeyword(NameTable names, CompiledSchema[] schemas) : Keyword("properties")
{
    public NameTable Table { get; } = names;

    public override bool IsCostly => true;

    /// <summary>The schema of a key, null when there is none.</summary>
    public CompiledSchema? SchemaOf(in EntryName name) => Table.IndexOf(name) is int index and >= 0 ? schemas[index] : null;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        ReadOnlySpan<EntryName> keys = Table.Names;
        if (keys.Length <= node.Count)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                if (node.Find(keys[i]) is DecodedValue found && !schemas[i].IsValid(evaluation, found))
                    return false;
            }
            return true;
        }
        for (int i = 0; i < node.Count; i++)
        {
            if (Table.IndexOf(node.Names[i]) is int index and >= 0 && !schemas[index].IsValid(evaluation, node.Values[i]))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        for (int i = 0; i < schemas.Length; i++)
        {
            string key = Table.Names[i].Text;
            if (node.Find(Table.Names[i]) is DecodedValue found)
                schemas[i].Explain(evaluation, found, errors, key, key);
        }
    }
}

/// <summary><c>patternProperties</c>: each schema fits the values of all keys that its pattern matches.</summary>
internal sealed class PatternPropertiesKeyword(string[] patterns, CompiledSchema[] schemas) : Keyword("patternProperties")
{
    private PatternSet? _set;

    public override bool IsCostly => true;

    public IReadOnlyList<string> Patterns => patterns;

    private PatternSet Set => _set ??= new PatternSet(patterns);

    /// <summary>The indexes of the patterns that match a key.</summary>
    public int[] Match(string key) => Set.Match(key);

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        for (int i = 0; i < node.Count; i++)
        {
            foreach (int index in Set.Match(node.Names[i].Text))
            {
                if (!schemas[index].IsValid(evaluation, node.Values[i]))
                    return false;
            }
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        for (int pattern = 0; pattern < patterns.Length; pattern++)
        {
            for (int i = 0; i < node.Count; i++)
            {
                string key = node.Names[i].Text;
                if (Set.Match(key).Contains(pattern))
                    schemas[pattern].Explain(evaluation, node.Values[i], errors, key, patterns[pattern]);
            }
        }
    }
}

/// <summary><c>additionalProperties</c>: the schema fits the values of keys that neither of the two above covers.</summary>
internal sealed class AdditionalPropertiesKeyword(CompiledSchema schema, PropertiesKeyword? named,
    PatternPropertiesKeyword? patterned)
    : Keyword("additionalProperties")
{
    public override bool IsCostly => true;

    public CompiledSchema Schema { get; } = schema;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node || Schema.Constant == true)
            return true;
        for (int i = 0; i < node.Count; i++)
        {
            if (IsAdditional(node.Names[i]) && !Schema.IsValid(evaluation, node.Values[i]))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        var extras = new List<string>();
        for (int i = 0; i < node.Count; i++)
        {
            if (!IsAdditional(node.Names[i]))
                continue;
            extras.Add(node.Names[i].Text);
            if (Schema.Constant is null)
                Schema.Explain(evaluation, node.Values[i], errors, step: node.Names[i].Text);
        }
        if (Schema.Constant == false && extras.Count > 0)
            errors.Add(evaluation.Error(Name, owner, value, keys: extras));
    }

    private bool IsAdditional(in EntryName name) =>
        (named is null || named.Table.IndexOf(name) < 0) && (patterned is null || patterned.Match(name.Text).Length == 0);
}

/// <summary><c>propertyNames</c>: the schema fits every key.</summary>
internal sealed class PropertyNamesKeyword(CompiledSchema schema) : Keyword("propertyNames")
{
    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        for (int i = 0; i < node.Count; i++)
        {
            if (!schema.IsValid(evaluation, new DecodedText(node.Names[i].Text)))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        foreach (string key in node.Keys)
            schema.Explain(evaluation, new DecodedText(key), errors);
    }
}

/// <summary><c>required</c>: these keys are present.</summary>
internal sealed class RequiredKeyword(NameTable names) : Keyword("required")
{
    public NameTable Table { get; } = names;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        foreach (ref readonly EntryName name in Table.Names)
        {
            if (!node.Contains(name))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        foreach (EntryName name in Table.Names)
        {
            if (!node.Contains(name))
                errors.Add(evaluation.Error(Name, owner, value, keys: [name.Text]));
        }
    }
}

/// <summary><c>dependentRequired</c>: where a key is present, others are, too.</summary>
internal sealed class DependentRequiredKeyword((EntryName Key, NameTable Needed)[] rules) : Keyword("dependentRequired")
{
    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        foreach (ref readonly (EntryName Key, NameTable Needed) rule in rules.AsSpan())
        {
            if (!node.Contains(rule.Key))
                continue;
            foreach (ref readonly EntryName needed in rule.Needed.Names)
            {
                if (!node.Contains(needed))
                    return false;
            }
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        foreach ((EntryName key, NameTable needed) in rules)
        {
            if (!node.Contains(key))
                continue;
            foreach (EntryName name in needed.Names)
            {
                if (!node.Contains(name))
                    errors.Add(evaluation.Error(Name, owner, value, keys: [name.Text, key.Text]));
            }
        }
    }
}

/// <summary><c>dependentSchemas</c>: where a key is present, a schema fits the whole.</summary>
internal sealed class DependentSchemasKeyword((EntryName Key, CompiledSchema Schema)[] rules) : Keyword("dependentSchemas")
{
    public (EntryName Key, CompiledSchema Schema)[] Rules { get; } = rules;

    public override bool IsCostly => true;

    public override bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        if (value is not DecodedNode node)
            return true;
        foreach (ref readonly (EntryName Key, CompiledSchema Schema) rule in Rules.AsSpan())
        {
            if (node.Contains(rule.Key) && !rule.Schema.IsValid(evaluation, value))
                return false;
        }
        return true;
    }

    public override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (value is not DecodedNode node)
            return;
        foreach ((EntryName key, CompiledSchema schema) in Rules)
        {
            if (node.Contains(key))
                schema.Explain(evaluation, value, errors, schemaStep: key.Text);
        }
    }
}
