using System.Text.Json;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Gunyah.Testing;

/// <summary>
/// What becomes of a YAML text: a value, or an error with its place, in the form in which <c>tests/vectors/yaml</c> has
/// libyaml's.
/// </summary>
internal static class YamlVerdict
{
    /// <summary>The recorded texts, with what libyaml 0.2.5 says of them by <c>verdict.py</c> beside them.</summary>
    public static IReadOnlyList<(string Name, string Text, JsonElement Verdict)> Recorded { get; } = Read();

    /// <summary>
    /// What is read of a text, as JSON of strings, lists and lists of pairs; or where and in which words of libyaml it is
    /// refused. What libyaml has no place for has none here either.
    /// </summary>
    public static string Of(string text)
    {
        var diagnostics = new DiagnosticBag();
        YamlNode? node = YamlFile.Load(new SourceText("t.yaml", text), diagnostics);
        if (node is not null)
            return "read " + Print(node);
        Diagnostic error = diagnostics.Items[0];
        string words = error.Rule == YamlRules.Syntax ? YamlProblems.OriginalOf(error.Message, error.Remedy)
            : error.Rule == YamlRules.UnknownAlias ? "found undefined alias"
            : error.Rule == YamlRules.NotOneDocument ? "but found another document"
            : error.Message;
        if (words == "control characters are not allowed")
            return "refused: " + words;
        SourceLocation place = error.Span.Location!.Value;
        return $"refused {place.Line}:{place.Column}: {words}";
    }

    /// <summary>A verdict of libyaml in the same form.</summary>
    public static string Of(JsonElement verdict) => verdict[0].GetString() switch
    {
        "read" => "read " + Print(verdict[1]),
        "refused" when verdict[1].ValueKind == JsonValueKind.Null => $"refused: {verdict[3].GetString()}",
        "refused" => $"refused {verdict[1].GetInt32()}:{verdict[2].GetInt32()}: {verdict[3].GetString()}",
        _ => "other",
    };

    private static string Print(YamlNode node) => node switch
    {
        YamlScalar scalar => JsonSerializer.Serialize(scalar.Value),
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        YamlMapping map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Print(entry.Key)}: {Print(entry.Value)}"))}}}",
        _ => throw new ArgumentException(node.Description, nameof(node)),
    };

    private static string Print(JsonProperty entry) => $"{JsonSerializer.Serialize(entry.Name)}: {Print(entry.Value)}";

    private static string Print(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Print))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(Print))}}}",
        JsonValueKind.Null => "\"\"",
        _ => JsonSerializer.Serialize(value.GetString()),
    };

    private static List<(string Name, string Text, JsonElement Verdict)> Read()
    {
        using JsonDocument file = JsonDocument.Parse(
            File.ReadAllBytes(Checkout.File("tests", "vectors", "yaml", "libyaml.json")));
        return [.. file.RootElement.EnumerateArray().Select(row =>
            (row.GetProperty("name").GetString()!, row.GetProperty("text").GetString()!, row.GetProperty("verdict").Clone()))];
    }
}
