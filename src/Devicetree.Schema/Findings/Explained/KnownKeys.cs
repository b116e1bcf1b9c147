using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Keywords;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>The keys that a schema names, in itself and in what it is put together from.</summary>
internal static class KnownKeys
{
    /// <summary>The keys; some may come twice.</summary>
    public static IEnumerable<string> Of(CompiledSchema schema)
    {
        var seen = new HashSet<CompiledSchema> { schema };
        var pending = new Queue<CompiledSchema>([schema]);
        while (pending.TryDequeue(out CompiledSchema? next))
        {
            foreach (Keyword keyword in next.Keywords)
            {
                if (keyword is PropertiesKeyword properties)
                {
                    for (int i = 0; i < properties.Table.Count; i++)
                        yield return properties.Table.Names[i].Text;
                }
                CompiledSchema[] parts = keyword switch
                {
                    ReferenceKeyword reference => [reference.Target],
                    AllOfKeyword all => all.Schemas,
                    _ => [],
                };
                foreach (CompiledSchema part in parts)
                {
                    if (seen.Add(part))
                        pending.Enqueue(part);
                }
            }
        }
    }
}
