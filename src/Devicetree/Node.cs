using System.Buffers.Binary;
using System.Text;

namespace Devicetree;

/// <summary>
/// A node of a devicetree: a name, properties and children, both in order. Names are unique among the properties and among the
/// children of a node (a property and a child may share one).
/// </summary>
public sealed class Node : INamed
{
    private readonly NamedList<Node> _children = new();
    private readonly NamedList<Property> _properties = new();

    /// <summary>
    /// For a base name, its first child in order: what a path component without unit address finds in libfdt.
    /// Built when first asked for, null again after a removal.
    /// </summary>
    private Dictionary<string, Node>? _firstByBaseName;

    internal Node(string name, Node? parent)
    {
        Name = name;
        Parent = parent;
    }

    /// <summary>The full name with unit address; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The name without unit address.</summary>
    public string BaseName => NameRules.BaseOf(Name).ToString();

    /// <summary>What follows the <c>@</c> of the name; null when there is none.</summary>
    public string? UnitAddress => Name.IndexOf('@', StringComparison.Ordinal) is int at and >= 0 ? Name[(at + 1)..] : null;

    /// <summary>The node that holds this one; null for a root and after removal.</summary>
    public Node? Parent { get; private set; }

    /// <summary>The full path, <c>/</c> for the root.</summary>
    public string Path
    {
        get
        {
            if (Parent is null)
                return "/" + Name;
            var names = new Stack<string>();
            for (Node node = this; node.Parent is not null; node = node.Parent)
                names.Push(node.Name);
            return "/" + string.Join('/', names);
        }
    }

    /// <summary>The children in order.</summary>
    public IReadOnlyList<Node> Children => _children;

    /// <summary>The properties in order.</summary>
    public IReadOnlyList<Property> Properties => _properties;

    /// <summary>
    /// The phandle: the value of <c>phandle</c>, else of <c>linux,phandle</c>. Null when there is none or its value is not one
    /// cell between 1 and 0xfffffffe.
    /// </summary>
    public uint? Phandle => PhandleOf(Property(PropertyNames.Phandle)) ?? PhandleOf(Property(PropertyNames.LegacyPhandle));

    /// <summary>The property of that name, null when absent.</summary>
    public Property? Property(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _properties.Find(name);
    }

    /// <summary>The child of exactly that name (with unit address, if it has one), null when absent.</summary>
    public Node? Child(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _children.Find(name);
    }

    /// <summary>Adds a child after the others.</summary>
    /// <exception cref="ArgumentException">
    /// The name is taken, empty, has a character other than <c>A-Z a-z 0-9 , . _ + - @</c> or more than one <c>@</c>.
    /// </exception>
    public Node AddChild(string name) =>
        TryAddChild(name) ?? throw new ArgumentException($"{Path} already has a child '{name}'.", nameof(name));

    /// <summary>The child of that name, added after the others when absent.</summary>
    /// <exception cref="ArgumentException">The name is illegal, see <see cref="AddChild"/>.</exception>
    public Node GetOrAddChild(string name) => Child(name) ?? AddChild(name);

    /// <summary>Removes a child with everything below it; false when there is none of that name.</summary>
    public bool RemoveChild(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_children.Remove(name) is not Node child)
            return false;
        child.Parent = null;
        _firstByBaseName = null;
        return true;
    }

    /// <summary>Removes a property; false when there is none of that name.</summary>
    public bool RemoveProperty(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _properties.Remove(name) is not null;
    }

    /// <summary>
    /// Gives a property its value: in its place when it exists, else after the others. The bytes are not copied; the caller must
    /// not change them afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">The name is illegal, see <see cref="Devicetree.Property.Name"/>.</exception>
    public Property Set(string name, ReadOnlyMemory<byte> value)
    {
        if (Property(name) is Property existing)
        {
            existing.Value = value;
            return existing;
        }
        var added = NewProperty(name, value);
        _properties.TryAdd(added);
        return added;
    }

    /// <summary>Sets an empty property, the devicetree's "true".</summary>
    public Property SetFlag(string name) => Set(name, ReadOnlyMemory<byte>.Empty);

    /// <summary>Sets a property to 32-bit cells, big-endian.</summary>
    public Property SetCells(string name, params ReadOnlySpan<uint> cells)
    {
        var bytes = new byte[cells.Length * sizeof(uint)];
        for (int i = 0; i < cells.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * sizeof(uint)), cells[i]);
        return Set(name, bytes);
    }

    /// <summary>Sets a property to 64-bit numbers, big-endian (two cells each).</summary>
    public Property SetU64(string name, params ReadOnlySpan<ulong> values)
    {
        var bytes = new byte[values.Length * sizeof(ulong)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), values[i]);
        return Set(name, bytes);
    }

    /// <summary>Sets a property to a list of strings: UTF-8, each with its NUL.</summary>
    /// <exception cref="ArgumentException">A string holds a NUL, which would make two strings of it.</exception>
    public Property SetString(string name, params ReadOnlySpan<string> values)
    {
        var text = new StringBuilder();
        foreach (string value in values)
        {
            if (value.Contains('\0', StringComparison.Ordinal))
                throw new ArgumentException("A devicetree string cannot hold a NUL.", nameof(values));
            text.Append(value).Append('\0');
        }
        return Set(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>True when the <c>compatible</c> list of this node names <paramref name="compatible"/>.</summary>
    public bool IsCompatible(string compatible) =>
        Property(PropertyNames.Compatible) is Property property
        && property.TryGetStrings(out string[]? names)
        && names.Contains(compatible, StringComparer.Ordinal);

    /// <summary>
    /// This node and all below it, a node before its children, children in order. Do not change the tree meanwhile.
    /// </summary>
    public IEnumerable<Node> SelfAndDescendants()
    {
        var pending = new Stack<Node>([this]);
        while (pending.TryPop(out Node? node))
        {
            yield return node;
            for (int i = node._children.Count - 1; i >= 0; i--)
                pending.Push(node._children[i]);
        }
    }

    /// <summary>The path, for debuggers and assertion messages.</summary>
    public override string ToString() => Path;

    /// <summary>Adds a child at the end or, as libfdt does, before the others; null when the name is taken.</summary>
    /// <exception cref="ArgumentException">The name is illegal.</exception>
    internal Node? TryAddChild(string name, bool first = false)
    {
        if (!NameRules.IsNodeName(name))
            throw new ArgumentException($"'{name}' is not a legal node name.", nameof(name));
        var child = new Node(name, this);
        if (!(first ? _children.TryAddFirst(child) : _children.TryAdd(child)))
            return null;
        if (first && _firstByBaseName is not null)
            _firstByBaseName[child.BaseName] = child;
        else
            _firstByBaseName?.TryAdd(child.BaseName, child);
        return child;
    }

    /// <summary>Adds a property at the end; false when the name is taken. For readers, which must notice that.</summary>
    internal bool TryAddProperty(string name, ReadOnlyMemory<byte> value) => _properties.TryAdd(NewProperty(name, value));

    /// <summary>As <see cref="Set"/>, but a property that is new comes before the others, as libfdt does it.</summary>
    internal void SetOrAddFirst(string name, ReadOnlyMemory<byte> value)
    {
        if (_properties.Find(name) is Property existing)
            existing.Value = value;
        else
            _properties.TryAddFirst(NewProperty(name, value));
    }

    /// <summary>
    /// The child that a component of a libfdt path means: with a unit address exactly that one, without it the first child of
    /// that base name, whatever its unit address.
    /// </summary>
    internal Node? FindChildLoosely(ReadOnlySpan<char> component)
    {
        if (component.Contains('@'))
            return _children.Find(component);
        if (_firstByBaseName is null)
        {
            _firstByBaseName = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (Node child in _children)
                _firstByBaseName.TryAdd(child.BaseName, child);
        }
        return _firstByBaseName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(component, out Node? found) ? found : null;
    }

    /// <summary>
    /// Copies properties and children of <paramref name="source"/> into this new, empty node. Values are shared.
    /// </summary>
    internal void CopyFrom(Node source)
    {
        var pending = new Stack<(Node From, Node To)>([(source, this)]);
        while (pending.TryPop(out var pair))
        {
            foreach (Property property in pair.From._properties)
                pair.To._properties.TryAdd(new Property(property.Name, property.Value));
            foreach (Node child in pair.From._children)
            {
                var copy = new Node(child.Name, pair.To);
                pair.To._children.TryAdd(copy);
                pending.Push((child, copy));
            }
        }
    }

    /// <summary>The phandle that the value of a <c>phandle</c> or <c>linux,phandle</c> property spells, null when none.</summary>
    private static uint? PhandleOf(Property? property) =>
        property is not null && property.TryGetU32(out uint value) && value is not (0 or uint.MaxValue) ? value : null;

    private Property NewProperty(string name, ReadOnlyMemory<byte> value) =>
        NameRules.IsPropertyName(name) || NameRules.IsFixup(Path, name)
            ? new Property(name, value)
            : throw new ArgumentException($"'{name}' is not a legal property name.", nameof(name));
}
