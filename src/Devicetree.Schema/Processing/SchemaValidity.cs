using System.Collections.Frozen;
using System.Globalization;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Whether a value is a schema of JSON Schema 2019-09 at all: what keeps dt-schema from using a file. The stricter rules for
/// bindings play no part here, nor do formats, except that regular expressions have to be some: the original breaks off at one
/// that is not. Keywords are judged in the order of the vocabularies, so that the first error is the one that the original names.
/// </summary>
internal static class SchemaValidity
{
    /// <summary>
    /// The keywords in the vocabularies of the specification, in its order; the last ones, two older ones and that which
    /// dt-schema added, are of the meta-schema as a whole.
    /// </summary>
    internal static IReadOnlyList<(bool IsOfWhole, (string Keyword, KeywordForm Form)[] Keywords)> Vocabularies { get; } =
    [
        (false, // core
        [
            ("$id", KeywordForm.Id), ("$schema", KeywordForm.Text), ("$anchor", KeywordForm.Anchor), ("$ref", KeywordForm.Text),
            ("$recursiveRef", KeywordForm.Text), ("$recursiveAnchor", KeywordForm.Boolean),
            ("$vocabulary", KeywordForm.BooleanMap),
            ("$comment", KeywordForm.Text), ("$defs", KeywordForm.SchemaMap),
        ]),
        (false, // applicator
        [
            ("additionalItems", KeywordForm.Schema), ("unevaluatedItems", KeywordForm.Schema),
            ("items", KeywordForm.SchemaOrList),
            ("contains", KeywordForm.Schema), ("additionalProperties", KeywordForm.Schema),
            ("unevaluatedProperties", KeywordForm.Schema),
            ("properties", KeywordForm.SchemaMap), ("patternProperties", KeywordForm.PatternMap),
            ("dependentSchemas", KeywordForm.SchemaMap),
            ("propertyNames", KeywordForm.Schema), ("if", KeywordForm.Schema), ("then", KeywordForm.Schema),
            ("else", KeywordForm.Schema),
            ("allOf", KeywordForm.SchemaList), ("anyOf", KeywordForm.SchemaList), ("oneOf", KeywordForm.SchemaList),
            ("not", KeywordForm.Schema),
        ]),
        (false, // validation
        [
            ("multipleOf", KeywordForm.PositiveNumber), ("maximum", KeywordForm.Number), ("exclusiveMaximum", KeywordForm.Number),
            ("minimum", KeywordForm.Number), ("exclusiveMinimum", KeywordForm.Number), ("maxLength", KeywordForm.Count),
            ("minLength", KeywordForm.Count), ("pattern", KeywordForm.Pattern), ("maxItems", KeywordForm.Count),
            ("minItems", KeywordForm.Count),
            ("uniqueItems", KeywordForm.Boolean), ("maxContains", KeywordForm.Count), ("minContains", KeywordForm.Count),
            ("maxProperties", KeywordForm.Count), ("minProperties", KeywordForm.Count), ("required", KeywordForm.TextList),
            ("dependentRequired", KeywordForm.TextListMap), ("enum", KeywordForm.List), ("type", KeywordForm.Type),
        ]),
        (false, // meta-data
        [
            ("title", KeywordForm.Text), ("description", KeywordForm.Text), ("deprecated", KeywordForm.Boolean),
            ("readOnly", KeywordForm.Boolean),
            ("writeOnly", KeywordForm.Boolean), ("examples", KeywordForm.List),
        ]),
        (false, [("format", KeywordForm.Text)]),
        (false, // content
        [
            ("contentMediaType", KeywordForm.Text), ("contentEncoding", KeywordForm.Text), ("contentSchema", KeywordForm.Schema),
        ]),
        (true, [("definitions", KeywordForm.SchemaMap), ("dependencies", KeywordForm.DependencyMap),
            ("select", KeywordForm.Schema)]),
    ];

    private static readonly (string Keyword, KeywordForm Form)[] _keywords =
        [.. Vocabularies.SelectMany(vocabulary => vocabulary.Keywords)];

    private static readonly FrozenDictionary<string, KeywordForm> _forms =
        _keywords.ToFrozenDictionary(keyword => keyword.Keyword, keyword => keyword.Form, StringComparer.Ordinal);

    /// <summary>Whether a value is a schema.</summary>
    public static bool IsValid(SchemaValue value)
    {
        if (value is not SchemaObject schema)
            return value is SchemaBoolean;
        foreach (SchemaEntry entry in schema.Entries)
        {
            if (_forms.TryGetValue(entry.Key, out KeywordForm form) && !KeywordForms.Fits(entry.Value, form))
                return false;
        }
        return true;
    }

    /// <summary>The keys and indexes that lead to the first error; null when there is none.</summary>
    public static IReadOnlyList<string>? FirstError(SchemaValue value)
    {
        var path = new List<string>();
        return IsValid(value) ? null : Locate(value, path);
    }

    /// <summary>Where the value behind a path is written, or the nearest that is there.</summary>
    public static SchemaValue At(SchemaValue value, IReadOnlyList<string> path)
    {
        foreach (string step in path)
        {
            SchemaValue? next = value switch
            {
                SchemaObject mapping => mapping[step],
                SchemaArray list when int.TryParse(step, CultureInfo.InvariantCulture, out int index)
                    && index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null)
                break;
            value = next;
        }
        return value;
    }

    private static List<string> Locate(SchemaValue value, List<string> path)
    {
        if (value is not SchemaObject schema)
            return path;
        foreach ((string keyword, KeywordForm form) in _keywords)
        {
            if (schema[keyword] is not SchemaValue part || KeywordForms.Fits(part, form))
                continue;
            path.Add(keyword);
            return LocateIn(part, form, path);
        }
        return path;
    }

    private static List<string> LocateIn(SchemaValue value, KeywordForm form, List<string> path)
    {
        switch (form, value)
        {
            case (KeywordForm.Schema, SchemaObject):
                return Locate(value, path);
            case (KeywordForm.SchemaList, SchemaArray list):
                int wrong = list.Items.ToList().FindIndex(item => !IsValid(item));
                if (wrong < 0)
                    return path;
                path.Add(wrong.ToString(CultureInfo.InvariantCulture));
                return Locate(list.Items[wrong], path);
            case (KeywordForm.TextList, SchemaArray list):
                int other = list.Items.ToList().FindIndex(item => item is not SchemaString);
                if (other >= 0)
                    path.Add(other.ToString(CultureInfo.InvariantCulture));
                return path;
            case (KeywordForm.SchemaMap or KeywordForm.PatternMap or KeywordForm.TextListMap or KeywordForm.DependencyMap
                or KeywordForm.BooleanMap, SchemaObject map):
                KeywordForm ofMember = KeywordForms.OfMember(form);
                foreach (SchemaEntry entry in map.Entries)
                {
                    if (KeywordForms.Fits(entry.Value, ofMember))
                        continue;
                    path.Add(entry.Key);
                    return LocateIn(entry.Value, ofMember, path);
                }
                return path; // one of the keys
            default:
                return path;
        }
    }
}
