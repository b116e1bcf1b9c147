using System.Text.Json;
using Devicetree.Comparison;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Verbs.Diff;

/// <summary>
/// Prints differences as one JSON object: <c>old</c> and <c>new</c> (the files), <c>same</c>, and <c>differences</c>, each with
/// <c>kind</c>, <c>path</c>, <c>newPath</c>, <c>property</c>, <c>old</c> and <c>new</c> (source text of the values), null where
/// there is nothing.
/// </summary>
internal static class DiffJson
{
    public static void Write(TextWriter output, TreeComparison comparison, string oldName, string newName)
    {
        var written = new JsonOutput(output);
        Utf8JsonWriter json = written.Json;
        json.WriteStartObject();
        json.WriteString("old", oldName);
        json.WriteString("new", newName);
        json.WriteBoolean("same", comparison.Differences.Count == 0);
        json.WriteStartArray("differences");
        foreach (TreeDifference difference in comparison.Differences)
        {
            json.WriteStartObject();
            json.WriteString("kind", WordOf(difference.Kind));
            json.WriteString("path", difference.Kind == DifferenceKind.NodeAdded ? null : difference.Old?.Path);
            json.WriteString("newPath", difference.Kind == DifferenceKind.NodeRemoved ? null : difference.New?.Path);
            json.WriteString("property", (difference.OldProperty ?? difference.NewProperty)?.Name);
            json.WriteString("old", difference.OldText);
            json.WriteString("new", difference.NewText);
            json.WriteEndObject();
            written.Pass();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        written.End();
    }

    private static string WordOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.NodeRemoved => "node-removed",
        DifferenceKind.NodeAdded => "node-added",
        DifferenceKind.NodeMoved => "node-moved",
        DifferenceKind.PropertyRemoved => "property-removed",
        DifferenceKind.PropertyAdded => "property-added",
        DifferenceKind.PropertyChanged => "property-changed",
        DifferenceKind.PropertiesReordered => "properties-reordered",
        DifferenceKind.ChildrenReordered => "children-reordered",
        DifferenceKind.ReservationRemoved => "reservation-removed",
        DifferenceKind.ReservationAdded => "reservation-added",
        DifferenceKind.ReservationsReordered => "reservations-reordered",
        DifferenceKind.BootCpuChanged => "boot-cpu-changed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such difference."),
    };
}
