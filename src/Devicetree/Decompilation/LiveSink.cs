using Devicetree.Flattened;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>Makes a live tree, which holds whatever a blob does.</summary>
/// <param name="tree">The tree.</param>
/// <param name="noticesTwins">Whether names that stand twice are looked for.</param>
internal sealed class LiveSink(LiveTree tree, bool noticesTwins) : IStructureSink
{
    private LiveNode? _node;

    public LiveNode? Root { get; private set; }

    public object? Node => _node;

    public bool HasChildren => _node!.Children.Count > 0;

    public bool Begin(string name)
    {
        var node = new LiveNode(name, default);
        bool isNew = true;
        if (_node is null)
        {
            Root = node;
        }
        else
        {
            isNew = !noticesTwins || !_node.Children.TryGetFirst(name, out _);
            _node.AddChild(node);
        }
        _node = node;
        return isNew;
    }

    public bool Add(string name, ReadOnlyMemory<byte> value)
    {
        bool isNew = !noticesTwins || !_node!.Properties.TryGetFirst(name, out _);
        _node!.Properties.Add(new LiveProperty(name, new LiveValue(tree.Budget, value), default));
        return isNew;
    }

    public void End() => _node = _node!.Parent;
}
