using System.Buffers;
using System.Globalization;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>The compatible strings that a schema speaks of, found by keyword wherever they stand in it.</summary>
internal static class CompatibleStrings
{
    /// <summary>Strings that say nothing about a device when they stand next to others.</summary>
    private static readonly string[] _generic = ["syscon", "simple-mfd", "simple-bus"];

    private static readonly SearchValues<char> _signsOfPatterns = SearchValues.Create("^[{($");

    /// <summary>
    /// The strings by which a schema is found, patterns taken literally; nothing when it chooses its nodes by itself.
    /// </summary>
    public static IEnumerable<string> ThatChoose(SchemaObject schema)
    {
        if (schema.Has("select") || (schema["properties"] as SchemaObject)?["compatible"] is not SchemaObject compatible)
            return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        CollectStrings(compatible, found);
        if (found.Count > 1)
            found.ExceptWith(_generic);
        return found;
    }

    /// <summary>Adds the strings and patterns of every property of that name in a schema.</summary>
    public static void CollectDocumented(SchemaValue value, ISet<string> found)
    {
        if (value is SchemaArray list)
        {
            foreach (SchemaValue item in list.Items)
                CollectDocumented(item, found);
        }
        if (value is not SchemaObject schema)
            return;
        foreach (SchemaEntry entry in schema.Entries)
        {
            if (entry.Key != "compatible")
                CollectDocumented(entry.Value, found);
            else if (entry.Value is SchemaObject compatible)
                CollectStrings(compatible, found);
        }
    }

    /// <summary>Whether what was collected is a pattern.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny(_signsOfPatterns);

    /// <summary>
    /// Whether a pattern is narrow enough to count as documentation: anchored at both ends, nothing arbitrary in it.
    /// </summary>
    public static bool IsNarrowPattern(string text) =>
        text.StartsWith('^') && text.EndsWith('$') && !text.Contains(".+", StringComparison.Ordinal)
        && !text.Contains(".*", StringComparison.Ordinal) && text != @"^[a-zA-Z0-9][a-zA-Z0-9,+\-._/]+$";

    private static void CollectStrings(SchemaValue value, ISet<string> found)
    {
        if (value is SchemaArray list)
        {
            foreach (SchemaValue item in list.Items)
                CollectStrings(item, found);
        }
        if (value is not SchemaObject schema)
            return;
        foreach (SchemaEntry entry in schema.Entries)
        {
            switch (entry.Key, entry.Value)
            {
                case ("enum", SchemaArray { Items: [SchemaString, ..] } values):
                    found.UnionWith(values.Items.OfType<SchemaString>().Select(text => text.Value));
                    break;
                case ("const", SchemaValue constant):
                    if (TextOf(constant) is string text)
                        found.Add(text);
                    break;
                case ("pattern", SchemaString pattern):
                    found.Add(pattern.Value);
                    break;
                case ("enum" or "pattern", _):
                    break;
                default:
                    CollectStrings(entry.Value, found);
                    break;
            }
        }
    }

    private static string? TextOf(SchemaValue constant) => constant switch
    {
        SchemaString text => text.Value,
        SchemaInteger number => number.Value.ToString(CultureInfo.InvariantCulture),
        SchemaBoolean boolean => boolean.Value ? "True" : "False",
        SchemaNull => "None",
        _ => null,
    };
}
