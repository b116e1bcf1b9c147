using System.Buffers.Binary;

namespace Devicetree.Flattened;

/// <summary>
/// Finding nodes and properties. Inside the library a result is an offset, or a <see cref="FdtErrorKind"/> with its sign changed.
/// </summary>
public readonly ref partial struct FdtView
{
    /// <summary>Bytes of a property before its value: tag, length, offset of the name.</summary>
    internal const int PropertyHeader = 3 * sizeof(uint);

    /// <summary>
    /// How many aliases may lead to each other. libfdt up to 1.7.0 follows any number, and runs out of stack where they form a
    /// ring.
    /// </summary>
    private const int MaxAliasChain = 64;

    /// <summary>
    /// Finds the node at a path by libfdt's rules (devicetree.md 3.1): a component may leave out the unit address, slashes may
    /// repeat or trail, and a path that does not start with one begins with an alias.
    /// </summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <param name="node">The node's offset.</param>
    /// <param name="error">Why there is none.</param>
    public bool TryFindNode(ReadOnlySpan<byte> path, out int node, out FdtErrorKind error) =>
        Split(FindNode(path), out node, out error);

    /// <summary>Finds a child of a node by its name, with or without the unit address.</summary>
    /// <param name="parent">The parent's offset.</param>
    /// <param name="name">The name.</param>
    /// <param name="node">The child's offset.</param>
    /// <param name="error">Why there is none.</param>
    public bool TryFindChild(int parent, ReadOnlySpan<byte> name, out int node, out FdtErrorKind error) =>
        Split(FindChild(parent, name), out node, out error);

    /// <summary>Finds the first node with a phandle.</summary>
    /// <param name="phandle">The phandle.</param>
    /// <param name="node">The node's offset.</param>
    /// <param name="error">Why there is none: BADPHANDLE for 0 and 0xffffffff, which are no phandles.</param>
    public bool TryFindNodeByPhandle(uint phandle, out int node, out FdtErrorKind error) =>
        Split(FindNodeByPhandle(phandle), out node, out error);

    /// <summary>Finds a property of a node.</summary>
    /// <param name="node">The node's offset.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="error">Why there is none.</param>
    public bool TryGetValue(int node, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out FdtErrorKind error)
    {
        int at = FindProperty(node, name, out int length);
        error = at < 0 ? (FdtErrorKind)(-at) : 0;
        value = at < 0 ? default : ValueOf(at, length);
        return at >= 0;
    }

    /// <summary>The phandle of a node: <c>phandle</c>, or else <c>linux,phandle</c>, of 4 bytes; 0 when it has none.</summary>
    /// <param name="node">The node's offset.</param>
    public uint PhandleOf(int node)
    {
        var properties = new FdtPropertyList(this, CheckNode(node));
        return ReadPhandle(ref properties);
    }

    internal int FindNode(ReadOnlySpan<byte> path) => FindNode(path, MaxAliasChain);

    /// <summary>The node after one in the order of the blob; negative at the end, which is NOTFOUND, and on errors.</summary>
    /// <param name="node">The node's offset; negative for the first one.</param>
    internal int NextNode(int node)
    {
        int next = node < 0 ? 0 : CheckNode(node);
        return next < 0 ? next : NextBeginning(next, out _);
    }

    /// <summary>
    /// The node after one, and how much deeper it is; when the depth becomes negative, the offset after the tag that did it.
    /// </summary>
    internal int NextNode(int node, ref int depth)
    {
        int next = 0;
        if (node >= 0 && (next = CheckNode(node)) < 0)
            return next;
        while (true)
        {
            int at = next;
            switch (ReadTag(at, out next))
            {
                case FdtTag.BeginNode:
                    depth++;
                    return at;
                case FdtTag.EndNode when --depth < 0:
                    return next;
                case FdtTag.End:
                    return next >= 0 ? -(int)FdtErrorKind.NotFound : next;
            }
        }
    }

    internal int FindChild(int parent, ReadOnlySpan<byte> name)
    {
        int next = CheckNode(parent);
        if (next < 0)
            return next;
        bool anyUnit = !name.Contains((byte)'@');
        int depth = 0;
        while (true)
        {
            int at = next;
            switch (ReadTag(at, out next))
            {
                case FdtTag.BeginNode:
                    if (depth++ == 0 && IsNamed(at, next, name, anyUnit))
                        return at;
                    break;
                case FdtTag.EndNode when --depth < 0:
                    return -(int)FdtErrorKind.NotFound;
                case FdtTag.End:
                    return next >= 0 ? -(int)FdtErrorKind.NotFound : next;
            }
        }
    }

    internal int FindNodeByPhandle(uint phandle)
    {
        if (phandle is 0 or uint.MaxValue)
            return -(int)FdtErrorKind.BadPhandle;
        int node = NextBeginning(0, out int inside);
        while (node >= 0)
        {
            var properties = new FdtPropertyList(this, inside);
            if (ReadPhandle(ref properties) == phandle)
                return node;
            node = NextBeginning(properties.Position, out inside);
        }
        return node;
    }

    /// <summary>The highest phandle, 0 when there is none.</summary>
    internal int FindHighestPhandle(out uint highest)
    {
        highest = 0;
        int node = NextBeginning(0, out int inside);
        while (node >= 0)
        {
            var properties = new FdtPropertyList(this, inside);
            highest = Math.Max(highest, ReadPhandle(ref properties));
            node = NextBeginning(properties.Position, out inside);
        }
        return node == -(int)FdtErrorKind.NotFound ? 0 : node;
    }

    /// <summary>The properties of a node.</summary>
    /// <param name="node">The node's offset.</param>
    internal FdtPropertyList PropertiesOf(int node) => new(this, CheckNode(node));

    /// <summary>Finds a property; its offset, and the bytes of its value.</summary>
    internal int FindProperty(int node, ReadOnlySpan<byte> name, out int length)
    {
        length = 0;
        FdtPropertyList properties = PropertiesOf(node);
        int at;
        while ((at = properties.Next()) >= 0)
        {
            if (TryGetString(NameOffsetOf(at), out ReadOnlySpan<byte> found, out _) && found.SequenceEqual(name))
                return LengthOf(at, out length);
        }
        return at;
    }

    /// <summary>The property at an offset that a walk has found, by name and value; an error when either cannot be had.</summary>
    internal int ReadProperty(int property, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryGetString(NameOffsetOf(property), out name, out FdtErrorKind error))
            return -(int)error;
        int at = LengthOf(property, out int length);
        if (at >= 0)
            value = ValueOf(property, length);
        return at;
    }

    /// <summary>Where the value of a property lies in the blob, from its start.</summary>
    internal int ValueOffset(int property, int length)
    {
        int start = property + PropertyHeader
            + (_version < FirstWithLeafNames && IsRealigned(property, (uint)length) ? sizeof(uint) : 0);
        return (int)_structOffset + start;
    }

    /// <summary>What C reads as a string from a place on: the bytes up to the next NUL, wherever in the blob that is.</summary>
    /// <param name="start">Offset from the start of the blob.</param>
    /// <param name="text">The bytes before the NUL.</param>
    /// <returns>False when no NUL follows at all.</returns>
    internal bool TryReadText(int start, out ReadOnlySpan<byte> text)
    {
        text = _blob[start..];
        int end = text.IndexOf((byte)0);
        text = end < 0 ? default : text[..end];
        return end >= 0;
    }

    /// <summary>The offset after the tag and the name of a node; BADOFFSET where no node begins.</summary>
    internal int CheckNode(int node)
    {
        if (node < 0 || node % sizeof(uint) != 0 || ReadTag(node, out int next) != FdtTag.BeginNode)
            return -(int)FdtErrorKind.BadOffset;
        return next;
    }

    internal uint NameOffsetOf(int property) => Word(property + 2 * sizeof(uint));

    internal ReadOnlySpan<byte> ValueOf(int property, int length) => _blob.Slice(ValueOffset(property, length), length);

    /// <summary>
    /// The next place at or after an offset where a node begins, and the offset after its name. Depth is not kept, and without it
    /// a blob that just stops is taken for one that ends: NOTFOUND.
    /// </summary>
    private int NextBeginning(int offset, out int inside)
    {
        while (true)
        {
            switch (ReadTag(offset, out inside))
            {
                case FdtTag.BeginNode:
                    return offset;
                case FdtTag.End:
                    return inside is >= 0 or -(int)FdtErrorKind.Truncated ? -(int)FdtErrorKind.NotFound : inside;
            }
            offset = inside;
        }
    }

    /// <summary>The phandle among properties; the list may then have been read only in part.</summary>
    private uint ReadPhandle(ref FdtPropertyList properties)
    {
        uint legacy = 0;
        bool seen = false, legacySeen = false;
        int at;
        while ((at = properties.Next()) >= 0)
        {
            if (!TryGetString(NameOffsetOf(at), out ReadOnlySpan<byte> name, out _))
                continue;
            // The first of each name counts, also when it is of the wrong length.
            if (!seen && name.SequenceEqual("phandle"u8))
            {
                if (Word(at + sizeof(uint)) == sizeof(uint))
                    return BinaryPrimitives.ReadUInt32BigEndian(ValueOf(at, sizeof(uint)));
                seen = true;
            }
            else if (!legacySeen && name.SequenceEqual("linux,phandle"u8))
            {
                if (Word(at + sizeof(uint)) == sizeof(uint))
                    legacy = BinaryPrimitives.ReadUInt32BigEndian(ValueOf(at, sizeof(uint)));
                legacySeen = true;
            }
        }
        return legacy;
    }

    /// <summary>
    /// The length of a property found by a walk. One that only wrapped around to a valid place (libfdt up to 1.6.1 walks past
    /// those) has no value that could be read.
    /// </summary>
    internal int LengthOf(int property, out int length)
    {
        uint stated = Word(property + sizeof(uint));
        length = (int)stated;
        return stated <= int.MaxValue ? property : -(int)FdtErrorKind.BadStructure;
    }

    private int FindNode(ReadOnlySpan<byte> path, int aliasesLeft)
    {
        if (_rules.PathsAreChecked && path.IsEmpty)
            return -(int)FdtErrorKind.BadPath;
        int node = 0;
        ReadOnlySpan<byte> rest = path;
        if (path.IsEmpty || path[0] != (byte)'/')
        {
            int end = path.IndexOf((byte)'/');
            ReadOnlySpan<byte> alias = end < 0 ? path : path[..end];
            if (aliasesLeft == 0 || !TryReadAlias(alias, out ReadOnlySpan<byte> target))
                return -(int)FdtErrorKind.BadPath;
            node = FindNode(target, aliasesLeft - 1);
            rest = path[alias.Length..];
        }
        while (node >= 0)
        {
            rest = rest.TrimStart((byte)'/');
            if (rest.IsEmpty)
                return node;
            int end = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> component = end < 0 ? rest : rest[..end];
            node = FindChild(node, component);
            rest = rest[component.Length..];
        }
        return node;
    }

    private bool TryReadAlias(ReadOnlySpan<byte> alias, out ReadOnlySpan<byte> target)
    {
        target = default;
        int aliases = FindChild(0, "aliases"u8);
        int length = 0;
        int at = aliases < 0 ? aliases : FindProperty(aliases, alias, out length);
        if (at < 0)
            return false;
        if (_rules.PathsAreChecked)
        {
            ReadOnlySpan<byte> value = ValueOf(at, length);
            if (value.IsEmpty || value[^1] != 0 || value[0] != (byte)'/')
                return false;
        }
        return TryReadText(ValueOffset(at, length), out target);
    }

    /// <summary>True when a node has a name, or has it before its unit address while the name has none.</summary>
    private bool IsNamed(int node, int next, ReadOnlySpan<byte> name, bool anyUnit)
    {
        if (_version < FirstWithLeafNames)
            return TryGetName(node, out ReadOnlySpan<byte> leaf, out _) && IsNamed(leaf, name, anyUnit);
        // Up to the next tag there is at least the NUL of the name, so a shorter rest cannot match.
        ReadOnlySpan<byte> rest = _structure[(node + sizeof(uint))..Math.Min(next, _structure.Length)];
        if (!rest.StartsWith(name) || rest.Length == name.Length)
            return false;
        byte after = rest[name.Length];
        // A name cannot hold a NUL, so the first NUL of the node's is not before this.
        return after == 0 || (anyUnit && after == (byte)'@');
    }

    private static bool IsNamed(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> name, bool anyUnit) =>
        leaf.StartsWith(name) && (leaf.Length == name.Length || (anyUnit && leaf[name.Length] == (byte)'@'));

    private static bool Split(int result, out int offset, out FdtErrorKind error)
    {
        offset = result;
        error = result < 0 ? (FdtErrorKind)(-result) : 0;
        return result >= 0;
    }
}
