using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>Writes the structure block, node by node, in any version of the format (devicetree.md 1.15).</summary>
internal sealed class StructureWriter(FdtLayout layout)
{
    /// <summary>
    /// From this length on, old versions put a value on a multiple of itself, counted from the start of the block.
    /// </summary>
    private const int OldAlignment = 8;

    private const string NameProperty = PropertyNames.Name;

    private readonly List<int> _paths = [];
    private int _start = -1;
    private string _path = "";
    private string _name = "";
    private bool _hasName;

    public FdtLayout Layout => layout;

    public BigEndianWriter Output { get; } = new();

    public StringTable Strings { get; } = new();

    public void BeginNode(string name)
    {
        if (_start < 0)
            _start = Output.Length;
        Output.WriteU32(FdtFormat.BeginNode);
        if (layout.IsOld)
        {
            _paths.Add(_path.Length);
            _path = _paths.Count == 1 ? "/" : _path.Length == 1 ? _path + name : _path + "/" + name;
            (_name, _hasName) = (name, false);
        }
        Output.WriteName(layout.IsOld ? _path : name);
        Output.PadTo(sizeof(uint));
    }

    public void Property(string name, ReadOnlySpan<byte> value)
    {
        Span<byte> head = Output.Append(3 * sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(head, FdtFormat.Prop);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], (uint)value.Length);
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], (uint)Strings.Add(name));
        if (layout.IsOld)
        {
            _hasName |= name == NameProperty;
            if (value.Length >= OldAlignment)
                Output.WriteZeros(-(Output.Length - _start) & (OldAlignment - 1));
        }
        Output.Write(value);
        Output.PadTo(sizeof(uint));
    }

    /// <summary>After the last property of a node, before its children.</summary>
    public void EndProperties()
    {
        if (!layout.IsOld || _hasName)
            return;
        var value = new BigEndianWriter(_name.Length + 1);
        value.WriteName(NameRules.BaseOf(_name));
        Property(NameProperty, value.Written.Span);
    }

    public void EndNode()
    {
        Output.WriteU32(FdtFormat.EndNode);
        if (!layout.IsOld)
            return;
        _path = _path[.._paths[^1]];
        _paths.RemoveAt(_paths.Count - 1);
    }
}
