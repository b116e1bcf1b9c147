using Devicetree.Diagnostics;

namespace Devicetree.Source;

/// <summary>A label. Like everything else it is only marked when it is deleted.</summary>
internal sealed class SourceLabel(string name, SourceSpan span) : INamed
{
    public string Name { get; } = name;

    public SourceSpan Span { get; } = span;

    public bool Deleted { get; set; }
}

/// <summary>The labels of a node or a property, in dtc's order, which becomes the order of symbols: the newest first.</summary>
internal sealed class LabelList
{
    private readonly NamedList<SourceLabel> _labels = new();

    /// <summary>The labels, deleted ones too.</summary>
    public IReadOnlyList<SourceLabel> All => _labels;

    public IEnumerable<SourceLabel> Live => _labels.Where(label => !label.Deleted);

    /// <summary>Adds a label before the others, or revives it where it is.</summary>
    /// <returns>The label as it is in this list.</returns>
    public SourceLabel Add(SourceLabel added)
    {
        if (_labels.Find(added.Name) is SourceLabel known)
        {
            known.Deleted = false;
            return known;
        }
        _labels.TryAddFirst(added);
        return added;
    }

    public void DeleteAll()
    {
        foreach (SourceLabel label in _labels)
            label.Deleted = true;
    }
}

/// <summary>A property while the source is compiled.</summary>
internal sealed class SourceProperty(string name, SourceValue value, SourceSpan span) : Slot<SourceProperty>(name)
{
    public LabelList Labels { get; } = new();

    public SourceValue Value { get; set; } = value;

    /// <summary>Where it was set last.</summary>
    public SourceSpan Span { get; set; } = span;

    public void Delete()
    {
        Deleted = true;
        Labels.DeleteAll();
    }
}

/// <summary>A property of a node for a diagnostic.</summary>
internal sealed record PropertyPlace(SourceNode Node, SourceProperty Property)
{
    public override string ToString() => $"{Node}:{Property.Name}";
}

/// <summary>A node while the source is compiled.</summary>
internal sealed class SourceNode(string name, SourceSpan span) : Slot<SourceNode>(name)
{
    public SourceNode? Parent { get; private set; }

    /// <summary>Where it was first defined.</summary>
    public SourceSpan Span { get; } = span;

    public LabelList Labels { get; } = new();

    public SlotList<SourceProperty> Properties { get; } = new();

    public SlotList<SourceNode> Children { get; } = new();

    /// <summary>Set by <c>/omit-if-no-ref/</c>.</summary>
    public bool OmitIfUnreferenced { get; set; }

    public bool IsReferenced { get; set; }

    /// <summary>The phandle, 0 while there is none.</summary>
    public uint Phandle { get; set; }

    public string Path
    {
        get
        {
            var names = new Stack<string>();
            for (SourceNode node = this; node.Parent is not null; node = node.Parent)
                names.Push(node.Name);
            return "/" + string.Join('/', names);
        }
    }

    public void AddChild(SourceNode child)
    {
        child.Parent = this;
        Children.Add(child);
    }

    /// <summary>This node and all live ones below it, a node before its children. What is deleted meanwhile is left out.</summary>
    public IEnumerable<SourceNode> LiveSelfAndDescendants()
    {
        var pending = new Stack<SourceNode>([this]);
        while (pending.TryPop(out SourceNode? node))
        {
            if (node.Deleted)
                continue;
            yield return node;
            for (int i = node.Children.All.Count - 1; i >= 0; i--)
                pending.Push(node.Children.All[i]);
        }
    }

    /// <summary>The path, worked out only when a diagnostic is really kept.</summary>
    public override string ToString() => Path;

    /// <summary>Deletes the node with all that is in it. Its place stays, for a node of the same name that may follow.</summary>
    public void Delete()
    {
        foreach (SourceNode node in LiveSelfAndDescendants().ToList())
        {
            node.Deleted = true;
            node.Labels.DeleteAll();
            foreach (SourceProperty property in node.Properties.Live)
                property.Delete();
        }
    }
}
