using System.Globalization;
using System.Text.Json;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Verbs.Queries;

/// <summary>One value that was asked for.</summary>
/// <param name="Node">The node; null where there was nothing and something else is printed.</param>
/// <param name="Property">The property; null with the node.</param>
/// <param name="Query">What was asked, where there was nothing.</param>
/// <param name="IsAlone">True when this is all that can be asked for, so that no name is needed.</param>
/// <param name="Reading">The value; null where its text or bytes are wanted as they are.</param>
/// <param name="Otherwise">What to print where there was nothing.</param>
internal sealed record Answer(LiveNode? Node, LiveProperty? Property, string Query, bool IsAlone, ValueReading? Reading,
    string? Otherwise);

/// <summary>Prints answers for people and shells: the value alone, or a line for each that begins with its place.</summary>
internal static class AnswerText
{
    public static void Write(VerbConsole console, IEnumerable<Answer> answers, ValueType type)
    {
        foreach (Answer answer in answers)
        {
            if (type == ValueType.Raw && answer.Property is not null)
            {
                console.Write(VerbConsole.Standard, answer.Property.Value.Bytes.Span);
                continue;
            }
            string place = answer.IsAlone ? "" : answer.Node is null
                ? answer.Query : $"{answer.Node.Path}:{answer.Property!.Name}";
            string value = answer.Otherwise ?? (answer.Property!.Value.Length == 0 ? "" : answer.Reading is null
                ? LiveValueText.Of(answer.Property.Value)
                : answer.Reading.Format(answer.IsAlone ? "\n" : " "));
            bool isFlag = answer.Property is { Value.Length: 0 };
            // A value alone may have a line for each string.
            string[] lines = place.Length > 0 ? [isFlag ? place : $"{place} = {value}"] : answer.Reading?.Strings is { } strings
                ? [.. strings] : [value];
            foreach (string line in lines)
                console.Output.WriteLine(console.Piece(line));
        }
    }
}

/// <summary>
/// Prints answers as one JSON list: <c>path</c>, <c>property</c>, <c>type</c>, and <c>value</c>, which is true for a property
/// without bytes, else a list of strings or of numbers. Numbers of 64 bits are strings: most readers of JSON would round them.
/// </summary>
internal static class AnswerJson
{
    public static void Write(TextWriter output, IEnumerable<Answer> answers)
    {
        var written = new JsonOutput(output);
        Utf8JsonWriter json = written.Json;
        json.WriteStartArray();
        foreach (Answer answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("path", answer.Node!.Path);
            json.WriteString("property", answer.Property!.Name);
            WriteValue(json, answer.Property, answer.Reading!);
            json.WriteEndObject();
            written.Pass();
        }
        json.WriteEndArray();
        written.End();
    }

    /// <summary>Writes <c>type</c> and <c>value</c> of a property into an object.</summary>
    public static void WriteValue(Utf8JsonWriter json, LiveProperty property, ValueReading reading)
    {
        if (property.Value.Length == 0)
        {
            json.WriteString("type", "flag");
            json.WriteBoolean("value", true);
            return;
        }
        json.WriteString("type", reading.Strings is not null
            ? ValueType.Text.Name : $"{(reading.Type.IsSigned ? 'i' : 'u')}{8 * reading.Type.Width}");
        json.WriteStartArray("value");
        foreach (string each in reading.Strings ?? [])
            json.WriteStringValue(each);
        foreach (ulong each in reading.Numbers ?? [])
        {
            bool isWide = reading.Type.Width > sizeof(uint);
            if (isWide && reading.Type.IsSigned)
                json.WriteStringValue(((long)each).ToString(CultureInfo.InvariantCulture));
            else if (isWide)
                json.WriteStringValue(each.ToString(CultureInfo.InvariantCulture));
            else if (reading.Type.IsSigned)
                json.WriteNumberValue((long)each);
            else
                json.WriteNumberValue(each);
        }
        json.WriteEndArray();
    }
}
