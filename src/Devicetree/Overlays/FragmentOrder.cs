namespace Devicetree.Overlays;

/// <summary>
/// The fragments of an overlay that another one is applied to, in the order in which they will be applied. What is written into
/// one of them takes effect before all that come after it.
/// </summary>
internal sealed class FragmentOrder
{
    private readonly Tree _tree;
    private readonly Dictionary<Node, int> _order = [];

    /// <summary>The last fragment that sets a property of a name, on whatever node.</summary>
    private readonly Dictionary<string, int> _lastSetter = new(StringComparer.Ordinal);

    private int _number;

    /// <param name="tree">The overlay that is applied to.</param>
    public FragmentOrder(Tree tree)
    {
        _tree = tree;
        foreach ((Node fragment, Node body) in OverlayTargets.FragmentsOf(tree))
        {
            _order.Add(fragment, _order.Count);
            Note(body, _order.Count - 1);
        }
    }

    /// <summary>
    /// Whether a body can be merged into a node that a fragment brings: later fragments must not set the properties that it sets,
    /// as they could do that on the same node. When it can, it is noted as a part of that fragment.
    /// </summary>
    public bool TryJoin(Node? target, Node body)
    {
        Node? fragment = target;
        while (fragment?.Parent?.Parent is not null)
            fragment = fragment.Parent;
        if (fragment is null || !_order.TryGetValue(fragment, out int order))
            return false;
        if (PropertiesOf(body).Any(name => _lastSetter.GetValueOrDefault(name, -1) > order))
            return false;
        Note(body, order);
        return true;
    }

    /// <summary>Adds a fragment after the others, with a name that is free.</summary>
    /// <param name="body">What will be its body.</param>
    public Node Add(Node body)
    {
        while (_tree.Root.Child($"{OverlayNames.FragmentPrefix}{_number}") is not null)
            _number++;
        Node added = _tree.Root.AddChild($"{OverlayNames.FragmentPrefix}{_number}");
        _order.Add(added, _order.Count);
        Note(body, _order.Count - 1);
        return added;
    }

    private void Note(Node body, int order)
    {
        foreach (string name in PropertiesOf(body))
            _lastSetter[name] = Math.Max(order, _lastSetter.GetValueOrDefault(name, -1));
    }

    /// <summary>Phandles say which node is meant, and do not override each other.</summary>
    private static IEnumerable<string> PropertiesOf(Node body) => body.SelfAndDescendants().SelectMany(node => node.Properties)
        .Select(property => property.Name).Where(name => name is not (PropertyNames.Phandle or PropertyNames.LegacyPhandle));
}
