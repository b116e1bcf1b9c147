using System.Globalization;

namespace Devicetree.Overlays;

/// <summary>
/// Writes an overlay: fragments in the order they are asked for, and the fixups that let it be applied to a base whose phandles
/// it does not know.
/// </summary>
public sealed class OverlayBuilder
{
    private readonly Tree _tree = new();
    private readonly List<Reference> _references = [];
    private readonly Dictionary<string, Node> _symbols = new(StringComparer.Ordinal);
    private readonly bool _emptyFixups;
    private int _fragments;
    private uint _phandles;

    /// <summary>An overlay without fragments.</summary>
    /// <param name="emptyFixups">Whether <c>__fixups__</c> and <c>__local_fixups__</c> are written even if they stay
    /// empty.</param>
    public OverlayBuilder(bool emptyFixups = false) => _emptyFixups = emptyFixups;

    /// <summary>Begins the next <c>fragment@N</c>, for the node at a path of the base.</summary>
    /// <returns>Its <c>__overlay__</c> node, whose properties and children will be merged into the target.</returns>
    /// <exception cref="ArgumentException">The path is empty or holds a NUL.</exception>
    public Node Fragment(string targetPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(targetPath);
        return NextFragment(fragment => fragment.SetString(OverlayNames.TargetPath, targetPath));
    }

    /// <summary>Begins the next <c>fragment@N</c>, for the node of the base that has a phandle.</summary>
    /// <returns>Its <c>__overlay__</c> node.</returns>
    /// <exception cref="ArgumentOutOfRangeException">0 and 0xffffffff are no phandles.</exception>
    public Node Fragment(uint targetPhandle)
    {
        ArgumentOutOfRangeException.ThrowIfZero(targetPhandle);
        ArgumentOutOfRangeException.ThrowIfEqual(targetPhandle, uint.MaxValue);
        return NextFragment(fragment => fragment.SetCells(OverlayNames.Target, targetPhandle));
    }

    /// <summary>Begins the next <c>fragment@N</c>, for the node of the base that has a label.</summary>
    /// <returns>Its <c>__overlay__</c> node.</returns>
    public Node FragmentForLabel(string label) =>
        NextFragment(fragment =>
        {
            fragment.SetCells(OverlayNames.Target, OverlayNames.Unresolved);
            AddLabelReference(fragment, OverlayNames.Target, 0, label);
        });

    /// <summary>
    /// The phandle of a node of this overlay, given to it when it has none. To be written into cells of the overlay, each of
    /// which must be told to <see cref="AddLocalReference"/>: the number changes when the overlay is applied.
    /// </summary>
    public uint PhandleOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Phandle is uint existing)
            return existing;
        _phandles = Math.Max(_phandles, _tree.HighestPhandle) + 1;
        node.SetCells(PropertyNames.Phandle, _phandles);
        return _phandles;
    }

    /// <summary>Says that a cell holds the phandle of a node of this overlay.</summary>
    /// <param name="node">The node that has the property.</param>
    /// <param name="property">The property; it need not exist before <see cref="Build"/>.</param>
    /// <param name="offset">Where in its value the cell is, in bytes.</param>
    public void AddLocalReference(Node node, string property, int offset) => AddReference(node, property, offset, null);

    /// <summary>Says that a cell is to hold the phandle of the node that has a label in the base.</summary>
    /// <param name="node">The node that has the property.</param>
    /// <param name="property">The property; it need not exist before <see cref="Build"/>.</param>
    /// <param name="offset">Where in its value the cell is, in bytes.</param>
    /// <param name="label">The label.</param>
    public void AddLabelReference(Node node, string property, int offset, string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        AddReference(node, property, offset, label);
    }

    /// <summary>Gives a node of this overlay a label, which the base will have after the overlay is applied.</summary>
    public void AddSymbol(string label, Node node)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(node);
        _symbols[label] = node;
    }

    /// <summary>
    /// The overlay as it is now. The builder and the nodes it gave out can go on being used; the result does not change.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A reference was announced for a cell that does not exist or for a node that is not part of this overlay.
    /// </exception>
    public Tree Build()
    {
        Tree result = _tree.Clone();
        foreach ((string label, Node node) in _symbols)
            result.Root.GetOrAddChild(OverlayNames.Symbols).SetString(label, PathOf(node));
        var places = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (_emptyFixups || _references.Exists(reference => reference.Label is not null))
            result.Root.GetOrAddChild(OverlayNames.Fixups);
        if (_emptyFixups || _references.Exists(reference => reference.Label is null))
            result.Root.GetOrAddChild(OverlayNames.LocalFixups);
        foreach (Reference reference in _references)
            Record(reference, result, places);
        foreach ((string label, List<string> list) in places)
            result.Root.GetOrAddChild(OverlayNames.Fixups).SetString(label, [.. list]);
        return result;
    }

    private void Record(Reference reference, Tree result, Dictionary<string, List<string>> places)
    {
        string path = PathOf(reference.Node);
        if (reference.Node.Property(reference.Property) is not Property property
            || property.Value.Length - sizeof(uint) < reference.Offset)
        {
            throw new InvalidOperationException(
                $"{path}:{reference.Property} has no cell at offset {reference.Offset} for a reference.");
        }
        if (reference.Label is string label)
        {
            if (!places.TryGetValue(label, out List<string>? list))
                places.Add(label, list = []);
            list.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{reference.Property}:{reference.Offset}"));
            return;
        }
        Node mirror = result.Root.GetOrAddChild(OverlayNames.LocalFixups);
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            mirror = mirror.GetOrAddChild(name);
        uint[] known = mirror.Property(reference.Property) is Property listed && listed.TryGetCells(out uint[]? cells)
            ? cells : [];
        mirror.SetCells(reference.Property, [.. known, (uint)reference.Offset]);
    }

    private Node NextFragment(Action<Node> setTarget)
    {
        Node fragment = _tree.Root.AddChild(OverlayNames.FragmentPrefix + _fragments.ToString(CultureInfo.InvariantCulture));
        _fragments++;
        setTarget(fragment);
        return fragment.AddChild(OverlayNames.Body);
    }

    private void AddReference(Node node, string property, int offset, string? label)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentException.ThrowIfNullOrEmpty(property);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _references.Add(new(node, property, offset, label));
    }

    private string PathOf(Node node)
    {
        string path = node.Path;
        return ReferenceEquals(_tree.Find(path), node) ? path
            : throw new InvalidOperationException($"{path} is not part of this overlay.");
    }

    /// <summary>A cell that refers to a label of the base or, without one, to a node of this overlay.</summary>
    private sealed record Reference(Node Node, string Property, int Offset, string? Label);
}
