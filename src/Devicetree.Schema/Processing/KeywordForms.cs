using System.Buffers;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>What a keyword of JSON Schema takes.</summary>
internal enum KeywordForm
{
    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A list of at least one schema.</summary>
    SchemaList,

    /// <summary>A schema or a list of them.</summary>
    SchemaOrList,

    /// <summary>Schemas by name.</summary>
    SchemaMap,

    /// <summary>Schemas by regular expression.</summary>
    PatternMap,

    /// <summary>A schema or a list of strings.</summary>
    SchemaOrTextList,

    /// <summary>Schemas or lists of strings by name.</summary>
    DependencyMap,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A list of different strings.</summary>
    TextList,

    /// <summary>Lists of different strings by name.</summary>
    TextListMap,

    /// <summary>Any list.</summary>
    List,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>True or false by name.</summary>
    BooleanMap,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A number above zero.</summary>
    PositiveNumber,

    /// <summary>A whole number, at least zero.</summary>
    Count,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>The name of a type, or a list of different ones.</summary>
    Type,

    /// <summary>A string with nothing after a <c>#</c>, of which there is one at most.</summary>
    Id,

    /// <summary>A name for a place in a schema.</summary>
    Anchor,
}

/// <summary>Judges values of keywords.</summary>
internal static class KeywordForms
{
    private static readonly string[] _types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    private static readonly SearchValues<char> _anchorCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:_");

    /// <summary>Whether a value has a form.</summary>
    public static bool Fits(SchemaValue value, KeywordForm form) => form switch
    {
        KeywordForm.Schema => SchemaValidity.IsValid(value),
        KeywordForm.SchemaList => value is SchemaArray { Items.Count: > 0 } list && list.Items.All(SchemaValidity.IsValid),
        KeywordForm.SchemaOrList => Fits(value, value is SchemaArray ? KeywordForm.SchemaList : KeywordForm.Schema),
        KeywordForm.SchemaOrTextList => Fits(value, value is SchemaArray ? KeywordForm.TextList : KeywordForm.Schema),
        KeywordForm.SchemaMap or KeywordForm.PatternMap or KeywordForm.DependencyMap or KeywordForm.TextListMap
            or KeywordForm.BooleanMap =>
            value is SchemaObject map && map.Entries.All(
                entry => (form != KeywordForm.PatternMap || SchemaPattern.IsValid(entry.Key))
                    && Fits(entry.Value, OfMember(form))),
        KeywordForm.Text => value is SchemaString,
        KeywordForm.TextList => value is SchemaArray list && AreDifferentTexts(list.Items),
        KeywordForm.List => value is SchemaArray,
        KeywordForm.Boolean => value is SchemaBoolean,
        KeywordForm.Number => value is SchemaInteger or SchemaFloat,
        KeywordForm.PositiveNumber =>
            value is SchemaInteger { Value: var whole } ? whole > 0 : value is SchemaFloat { Value: > 0 },
        KeywordForm.Count => value is SchemaInteger { Value: var count } ? count >= 0
            : value is SchemaFloat { Value: >= 0 and var real } && real == Math.Floor(real),
        KeywordForm.Pattern => value is SchemaString pattern && SchemaPattern.IsValid(pattern.Value),
        KeywordForm.Type => value is SchemaArray types ? types.Items.Count > 0 && AreDifferentTexts(types.Items)
            && types.Items.All(IsType) : IsType(value),
        KeywordForm.Id => value is SchemaString id && id.Value.IndexOf('#', StringComparison.Ordinal) is int hash
            && (hash < 0 || hash == id.Value.Length - 1),
        KeywordForm.Anchor => value is SchemaString anchor && anchor.Value.Length > 0 && char.IsAsciiLetter(anchor.Value[0])
            && !anchor.Value.AsSpan().ContainsAnyExcept(_anchorCharacters),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>What the members of a mapping have to be.</summary>
    public static KeywordForm OfMember(KeywordForm form) => form switch
    {
        KeywordForm.DependencyMap => KeywordForm.SchemaOrTextList,
        KeywordForm.TextListMap => KeywordForm.TextList,
        KeywordForm.BooleanMap => KeywordForm.Boolean,
        _ => KeywordForm.Schema,
    };

    private static bool IsType(SchemaValue value) => value is SchemaString name && _types.Contains(name.Value);

    private static bool AreDifferentTexts(IReadOnlyList<SchemaValue> items)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return items.All(item => item is SchemaString text && known.Add(text.Value));
    }
}
