using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Reads the structure block as dtc does: offsets and boundaries count from its start, wherever that is, and only the end of the blob
/// ends it. Not recursive.
/// </summary>
internal sealed class BlobStructure(
    ReadOnlyMemory<byte> blob, BlobHeader header, BlobReaderOptions options, LiveTree tree, DiagnosticBag diagnostics)
{
    private readonly Dictionary<uint, string> _names = [];
    private readonly ReadOnlyMemory<byte> _block = blob[(int)header.StructureOffset..];

    /// <summary>The full paths of the open nodes, the innermost last; used before version 16 only.</summary>
    private readonly Stack<string> _paths = [];

    private int _at;
    private int _depth;
    private int _nodes;
    private long _nameBytes;

    /// <summary>Where the word that was read last stands in the blob.</summary>
    private int LastWord => (int)header.StructureOffset + _at - sizeof(uint);

    /// <summary>Reads the one root; null, reported, when that cannot be done.</summary>
    public LiveNode? Read()
    {
        if (!TryWord(out uint tag))
            return null;
        if (tag != FdtFormat.BeginNode)
            return Refuse(BlobRules.NoRoot, tag, LastWord);
        if (ReadNode() is not LiveNode root)
            return null;
        for (LiveNode? node = root; node is not null;)
        {
            if (!TryWord(out tag))
                return null;
            switch (tag)
            {
                case FdtFormat.Prop:
                    if (!TryReadProperty(node))
                        return null;
                    break;
                case FdtFormat.BeginNode:
                    if (ReadNode() is not LiveNode child)
                        return null;
                    node.AddChild(child);
                    node = child;
                    break;
                case FdtFormat.EndNode:
                    _depth--;
                    if (header.HasFullPaths)
                        _paths.Pop();
                    node = node.Parent;
                    break;
                case FdtFormat.Nop:
                    if (header.HasFullPaths)
                        diagnostics.Report(BlobRules.NopInOldVersion, default, LastWord, node);
                    break;
                case FdtFormat.End:
                    return Refuse(BlobRules.PrematureEndTag, LastWord, node);
                default:
                    return Refuse(BlobRules.BadTag, tag, LastWord, node);
            }
        }
        if (!TryWord(out tag))
            return null;
        return tag == FdtFormat.End ? root : Refuse(BlobRules.NoEnd, LastWord);
    }

    private LiveNode? ReadNode()
    {
        int start = LastWord;
        ReadOnlySpan<byte> rest = _block.Span[_at..];
        int length = rest.IndexOf((byte)0);
        if (length < 0)
            return RefuseEnd(start, "the name of a node");
        string name = Encoding.Latin1.GetString(rest[..length]);
        _at += length + 1;
        if (!TryAlign(sizeof(uint), start, "the name of a node"))
            return null;
        if (header.HasFullPaths && !TryTakePath(ref name))
            return null;
        if (++_depth > options.MaxDepth)
            return Refuse(BlobRules.TooDeep, options.MaxDepth, start);
        if (++_nodes > options.MaxNodes)
            return Refuse(BlobRules.TooLarge, options.MaxNodes, "nodes");
        return new LiveNode(name, default);
    }

    /// <summary>Makes a name of a full path, and remembers that for the children.</summary>
    private bool TryTakePath(ref string name)
    {
        string path = name;
        string parent = _paths.TryPeek(out string? above) ? above : "";
        if (!path.StartsWith(parent, StringComparison.Ordinal))
        {
            diagnostics.Report(BlobRules.BadPath, default, path, parent, LastWord);
            return false;
        }
        // What separates it from its parent, whichever character that is; the root's path is the separator itself.
        int skipped = parent == "/" ? 1 : parent.Length + 1;
        name = skipped < path.Length ? path[skipped..] : "";
        _paths.Push(path);
        return true;
    }

    private bool TryReadProperty(LiveNode node)
    {
        int start = LastWord;
        if (node.Children.All.Count > 0)
            diagnostics.Report(BlobRules.PropertyAfterNode, default, start, node);
        if (!TryWord(out uint length) || !TryWord(out uint nameOffset))
            return false;
        if (!TryName(nameOffset, out string? name))
        {
            // dtc prints the number with a sign.
            Refuse(BlobRules.BadStringOffset, (int)nameOffset, start, node);
            return false;
        }
        // Every end of one long string may be a name: together they would take the square of its length.
        if (_nameBytes > options.MaxTotalSize)
        {
            Refuse(BlobRules.TooLarge, options.MaxTotalSize, "bytes of names");
            return false;
        }
        if (header.HasFullPaths && length >= sizeof(ulong) && !TryAlign(sizeof(ulong), start, "a property"))
            return false;
        if (length > int.MaxValue)
        {
            Refuse(BlobRules.PropertyTooLong, length, start, node);
            return false;
        }
        if (length > (uint)(_block.Length - _at))
        {
            RefuseEnd(start, $"a property of {length} bytes");
            return false;
        }
        var value = new LiveValue(tree.Budget, _block.Slice(_at, (int)length));
        _at += (int)length;
        // dtc looks for the boundary after bytes only.
        if (length > 0 && !TryAlign(sizeof(uint), start, "a property"))
            return false;
        node.Properties.Add(new LiveProperty(name, value, default));
        return true;
    }

    /// <summary>The name at an offset of the strings block, remembered: a board uses the same few hundred thousands of times.</summary>
    private bool TryName(uint offset, [NotNullWhen(true)] out string? name)
    {
        if (_names.TryGetValue(offset, out name))
            return true;
        if (offset >= header.StringsEnd - header.StringsOffset)
            return false;
        ReadOnlySpan<byte> rest = blob.Span[(int)(header.StringsOffset + offset)..(int)header.StringsEnd];
        int length = rest.IndexOf((byte)0);
        if (length < 0)
            return false;
        name = Encoding.Latin1.GetString(rest[..length]);
        _nameBytes += length;
        _names.Add(offset, name);
        return true;
    }

    private bool TryWord(out uint word)
    {
        word = 0;
        if (_block.Length - _at < sizeof(uint))
        {
            RefuseEnd((int)header.StructureOffset + _at, "the structure block");
            return false;
        }
        word = BinaryPrimitives.ReadUInt32BigEndian(_block.Span[_at..]);
        _at += sizeof(uint);
        return true;
    }

    private bool TryAlign(int boundary, int start, string what)
    {
        int aligned = (_at + boundary - 1) & -boundary;
        if (aligned > _block.Length || aligned < _at)
        {
            RefuseEnd(start, what);
            return false;
        }
        _at = aligned;
        return true;
    }

    private LiveNode? RefuseEnd(int offset, string what) => Refuse(BlobRules.PrematureEnd, offset, what);

    private LiveNode? Refuse(DiagnosticRule rule, params ReadOnlySpan<object> arguments)
    {
        diagnostics.Report(rule, default, arguments);
        return null;
    }
}
