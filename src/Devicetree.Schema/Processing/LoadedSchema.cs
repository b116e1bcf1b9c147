using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Processing;

/// <summary>A schema that was read, before anything is worked out over all of them.</summary>
/// <param name="Id">Its ID.</param>
/// <param name="FileName">The file that it is in.</param>
/// <param name="Schema">The schema.</param>
/// <param name="IsCore">Whether it is one of the core schemas.</param>
internal sealed record LoadedSchema(string Id, string FileName, SchemaObject Schema, bool IsCore)
{
    /// <summary>Where the schema speaks of a property for the first time; nowhere when its places are not known.</summary>
    public SourceSpan PlaceOf(string property)
    {
        var pending = new Stack<SchemaValue>([Schema]);
        while (pending.TryPop(out SchemaValue? next))
        {
            if (next is SchemaObject schema
                && (OfMap(schema["properties"], property) ?? OfMap(schema["patternProperties"], property)) is SourceSpan found)
                return found;
            IEnumerable<SchemaValue> inner = next switch
            {
                SchemaObject mapping => mapping.Entries.Select(entry => entry.Value),
                SchemaArray list => list.Items,
                _ => [],
            };
            foreach (SchemaValue value in inner.Reverse())
                pending.Push(value);
        }
        return default;
    }

    private static SourceSpan? OfMap(SchemaValue? map, string property) =>
        map is SchemaObject properties && properties.Find(property) is { KeySpan.Source: not null } entry ? entry.KeySpan : null;
}
