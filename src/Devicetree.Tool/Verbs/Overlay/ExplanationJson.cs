using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>
/// What overlays do, for scripts: one object with <c>base</c> and <c>overlays</c>, each of which has <c>file</c>,
/// <c>fragments</c>,
/// <c>symbols</c>, <c>labels</c>, <c>notes</c> and <c>phandles</c>. <c>before</c> is null for what is new; values are source
/// text.
/// </summary>
internal static class ExplanationJson
{
    private static readonly JsonWriterOptions _options = new()
    { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string @base, IReadOnlyList<OverlayExplanation> explanations, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            json.WriteString("base", @base);
            WriteList(json, "overlays", explanations, Write);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void Write(Utf8JsonWriter json, OverlayExplanation explanation)
    {
        json.WriteString("file", explanation.File);
        WriteList(json, "fragments", explanation.Fragments, Write);
        WriteList(json, "symbols", explanation.Symbols, (to, symbol) =>
        {
            to.WriteString("label", symbol.Label);
            to.WriteString("before", symbol.Before);
            to.WriteString("after", symbol.Path);
        });
        WriteList(json, "labels", explanation.Labels, (to, label) =>
        {
            to.WriteString("label", label.Label);
            to.WriteString("path", label.Target);
            to.WriteString("place", label.Place);
        });
        WriteList(json, "notes", explanation.Notes, (to, note) =>
        {
            to.WriteString("kind", note.Kind.ToString());
            to.WriteString("place", note.Place);
            to.WriteString("other", note.Other);
        });
        WriteList(json, "phandles", explanation.Phandles, (to, phandle) =>
        {
            to.WriteString("node", phandle.Node);
            to.WriteNumber("before", phandle.Before);
            to.WriteNumber("after", phandle.After);
            to.WriteBoolean("ofBase", phandle.IsOfBase);
        });
    }

    private static void Write(Utf8JsonWriter json, FragmentChange fragment)
    {
        json.WriteString("name", fragment.Name);
        json.WriteString("target", fragment.Target);
        json.WriteString("label", fragment.Label);
        json.WriteString("path", fragment.WrittenPath);
        WriteList(json, "changes", fragment.Changes, (to, change) =>
        {
            to.WriteString("node", change.NewNode ?? change.Property!.Node);
            if (change.Property is not PropertyChange property)
                return;
            to.WriteString("property", property.Name);
            to.WriteString("before", property.Before);
            to.WriteString("after", property.After);
        });
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
