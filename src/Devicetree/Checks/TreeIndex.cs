using Devicetree.Live;
using Devicetree.Typing;

namespace Devicetree.Checks;

/// <summary>
/// The live nodes and properties of a tree as arrays, a node before its children. A check that is about one property goes through
/// the nodes that have it instead of asking every node, so all checks together cost little more than one walk.
/// </summary>
internal sealed class TreeIndex : IDisposable
{
    private const string SpiPrefix = "spi-";
    private const int FirstSize = 256;

    /// <summary>Properties of the largest tree whose arrays are kept: more than any board has, and about 2 MiB.</summary>
    private const int LargestKept = 64 * 1024;

    /// <summary>Above, looking a property up is quicker than looking for it.</summary>
    private const int Wide = 64;

    // The arrays of the tree before, for the next one on this thread. The shared pools of the base library do the same for many
    // threads, but their first use costs a short run of the compiler more than all checks.
    [ThreadStatic]
    private static Arrays? _spare;

    private NodeState[] _nodes;
    private LiveProperty[] _properties;
    private PropertyState[] _states;
    private readonly int[] _first = new int[(int)KnownProperty.Count];
    private readonly int[] _last = new int[(int)KnownProperty.Count];

    private struct PropertyState
    {
        public int Owner;

        /// <summary>The next property of the same known name in another node, -1 at the end.</summary>
        public int NextOfKind;

        public KnownProperty Kind;
    }

    private sealed record Arrays(NodeState[] Nodes, LiveProperty[] Properties, PropertyState[] States);

    public TreeIndex(LiveTree tree)
    {
        Arrays arrays = _spare ?? new(
            new NodeState[FirstSize], new LiveProperty[4 * FirstSize], new PropertyState[4 * FirstSize]);
        _spare = null;
        (_nodes, _properties, _states) = (arrays.Nodes, arrays.Properties, arrays.States);
        Build(tree);
    }

    /// <summary>The number of live nodes; the first one is the root.</summary>
    public int Count { get; private set; }

    public int PropertyCount { get; private set; }

    /// <summary>Properties whose values hold phandle references, path references and labels.</summary>
    public List<int> WithPhandles { get; } = [];

    public List<int> WithPaths { get; } = [];

    public List<int> WithLabels { get; } = [];

    /// <summary>Properties whose names end in <c>-names</c>.</summary>
    public List<int> NameLists { get; } = [];

    /// <summary>Properties whose names say that they hold GPIOs.</summary>
    public List<int> Gpios { get; } = [];

    public ref NodeState this[int node] => ref _nodes[node];

    public LiveProperty Property(int property) => _properties[property];

    public KnownProperty Kind(int property) => _states[property].Kind;

    /// <summary>The node that a property belongs to.</summary>
    public int Owner(int property) => _states[property].Owner;

    /// <summary>The first property of a name, -1 when no node has one. Only the first one in a node counts.</summary>
    public int First(KnownProperty kind) => _first[(int)kind];

    public int Next(int property) => _states[property].NextOfKind;

    /// <summary>The property of a node; null when it has none of that name.</summary>
    public LiveProperty? Find(int node, KnownProperty kind)
    {
        ref NodeState state = ref _nodes[node];
        if (!state.Has(kind))
            return null;
        if (state.PropertyEnd - state.FirstProperty > Wide)
            return state.Node.Properties.FindLive(KnownProperties.NameOf(kind));
        for (int i = state.FirstProperty; i < state.PropertyEnd; i++)
        {
            if (_states[i].Kind == kind)
                return _properties[i].Deleted ? null : _properties[i];
        }
        return null;
    }

    /// <summary>Reads the tree again after nodes were deleted. What checks had written into the states is gone.</summary>
    public void Build(LiveTree tree)
    {
        Clear();
        if (tree.Root is null)
            return;
        AddNode(tree.Root, -1);
        // Pre-order without recursion: the deepest open node is the current one, and each remembers which child comes next.
        var open = new Stack<(int Node, int NextChild)>();
        open.Push((0, 0));
        while (open.TryPop(out (int Node, int NextChild) at))
        {
            SlotList<LiveNode> children = _nodes[at.Node].Node.Children.All;
            int child = at.NextChild;
            while (child < children.Count && children[child].Deleted)
                child++;
            if (child == children.Count)
                continue;
            open.Push((at.Node, child + 1));
            open.Push((AddNode(children[child], at.Node), 0));
        }
    }

    public void Dispose()
    {
        Clear();
        if (_nodes.Length == 0)
            return;
        if (_properties.Length <= LargestKept)
            _spare = new(_nodes, _properties, _states);
        _nodes = [];
        _properties = [];
        _states = [];
    }

    private void Clear()
    {
        Array.Clear(_nodes, 0, Count);
        Array.Clear(_properties, 0, PropertyCount);
        Count = 0;
        PropertyCount = 0;
        Array.Fill(_first, -1);
        Array.Fill(_last, -1);
        WithPhandles.Clear();
        WithPaths.Clear();
        WithLabels.Clear();
        NameLists.Clear();
        Gpios.Clear();
    }

    private int AddNode(LiveNode node, int parent)
    {
        if (Count == _nodes.Length)
            Grow(ref _nodes);
        int index = Count++;
        node.Ordinal = index;
        int at = node.Name.IndexOf('@');
        ref NodeState state = ref _nodes[index];
        state = new()
        {
            Node = node,
            Parent = parent,
            FirstChild = -1,
            LastChild = -1,
            NextSibling = -1,
            FirstProperty = PropertyCount,
            BaseLength = at < 0 ? node.Name.Length : at,
        };
        if (parent >= 0)
            Link(index, parent);
        SlotList<LiveProperty> properties = node.Properties.All;
        for (int i = 0; i < properties.Count; i++)
        {
            if (!properties[i].Deleted)
                AddProperty(properties[i], index, ref state);
        }
        state.PropertyEnd = PropertyCount;
        return index;
    }

    private void Link(int child, int parent)
    {
        ref NodeState state = ref _nodes[parent];
        if (state.LastChild < 0)
            state.FirstChild = child;
        else
            _nodes[state.LastChild].NextSibling = child;
        state.LastChild = child;
        state.HasOverlayBody |= _nodes[child].Node.Name == OverlayNames.Body;
    }

    private void AddProperty(LiveProperty property, int owner, ref NodeState node)
    {
        if (PropertyCount == _properties.Length)
            Grow(ref _properties);
        if (PropertyCount == _states.Length)
            Grow(ref _states);
        int index = PropertyCount++;
        _properties[index] = property;
        KnownProperty kind = KnownProperties.Find(property.Name);
        if (kind != KnownProperty.Other && node.Has(kind))
            kind = KnownProperty.Other; // a second one of the name: look-ups find the first
        _states[index] = new() { Owner = owner, NextOfKind = -1, Kind = kind };
        if (kind != KnownProperty.Other)
        {
            node.Present |= 1UL << (int)kind;
            if (_last[(int)kind] < 0)
                _first[(int)kind] = index;
            else
                _states[_last[(int)kind]].NextOfKind = index;
            _last[(int)kind] = index;
        }
        Classify(property, index, ref node);
    }

    private void Classify(LiveProperty property, int index, ref NodeState node)
    {
        string name = property.Name;
        if (name.EndsWith(PropertyTypeTable.NamesSuffix, StringComparison.Ordinal))
            NameLists.Add(index);
        if (GpioChecks.IsGpio(name))
            Gpios.Add(index);
        node.HasSpiProperty |= name.StartsWith(SpiPrefix, StringComparison.Ordinal);

        bool phandles = false, paths = false, labels = property.Labels.All.Count > 0;
        ArraySegment<Marker> markers = property.Value.Markers;
        for (int i = 0; i < markers.Count; i++)
        {
            MarkerKind kind = markers[i].Kind;
            phandles |= kind == MarkerKind.PhandleReference;
            paths |= kind == MarkerKind.PathReference;
            labels |= kind == MarkerKind.Label;
        }
        if (phandles)
            WithPhandles.Add(index);
        if (paths)
            WithPaths.Add(index);
        if (labels)
            WithLabels.Add(index);
    }

    private static void Grow<T>(ref T[] array)
    {
        var larger = new T[2 * array.Length];
        array.CopyTo(larger, 0);
        array = larger;
    }
}
