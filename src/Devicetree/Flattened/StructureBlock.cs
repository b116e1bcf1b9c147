using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Devicetree.Flattened;

/// <summary>
/// Reads the structure block once, for all trees: it finds the tags, names and values and what is wrong with them, and
/// <see cref="IStructureSink"/> makes nodes of them. Boundaries count from the start of the block, wherever that is. Not
/// recursive: the depth is the blob's choice.
/// </summary>
internal sealed class StructureBlock(
    ReadOnlyMemory<byte> blob, BlobHeader header, BlobTolerance tolerance, BlobFaults faults, IStructureSink sink)
{
    private readonly Dictionary<uint, string> _names = [];
    private readonly Dictionary<uint, object> _phandles = [];
    private readonly ReadOnlyMemory<byte> _block =
        blob[(int)header.StructureOffset..(int)(tolerance.EndsAtStatedSize ? header.StructureEnd : header.TotalSize)];

    /// <summary>The full paths of the open nodes, the innermost last; used before version 16 only.</summary>
    private readonly Stack<string> _paths = [];

    private int _at;
    private int _depth;
    private int _nodes;
    private bool _rootSeen;
    private bool _isDeep;
    private long _nameBytes;

    /// <summary>Where the next byte stands in the blob.</summary>
    private int Place => (int)header.StructureOffset + _at;

    /// <summary>Reads the one root; false when the blob is refused.</summary>
    public bool TryRead()
    {
        while (true)
        {
            int start = Place;
            if (!TryWord(out uint tag))
                return false;
            if (_depth == 0)
            {
                if (tag == FdtFormat.End && _rootSeen)
                    return TryEndBlock();
                if (!TryTakeOutside(tag, start))
                    return false;
                continue;
            }
            switch (tag)
            {
                case FdtFormat.Prop:
                    if (!TryReadProperty(start))
                        return false;
                    break;
                case FdtFormat.BeginNode:
                    if (!TryBeginNode(start))
                        return false;
                    break;
                case FdtFormat.EndNode:
                    EndNode();
                    break;
                case FdtFormat.Nop:
                    if (header.HasFullPaths)
                        faults.Judge(BlobRules.NopInOldVersion.Severity, BlobRules.NopInOldVersion, FdtErrorKind.BadStructure,
                            start, sink.Node!);
                    break;
                case FdtFormat.End:
                    return faults.Refuse(BlobRules.PrematureEndTag, FdtErrorKind.BadStructure, start, sink.Node!);
                default:
                    return faults.Refuse(BlobRules.BadTag, FdtErrorKind.BadStructure, start, tag, sink.Node!);
            }
        }
    }

    /// <summary>Takes a tag that is in no node: one root begins, and maybe NOP tags stand around it.</summary>
    private bool TryTakeOutside(uint tag, int start)
    {
        if (tag == FdtFormat.Nop && tolerance.AllowsNopsAroundRoot)
            return true;
        if (_rootSeen)
            return faults.Refuse(BlobRules.NoEnd, FdtErrorKind.BadStructure, start, tag);
        if (tag != FdtFormat.BeginNode)
            return faults.Refuse(BlobRules.NoRoot, FdtErrorKind.BadStructure, start, tag);
        _rootSeen = true;
        return TryBeginNode(start);
    }

    private bool TryEndBlock() => header.StructureSize is not uint stated || stated == (uint)_at
        || faults.Judge(tolerance.Layout, BlobRules.StructureSize, FdtErrorKind.BadStructure, Place, stated, _at);

    private bool TryBeginNode(int start)
    {
        ReadOnlySpan<byte> rest = _block.Span[_at..];
        int length = rest.IndexOf((byte)0);
        if (length < 0)
            return RefuseEnd(start, "the name of a node");
        if (length > tolerance.MaxNameLength)
            return faults.Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, start, tolerance.MaxNameLength,
                "characters in a name");
        string name = Encoding.Latin1.GetString(rest[..length]);
        _at += length + 1;
        if (!TryAlign(sizeof(uint), start, "the name of a node") || (header.HasFullPaths && !TryTakePath(ref name, start)))
            return false;
        if (++_depth > tolerance.MaxDepth)
            return faults.Refuse(BlobRules.TooDeep, FdtErrorKind.LimitExceeded, start, tolerance.MaxDepth);
        if (_depth > BlobTolerance.DeepestSource && !_isDeep)
        {
            _isDeep = true;
            if (!faults.Judge(tolerance.Depth, BlobRules.TooDeep, FdtErrorKind.LimitExceeded, start, BlobTolerance.DeepestSource))
                return false;
        }
        if (++_nodes > tolerance.MaxNodes)
            return faults.Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, start, tolerance.MaxNodes, "nodes");
        if (_depth == 1)
        {
            if (name.Length > 0 && !tolerance.AllowsRootName)
                return faults.Refuse(BlobRules.NamedRoot, FdtErrorKind.BadStructure, start, name);
        }
        else if (tolerance.Names is not null && !NameRules.IsNodeName(name)
            && !faults.Judge(tolerance.Names, BlobRules.BadNodeName, FdtErrorKind.BadStructure, start, sink.Node!, name))
        {
            return false;
        }
        object? parent = sink.Node;
        return sink.Begin(name) || faults.Judge(tolerance.Names, BlobRules.TwinNodes, FdtErrorKind.Exists, start, parent!, name);
    }

    private void EndNode()
    {
        _depth--;
        if (header.HasFullPaths)
            _paths.Pop();
        sink.End();
    }

    /// <summary>Makes a name of a full path, and remembers that for the children.</summary>
    private bool TryTakePath(ref string name, int start)
    {
        string path = name;
        string parent = _paths.TryPeek(out string? above) ? above : "";
        if (!path.StartsWith(parent, StringComparison.Ordinal))
            return faults.Refuse(BlobRules.BadPath, FdtErrorKind.BadStructure, start, path, parent);
        // What separates it from its parent, whichever character that is; the root's path is the separator itself.
        int skipped = parent == "/" ? 1 : parent.Length + 1;
        name = skipped < path.Length ? path[skipped..] : "";
        _paths.Push(path);
        return true;
    }

    private bool TryReadProperty(int start)
    {
        if (sink.HasChildren
            && !faults.Judge(tolerance.PropertyAfterNode, BlobRules.PropertyAfterNode, FdtErrorKind.BadStructure, start,
                sink.Node!))
        {
            return false;
        }
        if (!TryWord(out uint length) || !TryWord(out uint nameOffset) || !TryName(start, nameOffset, out string? name))
            return false;
        // Every end of one long string may be a name: together they would take the square of its length.
        if (_nameBytes > tolerance.MaxTotalSize)
            return faults.Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, start, tolerance.MaxTotalSize, "bytes of names");
        if (header.HasFullPaths && length >= sizeof(ulong) && !TryAlign(sizeof(ulong), start, "a property"))
            return false;
        if (length > int.MaxValue)
            return faults.Refuse(BlobRules.PropertyTooLong, FdtErrorKind.BadStructure, start, sink.Node!, length);
        if (length > (uint)(_block.Length - _at))
            return RefuseEnd(start, $"a property of {length} bytes");
        ReadOnlyMemory<byte> value = _block.Slice(_at, (int)length);
        _at += (int)length;
        return TryAlign(sizeof(uint), start, "a property") && TryAdd(start, name, value);
    }

    private bool TryAdd(int start, string name, ReadOnlyMemory<byte> value)
    {
        if (!sink.Add(name, value)
            && !faults.Judge(tolerance.Names, BlobRules.TwinProperties, FdtErrorKind.Exists, start, sink.Node!, name))
        {
            return false;
        }
        if (tolerance.Names is null || name is not (PropertyNames.Phandle or PropertyNames.LegacyPhandle)
            || value.Length != sizeof(uint))
            return true;
        uint phandle = BinaryPrimitives.ReadUInt32BigEndian(value.Span);
        return phandle is 0 or uint.MaxValue || _phandles.TryAdd(phandle, sink.Node!) || _phandles[phandle] == sink.Node
            || faults.Judge(tolerance.Names, BlobRules.TwinPhandles, FdtErrorKind.BadPhandle, start, _phandles[phandle],
                sink.Node!, phandle);
    }

    /// <summary>
    /// The name at an offset of the strings block, remembered: a board uses the same few hundred thousands of times.
    /// </summary>
    private bool TryName(int start, uint offset, [NotNullWhen(true)] out string? name)
    {
        if (_names.TryGetValue(offset, out name))
            return true;
        if (offset >= header.StringsEnd - header.StringsOffset)
            return faults.Refuse(BlobRules.BadStringOffset, FdtErrorKind.BadOffset, start, sink.Node!, offset);
        ReadOnlySpan<byte> rest = blob.Span[(int)(header.StringsOffset + offset)..(int)header.StringsEnd];
        // Looking no further than the limit keeps a blob of many names in one long string from being read over and over.
        int length = rest[..(int)Math.Min((uint)rest.Length, tolerance.MaxNameLength + 1u)].IndexOf((byte)0);
        if (length < 0)
        {
            return rest.Length > tolerance.MaxNameLength
                ? faults.Refuse(BlobRules.TooLarge, FdtErrorKind.LimitExceeded, start, tolerance.MaxNameLength,
                    "characters in a name")
                : faults.Refuse(BlobRules.BadStringOffset, FdtErrorKind.Truncated, start, sink.Node!, offset);
        }
        name = Encoding.Latin1.GetString(rest[..length]);
        _nameBytes += length;
        if (tolerance.Names is null || NameRules.IsPropertyName(name))
        {
            _names.Add(offset, name);
            return true;
        }
        // What is legal in one node is not in another, so it is not remembered.
        return NameRules.IsFixup(sink.Node!.ToString(), name)
            || faults.Judge(tolerance.Names, BlobRules.BadPropertyName, FdtErrorKind.BadStructure, start, sink.Node!, name);
    }

    private bool TryWord(out uint word)
    {
        word = 0;
        if (_block.Length - _at < sizeof(uint))
            return RefuseEnd(Place, "the structure block");
        word = BinaryPrimitives.ReadUInt32BigEndian(_block.Span[_at..]);
        _at += sizeof(uint);
        return true;
    }

    private bool TryAlign(int boundary, int start, string what)
    {
        int aligned = (_at + boundary - 1) & -boundary;
        if (aligned > _block.Length || aligned < _at)
            return RefuseEnd(start, what);
        _at = aligned;
        return true;
    }

    private bool RefuseEnd(int offset, string what) => faults.Refuse(BlobRules.PrematureEnd, FdtErrorKind.Truncated, offset,
        what);
}
