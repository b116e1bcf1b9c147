using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>Which schemas speak of single numbers or strings. The keywords and their order are dt-schema's.</summary>
internal static class ScalarForms
{
    /// <summary>The keywords that speak of one value and move together when the value is put into a list.</summary>
    private static readonly string[] _movingTogether = ["const", "enum", "pattern", "minimum", "maximum", "multipleOf"];

    private static readonly string[] _ofIntegers = ["const", "enum", "minimum", "maximum"];

    private static readonly string[] _ofStrings = ["const", "enum", "pattern"];

    /// <summary>
    /// Whether a schema speaks of a number. True and false count: the original cannot tell them from 1 and 0 here.
    /// </summary>
    public static bool IsInteger(Draft? schema) =>
        HasAny(schema, _ofIntegers, static value => value is SchemaInteger or SchemaBoolean);

    /// <summary>Whether a schema speaks of a string.</summary>
    public static bool IsString(Draft? schema) => HasAny(schema, _ofStrings, static value => value is SchemaString);

    /// <summary>Whether a schema speaks of a string.</summary>
    public static bool IsString(SchemaValue? schema) => schema is SchemaObject mapping && Array.Exists(
        _ofStrings, keyword => mapping[keyword] is SchemaString or SchemaArray { Items: [SchemaString, ..] });

    /// <summary>Takes what a schema says of one value out of it.</summary>
    public static DraftObject Extract(DraftObject schema)
    {
        var extracted = new DraftObject(schema.Span);
        foreach (string keyword in _movingTogether)
        {
            if (schema.Take(keyword) is DraftObject.Entry entry)
                extracted.Append(entry);
        }
        return extracted;
    }

    private static bool HasAny(Draft? schema, string[] keywords, Func<SchemaValue, bool> test)
    {
        if (schema is not DraftObject mapping)
            return false;
        foreach (string keyword in keywords)
        {
            Draft? value = mapping.Get(keyword);
            Draft? first = value is DraftArray list ? list.Items.FirstOrDefault() : value;
            if (first is DraftLeaf leaf && test(leaf.Value))
                return true;
        }
        return false;
    }
}
