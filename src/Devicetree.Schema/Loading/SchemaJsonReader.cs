using System.Globalization;
using System.Text;
using System.Text.Json;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>Reads JSON, in which places are of no use: the spans of its values are empty.</summary>
internal static class SchemaJsonReader
{
    /// <summary>How deep the values of a file may nest: those of a schema and the file around it.</summary>
    private const int MaxDepth = 256;

    /// <summary>Reads a file.</summary>
    /// <returns>Null when it is no JSON, which is reported.</returns>
    public static SchemaValue? Read(SourceText source, DiagnosticBag diagnostics)
    {
        var reader = new Utf8JsonReader(source.Bytes.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            SchemaValue value = ReadValue(ref reader);
            reader.Read(); // refuses what follows
            return value;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            int at = (int)Math.Min(reader.BytesConsumed, source.Bytes.Length);
            diagnostics.Report(SchemaRules.NotProcessed, source.Span(at, at), "it is no JSON from here on");
            return null;
        }
    }

    private static SchemaValue ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            case JsonTokenType.StartArray:
                var items = new List<SchemaValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader));
                return new SchemaArray(items.ToArray(), default);
            case JsonTokenType.String:
                return new SchemaString(reader.GetString()!, default);
            case JsonTokenType.Number:
                return ReadNumber(Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return new SchemaBoolean(reader.TokenType == JsonTokenType.True, default);
            default:
                return new SchemaNull(default);
        }
    }

    private static SchemaObject ReadObject(ref Utf8JsonReader reader)
    {
        var entries = new MappingBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (!entries.TryAdd(new(key, default, ReadValue(ref reader))))
                throw new JsonException($"key '{key}' stands twice");
        }
        return entries.Build(default);
    }

    private static SchemaValue ReadNumber(string text)
    {
        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 integer))
            return new SchemaInteger(integer, default);
        return new SchemaFloat(double.Parse(text, CultureInfo.InvariantCulture), default);
    }
}
