using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>What a binding wants of a value, in words.</summary>
internal static class Expectation
{
    /// <summary>A message shows no longer list of choices.</summary>
    private const int MostChoices = 12;

    /// <summary>What the keyword of an error asks for, to follow "expected"; null where the message has to say it all.</summary>
    /// <param name="error">The error.</param>
    /// <param name="isBrief">True for the message, which does not show long lists whole.</param>
    public static string? Of(SchemaError error, bool isBrief = false)
    {
        if (error.Keyword is not string keyword || error.Schema.Source is not SchemaObject schema
            || schema[keyword] is not SchemaValue value)
            return null;
        return keyword switch
        {
            "const" => Text(value),
            "enum" => Choices(value, isBrief),
            "pattern" when value is SchemaString pattern => $"something that matches '{pattern.Value}'",
            "minimum" => $"at least {Text(value)}",
            "maximum" => $"at most {Text(value)}",
            "exclusiveMinimum" => $"more than {Text(value)}",
            "exclusiveMaximum" => $"less than {Text(value)}",
            "multipleOf" => $"a multiple of {Text(value)}",
            "minItems" => $"at least {Count(value, error.Instance)}",
            "maxItems" => $"at most {Count(value, error.Instance)}",
            "additionalItems" => schema["items"] is SchemaArray items
                ? $"at most {Count(new SchemaInteger(items.Items.Count, default), error.Instance)}"
                : null,
            "minProperties" => $"at least {Text(value)}",
            "maxProperties" => $"at most {Text(value)}",
            "minContains" => $"at least {Text(value)} such items",
            "maxContains" => $"at most {Text(value)} such items",
            "minLength" => $"at least {Text(value)} characters",
            "maxLength" => $"at most {Text(value)} characters",
            "type" => Types(value),
            "typeSize" => $"elements of {Text(value)} bits",
            "uniqueItems" => "no item twice",
            _ => null,
        };
    }

    /// <summary>Whether an error is about a value where the property is to have none.</summary>
    public static bool IsOfFlag(SchemaError error) =>
        error.Keyword == "type" && error.Schema.Source is SchemaObject schema
        && schema["type"] is SchemaString { Value: "boolean" };

    /// <summary>Whether an error says of bytes that they are of none of several types.</summary>
    public static bool IsOfAnyType(SchemaError error) =>
        error.Keyword == "type" && error.Instance is DecodedBytes && error.Schema.Source is SchemaObject schema
        && schema["type"] is SchemaArray;

    /// <summary>All strings that a schema and what is in it allow as they are: what somebody may have meant.</summary>
    public static IEnumerable<string> StringsIn(SchemaValue? schema)
    {
        var pending = new Stack<SchemaValue>();
        if (schema is not null)
            pending.Push(schema);
        while (pending.TryPop(out SchemaValue? next))
        {
            if (next is SchemaArray list)
            {
                foreach (SchemaValue item in list.Items)
                    pending.Push(item);
            }
            if (next is not SchemaObject mapping)
                continue;
            foreach (SchemaEntry entry in mapping.Entries)
            {
                if (entry is { Key: "const", Value: SchemaString text })
                    yield return text.Value;
                else if (entry is { Key: "enum", Value: SchemaArray options })
                {
                    foreach (SchemaString option in options.Items.OfType<SchemaString>())
                        yield return option.Value;
                }
                else
                    pending.Push(entry.Value);
            }
        }
    }

    private static string Text(SchemaValue value) => ValueText.Of(PlainValue.Of(value));

    private static string Choices(SchemaValue value, bool isBrief)
    {
        if (value is not SchemaArray list)
            return Text(value);
        int shown = isBrief ? MostChoices : list.Items.Count;
        string text = string.Join(", ", list.Items.Take(shown).Select(Text));
        return list.Items.Count > shown ? $"one of {text}, … ({list.Items.Count} in all)" : $"one of {text}";
    }

    private static string Types(SchemaValue value)
    {
        SchemaValue[] types = value is SchemaArray list ? [.. list.Items] : [value];
        return string.Join(" or ", types.OfType<SchemaString>().Select(type => type.Value switch
        {
            "object" => "a node",
            "array" => "a list",
            "string" => "a string",
            "boolean" => "a property without value",
            "integer" or "number" => "one number",
            "null" => "nothing",
            string other => other,
        }));
    }

    private static string Count(SchemaValue value, DecodedValue counted)
    {
        string unit = counted is DecodedList { Count: > 0 } list && list.Items[0] is DecodedInteger ? "number" : "item";
        return value is SchemaInteger { Value: var count } && count == 1 ? $"1 {unit}" : $"{Text(value)} {unit}s";
    }
}
