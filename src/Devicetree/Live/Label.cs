using System.Collections;
using Devicetree.Text.Sources;

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

    /// <summary>The node that a tree has noted it for; null for labels of properties and reservations.</summary>
    internal LiveNode? Node { get; set; }

    /// <summary>The label of the same name that the tree noted before.</summary>
    internal Label? Older { get; set; }

    /// <summary>The label of the same name that the tree noted next.</summary>
    internal Label? Newer { get; set; }
}

/// <summary>The labels of a node or a property, in dtc's order, which becomes the order of symbols: the newest first.</summary>
internal sealed class LabelList : IReadOnlyList<Label>
{
    /// <summary>The usual case: there is no more than one.</summary>
    private Label? _only;

    private NamedList<Label>? _several;

    internal LabelList()
    {
    }

    /// <inheritdoc/>
    public int Count => _several?.Count ?? (_only is null ? 0 : 1);

    /// <inheritdoc/>
    public Label this[int index] =>
        _several is not null ? _several[index] : index == 0 && _only is not null
        ? _only : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The labels, deleted ones too.</summary>
    public LabelList All => this;

    /// <summary>The labels that are not deleted.</summary>
    public IEnumerable<Label> Live => this.Where(label => !label.Deleted);

    /// <inheritdoc/>
    public IEnumerator<Label> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a label before the others, or revives it where it is.</summary>
    /// <returns>The label as it is in this list.</returns>
    internal Label Add(Label added)
    {
        Label? known = _several is not null ? _several.Find(added.Name) : _only?.Name == added.Name ? _only : null;
        if (known is not null)
        {
            known.Deleted = false;
            return known;
        }
        if (_only is null)
        {
            _only = added;
            return added;
        }
        if (_several is null)
        {
            _several = new NamedList<Label>();
            _several.TryAddFirst(_only);
        }
        _several.TryAddFirst(added);
        return added;
    }

    internal void DeleteAll()
    {
        for (int i = 0; i < Count; i++)
            this[i].Deleted = true;
    }
}
