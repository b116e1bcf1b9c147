namespace Devicetree.Flattened;

/// <summary>Makes a plain tree, which holds no name twice.</summary>
internal sealed class TreeSink(Tree tree) : IStructureSink
{
    private Node? _node;

    public object? Node => _node;

    public bool HasChildren => _node!.Children.Count > 0;

    public bool Begin(string name)
    {
        if (_node is null)
            _node = tree.Root;
        else if (_node.TryAddChild(name) is Node child)
            _node = child;
        else
            return false;
        return true;
    }

    public bool Add(string name, ReadOnlyMemory<byte> value) => _node!.TryAddProperty(name, value);

    public void End() => _node = _node!.Parent;
}
