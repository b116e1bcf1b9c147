using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Validation;

/// <summary>
/// Makes plain documents of YAML or JSON into values that schemas are applied to: a binding, to which a meta-schema is applied.
/// </summary>
internal static class PlainValue
{
    /// <summary>The value of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="sortKeys">True to put the keys of mappings in order.</param>
    public static DecodedValue Of(SchemaValue document, bool sortKeys = false)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document switch
        {
            SchemaBoolean boolean => boolean.Value ? DecodedFlag.True : DecodedFlag.False,
            SchemaInteger integer => new DecodedInteger(integer.Value),
            SchemaFloat real => new DecodedFloat(real.Value),
            SchemaString text => new DecodedText(text.Value),
            SchemaArray array => new DecodedList([.. array.Items.Select(item => Of(item, sortKeys))]),
            SchemaObject mapping => Of(mapping, sortKeys),
            SchemaTimestamp date => new DecodedBytes(System.Text.Encoding.UTF8.GetBytes(date.Text)),
            _ => DecodedNull.Instance,
        };
    }

    private static DecodedNode Of(SchemaObject mapping, bool sortKeys)
    {
        var node = new DecodedNode("");
        IEnumerable<SchemaEntry> entries = sortKeys
            ? mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal) : mapping.Entries;
        foreach (SchemaEntry entry in entries)
            node.Add(new(entry.Key), Of(entry.Value, sortKeys));
        return node;
    }
}
