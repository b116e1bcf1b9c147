using System.Text.Json;
using Devicetree.Live;
using Devicetree.Text.Reports;
using Devicetree.Tool.Verbs.Queries;
using ValueType = Devicetree.Tool.Verbs.Queries.ValueType;

namespace Devicetree.Tool.Verbs.Print;

/// <summary>
/// Prints nodes as a JSON list of objects: <c>path</c>, <c>name</c>, <c>labels</c>, <c>properties</c> by name, with <c>type</c>
/// and
/// <c>value</c> as <see cref="AnswerJson"/> has them, and <c>children</c>, which are such objects again.
/// </summary>
internal static class NodeJson
{
    /// <summary>Prints nodes, each with so many levels below it.</summary>
    public static void Write(TextWriter output, IReadOnlyList<LiveNode> nodes, int depth)
    {
        var written = new JsonOutput(output);
        written.Json.WriteStartArray();
        foreach (LiveNode node in nodes)
            Write(written, node, depth);
        written.Json.WriteEndArray();
        written.End();
    }

    /// <summary>
    /// Not recursive, as a tree may be deeper than the stack: a node stands on the pile a second time for its end.
    /// </summary>
    private static void Write(JsonOutput output, LiveNode first, int depth)
    {
        Utf8JsonWriter json = output.Json;
        var pending = new Stack<(LiveNode Node, int Level, bool IsEnd)>([(first, 0, false)]);
        while (pending.TryPop(out (LiveNode Node, int Level, bool IsEnd) next))
        {
            if (next.IsEnd)
            {
                json.WriteEndArray();
                json.WriteEndObject();
                output.Pass();
                continue;
            }
            WriteHead(json, next.Node);
            pending.Push((next.Node, next.Level, true));
            for (int i = next.Level < depth ? next.Node.Children.Count - 1 : -1; i >= 0; i--)
            {
                if (!next.Node.Children[i].Deleted)
                    pending.Push((next.Node.Children[i], next.Level + 1, false));
            }
        }
    }

    private static void WriteHead(Utf8JsonWriter json, LiveNode node)
    {
        json.WriteStartObject();
        json.WriteString("path", node.Path);
        json.WriteString("name", node.Name);
        json.WriteStartArray("labels");
        if (node.HasLabels)
        {
            foreach (Label label in node.Labels.Live)
                json.WriteStringValue(label.Name);
        }
        json.WriteEndArray();
        json.WriteStartObject("properties");
        // Of two with one name, as damaged blobs have them, readers find the first; the other is reported with the blob.
        foreach (LiveProperty property in node.Properties.Live.DistinctBy(each => each.Name, StringComparer.Ordinal))
        {
            if (!ValueReading.TryRead(node, property, ValueType.Auto, out ValueReading? reading, out string? reason))
                throw new InvalidOperationException($"{node.Path}:{property.Name}: {reason}");
            json.WriteStartObject(property.Name);
            AnswerJson.WriteValue(json, property, reading);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("children");
    }
}
