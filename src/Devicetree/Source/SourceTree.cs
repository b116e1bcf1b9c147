using System.Text;
using Devicetree.Diagnostics;
using Devicetree.Overlays;

namespace Devicetree.Source;

/// <summary>The tree while the source is compiled: what has been merged so far, and where its labels are.</summary>
internal sealed class SourceTree(bool isPlugin, ValueBudget budget)
{
    /// <summary>Where each label is; at the ends of the lists also where it was.</summary>
    private readonly Dictionary<string, List<(SourceNode Node, SourceLabel Label)>> _byLabel = new(StringComparer.Ordinal);

    private int _fragments;

    /// <summary>Null until the first body.</summary>
    public SourceNode? Root { get; private set; }

    /// <summary>True for a source with <c>/plugin/</c>: an overlay, whose references may lead to another tree.</summary>
    public bool IsPlugin { get; } = isPlugin;

    public ValueBudget Budget { get; } = budget;

    public List<MemoryReservation> Reservations { get; } = [];

    public IEnumerable<SourceNode> Nodes => Root?.LiveSelfAndDescendants() ?? [];

    /// <summary>The node that a reference names: a label, or a path that starts with a slash.</summary>
    public SourceNode? Find(string reference) => reference.StartsWith('/') ? FindByPath(reference) : FindByLabel(reference);

    /// <summary>Adds the body of a root: the first one becomes it, later ones are merged into it.</summary>
    public void AddRoot(SourceNode body)
    {
        if (Root is null)
        {
            Root = body;
            Register(body);
        }
        else
        {
            Merge(Root, body);
        }
    }

    /// <summary>Adds a body for a node of another tree: the next <c>fragment@N</c> of an overlay (reference 1.8).</summary>
    public void AddFragment(string reference, SourceNode body, SourceSpan span)
    {
        var target = new SourceValue(Budget);
        bool isPath = reference.StartsWith('/');
        if (isPath)
        {
            target.Add(Encoding.ASCII.GetBytes(reference + "\0"));
        }
        else
        {
            target.AddMarker(MarkerKind.PhandleReference, reference, span);
            target.AddNumber(uint.MaxValue, 32);
        }
        var fragment = new SourceNode($"{OverlayNames.FragmentPrefix}{_fragments++}", body.Span);
        fragment.Properties.Add(new(isPath ? OverlayNames.TargetPath : OverlayNames.Target, target, span));
        fragment.AddChild(body);
        if (Root is null)
            AddRoot(new SourceNode("", body.Span));
        Root!.AddChild(fragment);
        Register(fragment);
    }

    public void AddLabel(SourceNode node, SourceLabel label)
    {
        NoteLabel(node, node.Labels.Add(label));
    }

    /// <summary>Merges a body into a node: <paramref name="body"/> is used up (reference 1.7).</summary>
    public void Merge(SourceNode node, SourceNode body)
    {
        node.Deleted = false;
        foreach (SourceLabel label in body.Labels.All)
            AddLabel(node, label);
        foreach (SourceProperty property in body.Properties.All)
            MergeProperty(node, property);
        foreach (SourceNode child in body.Children.All)
        {
            bool known = node.Children.TryGetFirst(child.Name, out SourceNode? same);
            if (child.Deleted)
            {
                same?.Delete();
            }
            else if (known)
            {
                Merge(same!, child);
            }
            else
            {
                // The links of the body's list must not lead into it from the new one.
                child.NextSameName = null;
                node.AddChild(child);
                Register(child);
            }
        }
    }

    private static void MergeProperty(SourceNode node, SourceProperty property)
    {
        bool known = node.Properties.TryGetFirst(property.Name, out SourceProperty? same);
        if (property.Deleted)
        {
            same?.Delete();
        }
        else if (known)
        {
            foreach (SourceLabel label in property.Labels.All)
                same!.Labels.Add(label);
            same!.Value = property.Value;
            same.Span = property.Span;
            same.Deleted = false;
        }
        else
        {
            property.NextSameName = null;
            node.Properties.Add(property);
        }
    }

    private void Register(SourceNode added)
    {
        foreach (SourceNode node in added.LiveSelfAndDescendants())
        {
            foreach (SourceLabel label in node.Labels.All)
                NoteLabel(node, label);
        }
    }

    private void NoteLabel(SourceNode node, SourceLabel label)
    {
        if (!_byLabel.TryGetValue(label.Name, out List<(SourceNode, SourceLabel)>? places))
            _byLabel.Add(label.Name, places = []);
        places.Add((node, label));
    }

    private SourceNode? FindByLabel(string label)
    {
        if (!_byLabel.TryGetValue(label, out List<(SourceNode Node, SourceLabel Label)>? places))
            return null;
        // A deleted label comes back only by being noted again, so a deleted one at the end can be forgotten.
        while (places.Count > 0 && places[^1].Label.Deleted)
            places.RemoveAt(places.Count - 1);
        return places.Count > 0 ? places[^1].Node : null;
    }

    private SourceNode? FindByPath(ReadOnlySpan<char> path)
    {
        SourceNode? node = Root is { Deleted: false } ? Root : null;
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> component = path[range];
            if (!component.IsEmpty)
                node = node?.Children.FindLive(component);
        }
        return node;
    }
}
