using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Keywords;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>The keys that a schema names, in itself and in what it is put together from.</summary>
internal static class KnownKeys
{
    /// <summary>All of its keys, whatever they depend on; some may come twice.</summary>
    public static IEnumerable<string> Of(CompiledSchema schema)
    {
        foreach (CompiledSchema part in PartsOf(schema, Every))
        {
            if (part.Find<PropertiesKeyword>() is not PropertiesKeyword properties)
                continue;
            for (int i = 0; i < properties.Table.Count; i++)
                yield return properties.Table.Names[i].Text;
        }
    }

    /// <summary>
    /// The parts of a schema that a node has to satisfy. One that it does not satisfy counts as if it had not looked at its keys,
    /// which then are reported as not known although they are.
    /// </summary>
    public static IReadOnlyList<CompiledSchema> DemandedParts(CompiledSchema schema, DecodedNode node)
    {
        var evaluation = new Evaluation();
        return [.. PartsOf(schema, keyword => Demanded(keyword, node, evaluation))];
    }

    /// <summary>Whether any of these parts knows a key.</summary>
    public static bool IsIn(IReadOnlyList<CompiledSchema> parts, string key)
    {
        var name = new EntryName(key);
        return parts.Any(part => part.Find<PropertiesKeyword>()?.SchemaOf(name) is not null
            || part.Find<PatternPropertiesKeyword>()?.Match(key).Length > 0);
    }

    /// <summary>A schema and what it is put together from, by what a keyword is asked for.</summary>
    private static IEnumerable<CompiledSchema> PartsOf(CompiledSchema schema, Func<Keyword, IEnumerable<CompiledSchema?>> partsOf)
    {
        var seen = new HashSet<CompiledSchema> { schema };
        var pending = new Queue<CompiledSchema>([schema]);
        while (pending.TryDequeue(out CompiledSchema? next))
        {
            yield return next;
            if (next.Constant is not null)
                continue;
            foreach (CompiledSchema? part in next.Keywords.SelectMany(partsOf))
            {
                if (part is not null && seen.Add(part))
                    pending.Enqueue(part);
            }
        }
    }

    private static IEnumerable<CompiledSchema?> Every(Keyword keyword) => keyword switch
    {
        ReferenceKeyword reference => (IEnumerable<CompiledSchema?>)[reference.Target],
        AllOfKeyword all => all.Schemas,
        ChoiceKeyword choice => choice.Schemas,
        IfKeyword condition => [condition.Condition, condition.Then, condition.Else],
        DependentSchemasKeyword dependent => dependent.Rules.Select(rule => rule.Schema),
        _ => [],
    };

    private static IEnumerable<CompiledSchema?> Demanded(Keyword keyword, DecodedNode node, Evaluation evaluation) =>
        keyword switch
        {
            ReferenceKeyword reference => (IEnumerable<CompiledSchema?>)[reference.Target],
            AllOfKeyword all => all.Schemas,
            ChoiceKeyword choice when !choice.Schemas.Any(part => part.IsValid(evaluation, node)) => choice.Schemas,
            IfKeyword condition => condition.Decide(evaluation, node) switch
            {
                true => [condition.Then],
                false => [condition.Else],
                null => [condition.Then, condition.Else],
            },
            DependentSchemasKeyword dependent =>
                dependent.Rules.Where(rule => node.Contains(rule.Key)).Select(rule => rule.Schema),
            _ => [],
        };
}
