using System.Buffers.Binary;
using System.Text;

namespace Devicetree.Flattened;

/// <summary>Walks the structure block once and builds the nodes. No recursion: the depth is the blob's choice.</summary>
internal sealed class StructureReader(ReadOnlyMemory<byte> blob, FdtHeader header, FdtReaderOptions options, Tree tree)
{
    private readonly Dictionary<uint, string> _names = [];
    private readonly Dictionary<uint, Node> _phandles = [];

    /// <summary>The next byte to read; never more than the end of the structure block.</summary>
    private uint _at = header.StructOffset;

    /// <summary>The node whose properties and children come next; null before the root and after it.</summary>
    private Node? _node;

    private bool _rootSeen;
    private int _depth;
    private int _nodes;

    private ReadOnlySpan<byte> Bytes => blob.Span;

    private uint Remaining => header.StructEnd - _at;

    public FdtError? Read()
    {
        while (true)
        {
            uint start = _at;
            if (Remaining < sizeof(uint))
                return Error(FdtErrorKind.Truncated, start, "the structure block ends without an END tag");
            uint tag = NextWord();
            FdtError? error = tag switch
            {
                FdtFormat.BeginNode => BeginNode(start),
                FdtFormat.EndNode => EndNode(start),
                FdtFormat.Prop => Prop(start),
                FdtFormat.Nop => null,
                FdtFormat.End => null,
                _ => Error(FdtErrorKind.BadStructure, start, $"unknown tag 0x{tag:x}"),
            };
            if (error is not null)
                return error;
            if (tag == FdtFormat.End)
                return End(start);
        }
    }

    private FdtError? BeginNode(uint start)
    {
        ReadOnlySpan<byte> rest = Bytes.Slice((int)_at, (int)Remaining);
        int length = rest.IndexOf((byte)0);
        if (length < 0)
            return Error(FdtErrorKind.Truncated, _at, "a node name is not terminated");
        if (length > options.MaxNameLength)
            return Error(FdtErrorKind.LimitExceeded, _at, $"a node name of {length} characters; the limit is {options.MaxNameLength}");
        uint nameOffset = _at;
        if (!TrySkipPadded((uint)length + 1))
            return Error(FdtErrorKind.Truncated, nameOffset, "the structure block ends in the padding of a node name");
        if (++_nodes > options.MaxNodes)
            return Error(FdtErrorKind.LimitExceeded, start, $"more than {options.MaxNodes} nodes");
        if (++_depth > options.MaxDepth)
            return Error(FdtErrorKind.LimitExceeded, start, $"nodes nest more than {options.MaxDepth} levels deep");

        if (_node is null)
        {
            if (_rootSeen)
                return Error(FdtErrorKind.BadStructure, start, "a second root node");
            if (length != 0)
                return Error(FdtErrorKind.BadStructure, nameOffset, "the root node has a name");
            _rootSeen = true;
            _node = tree.Root;
            return null;
        }
        string name = Encoding.Latin1.GetString(rest[..length]);
        if (!NameRules.IsNodeName(name))
            return Error(FdtErrorKind.BadStructure, nameOffset, $"the name of a child of {_node} is empty or has an illegal character");
        if (_node.TryAddChild(name) is not Node child)
            return Error(FdtErrorKind.Exists, start, $"{_node} has two children named '{name}'");
        _node = child;
        return null;
    }

    private FdtError? EndNode(uint start)
    {
        if (_node is null)
            return Error(FdtErrorKind.BadStructure, start, "a node ends that has not begun");
        _node = _node.Parent;
        _depth--;
        return null;
    }

    private FdtError? Prop(uint start)
    {
        if (_node is null)
            return Error(FdtErrorKind.BadStructure, start, "a property outside of any node");
        if (_node.Children.Count > 0)
            return Error(FdtErrorKind.BadStructure, start, $"a property of {_node} comes after a child node");
        if (Remaining < 2 * sizeof(uint))
            return Error(FdtErrorKind.Truncated, start, "the structure block ends in a property");
        uint length = NextWord();
        uint nameOffset = NextWord();
        uint valueOffset = _at;
        if (length > int.MaxValue)
            return Error(FdtErrorKind.BadStructure, start, $"a property is said to have {length} bytes");
        if (!TrySkipPadded(length))
            return Error(FdtErrorKind.Truncated, start, $"a property of {length} bytes runs out of the structure block");
        FdtError? error = PropertyName(start, nameOffset, out string name);
        if (error is not null)
            return error;
        if (!_node.TryAddProperty(name, blob.Slice((int)valueOffset, (int)length)))
            return Error(FdtErrorKind.Exists, start, $"{_node} has two properties named '{name}'");
        return name is PropertyNames.Phandle or PropertyNames.LegacyPhandle ? CheckPhandle(start) : null;
    }

    /// <summary>The name at an offset of the strings block. Remembered: boards use the same few hundred names thousands of times.</summary>
    private FdtError? PropertyName(uint start, uint offset, out string name)
    {
        if (_names.TryGetValue(offset, out string? known))
        {
            name = known;
            return null;
        }
        name = "";
        uint size = header.StringsEnd - header.StringsOffset;
        if (offset >= size)
            return Error(FdtErrorKind.BadOffset, start, $"a property's name is at 0x{offset:x} of a strings block of 0x{size:x} bytes");
        ReadOnlySpan<byte> rest = Bytes.Slice((int)(header.StringsOffset + offset), (int)(size - offset));
        // Looking no further than the limit keeps a blob of many names in one long string from being read over and over.
        int length = rest[..Math.Min(rest.Length, options.MaxNameLength + 1)].IndexOf((byte)0);
        if (length < 0)
        {
            return rest.Length > options.MaxNameLength
                ? Error(FdtErrorKind.LimitExceeded, start, $"a property name has more than {options.MaxNameLength} characters")
                : Error(FdtErrorKind.Truncated, start, "a property name is not terminated inside the strings block");
        }
        name = Encoding.Latin1.GetString(rest[..length]);
        if (!NameRules.IsPropertyName(name))
            return Error(FdtErrorKind.BadStructure, start, $"the name of a property of {_node} is empty or has an illegal character");
        _names.Add(offset, name);
        return null;
    }

    private FdtError? CheckPhandle(uint start)
    {
        if (_node!.Phandle is not uint phandle || _phandles.TryAdd(phandle, _node) || _phandles[phandle] == _node)
            return null;
        return Error(FdtErrorKind.BadPhandle, start, $"{_phandles[phandle]} and {_node} have the same phandle 0x{phandle:x}");
    }

    private FdtError? End(uint start)
    {
        if (_node is not null)
            return Error(FdtErrorKind.BadStructure, start, $"the structure ends inside {_node}");
        if (!_rootSeen)
            return Error(FdtErrorKind.BadStructure, start, "there is no root node");
        if (Remaining != 0 && header.HasStructSize)
            return Error(FdtErrorKind.BadStructure, _at, $"{Remaining} bytes follow the END tag in the structure block");
        return null;
    }

    private uint NextWord()
    {
        uint word = BinaryPrimitives.ReadUInt32BigEndian(Bytes[(int)_at..]);
        _at += sizeof(uint);
        return word;
    }

    /// <summary>Moves past <paramref name="length"/> bytes and their padding; false, and nothing moved, when they are not all there.</summary>
    private bool TrySkipPadded(uint length)
    {
        // The block starts on a multiple of 4 and every step keeps that, so padding the length pads the offset.
        uint padded = FdtFormat.Align(length, sizeof(uint));
        if (padded > Remaining)
            return false;
        _at += padded;
        return true;
    }

    private static FdtError Error(FdtErrorKind kind, uint offset, string message) => new(kind, (int)offset, message);
}
