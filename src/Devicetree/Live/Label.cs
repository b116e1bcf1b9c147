using Devicetree.Diagnostics;

namespace Devicetree.Live;

/// <summary>A label. Like everything else in a live tree it is only marked when it is deleted.</summary>
public sealed class Label : INamed
{
    internal Label(string name, SourceSpan span)
    {
        Name = name;
        Span = span;
    }

    /// <summary>The name without the colon.</summary>
    public string Name { get; }

    /// <summary>Where it is written.</summary>
    public SourceSpan Span { get; }

    /// <summary>True after a deletion, until the same label is set again.</summary>
    public bool Deleted { get; internal set; }
}

/// <summary>The labels of a node or a property, in dtc's order, which becomes the order of symbols: the newest first.</summary>
public sealed class LabelList
{
    private NamedList<Label>? _labels;

    internal LabelList()
    {
    }

    /// <summary>The labels, deleted ones too.</summary>
    public IReadOnlyList<Label> All => _labels ?? (IReadOnlyList<Label>)[];

    /// <summary>The labels that are not deleted.</summary>
    public IEnumerable<Label> Live => All.Where(label => !label.Deleted);

    /// <summary>Adds a label before the others, or revives it where it is.</summary>
    /// <returns>The label as it is in this list.</returns>
    internal Label Add(Label added)
    {
        _labels ??= new NamedList<Label>();
        if (_labels.Find(added.Name) is Label known)
        {
            known.Deleted = false;
            return known;
        }
        _labels.TryAddFirst(added);
        return added;
    }

    internal void DeleteAll()
    {
        foreach (Label label in All)
            label.Deleted = true;
    }
}
