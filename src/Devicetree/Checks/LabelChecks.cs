using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Labels: each at one place only, of nodes, properties and values together.</summary>
internal static class LabelChecks
{
    /// <summary>
    /// A place where a label can stand: a node, a property of it, or (by the marker's position) the property's value.
    /// </summary>
    private readonly record struct Place(LiveNode Node, LiveProperty? Property, int Marker, SourceSpan Span)
    {
        public bool IsSame(Place other) => Node == other.Node && Property == other.Property && Marker == other.Marker;

        public PlaceText Text => new(Node, Property, Marker >= 0);
    }

    private sealed record PlaceText(LiveNode Node, LiveProperty? Property, bool IsValue)
    {
        public override string ToString() =>
            $"{(IsValue ? "value of " : "")}{(Property is null ? "" : $"'{Property.Name}' in ")}{Node.Path}";
    }

    public static void DuplicateLabels(CheckContext c)
    {
        // Nodes come first whatever the order, then properties, then values: that place counts as the label's own.
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        bool unique = true;
        for (int i = 0; i < c.Index.Count; i++)
            unique &= AddAll(places, c.Index[i].Node.Labels, c.Index[i].Node, null);
        foreach (int i in c.Index.WithLabels)
            unique &= AddAll(places, c.Index.Property(i).Labels, NodeOf(c, i), c.Index.Property(i));
        foreach (int i in c.Index.WithLabels)
        {
            ArraySegment<Marker> markers = c.Index.Property(i).Value.Markers;
            for (int m = 0; m < markers.Count; m++)
            {
                if (markers[m].Kind == MarkerKind.Label)
                    unique &= places.TryAdd(markers[m].Target, new(NodeOf(c, i), c.Index.Property(i), m, markers[m].Span));
            }
        }
        if (!unique)
            FindDuplicates(c, places);
    }

    private static void FindDuplicates(CheckContext c, Dictionary<string, Place> places)
    {
        int next = 0;
        List<int> labelled = c.Index.WithLabels;
        for (int i = 0; i < c.Index.Count; i++)
        {
            LiveNode node = c.Index[i].Node;
            FindDuplicates(c, places, node.Labels, node, null);
            for (; next < labelled.Count && c.Index.Owner(labelled[next]) == i; next++)
            {
                LiveProperty property = c.Index.Property(labelled[next]);
                FindDuplicates(c, places, property.Labels, node, property);
                ArraySegment<Marker> markers = property.Value.Markers;
                for (int m = 0; m < markers.Count; m++)
                {
                    if (markers[m].Kind == MarkerKind.Label)
                        Find(c, places, markers[m].Target, new(node, property, m, markers[m].Span));
                }
            }
        }
    }

    private static void FindDuplicates(CheckContext c, Dictionary<string, Place> places, LabelList labels, LiveNode node,
        LiveProperty? property)
    {
        foreach (Label label in labels.All)
        {
            if (!label.Deleted)
                Find(c, places, label.Name, new(node, property, -1, label.Span));
        }
    }

    private static void Find(CheckContext c, Dictionary<string, Place> places, string label, Place place)
    {
        Place first = places[label];
        if (!first.IsSame(place))
        {
            c.FailAt(place.Node, null, place.Span, new(first.Span, "first used here"), NameFaults.DuplicateLabel,
                label, place.Text, first.Text);
        }
    }

    private static bool AddAll(Dictionary<string, Place> places, LabelList labels, LiveNode node, LiveProperty? property)
    {
        bool unique = true;
        LabelList all = labels.All;
        for (int i = 0; i < all.Count; i++)
        {
            if (!all[i].Deleted)
                unique &= places.TryAdd(all[i].Name, new(node, property, -1, all[i].Span));
        }
        return unique;
    }

    private static LiveNode NodeOf(CheckContext c, int property) => c.Index[c.Index.Owner(property)].Node;
}
