using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Devicetree.Compatibility;

namespace Devicetree.Flattened;

/// <summary>
/// A flattened devicetree as libfdt sees it: looked at where it lies, nothing copied, nothing allocated. Nodes and properties are
/// named by the offset of their tag in the structure block, the root by 0. Only what is asked for is looked at, so a blob with an
/// error further on answers as libfdt would; <see cref="FdtChecker"/> looks at all of it.
/// <para>
/// What is read answers for any bytes: a length or an offset that leads out of the blob is an error with libfdt's word. Versions
/// 2 to 17 of the format are read, and newer ones that call themselves compatible.
/// </para>
/// </summary>
public readonly ref partial struct FdtView
{
    /// <summary>
    /// The first version whose header tells the size of the structure block, and whose strings are bounded by their block.
    /// </summary>
    private const uint FirstBounded = 17;

    /// <summary>
    /// The first version whose nodes have their own names only; before, names are full paths and long values aligned to 8.
    /// </summary>
    private const uint FirstWithLeafNames = FdtFormat.OldestReadable;

    /// <summary>The oldest version that libfdt reads.</summary>
    private const uint OldestVersion = 2;

    private readonly ReadOnlySpan<byte> _blob;
    private readonly ReadOnlySpan<byte> _structure;
    private readonly uint _structOffset;
    private readonly uint _stringsOffset;
    private readonly uint _stringsSize;
    private readonly uint _reservationsOffset;
    private readonly uint _version;
    private readonly LibfdtRules _rules;

    /// <summary>A view of a blob whose header has been probed; also right after the editor has changed it.</summary>
    internal FdtView(ReadOnlySpan<byte> blob, LibfdtRules rules)
    {
        uint total = Math.Min(FdtField.Read(blob, FdtField.TotalSize), (uint)blob.Length);
        _blob = blob[..(int)total];
        _rules = rules;
        _version = FdtField.Read(blob, FdtField.Version);
        _structOffset = FdtField.Read(blob, FdtField.StructOffset);
        _stringsOffset = FdtField.Read(blob, FdtField.StringsOffset);
        _reservationsOffset = FdtField.Read(blob, FdtField.ReservationsOffset);
        _stringsSize = _version >= FirstBounded ? FdtField.Read(blob, FdtField.StringsSize) : uint.MaxValue;
        if (_structOffset < total)
        {
            uint size = total - _structOffset;
            if (_version >= FirstBounded)
                size = Math.Min(size, FdtField.Read(blob, FdtField.StructSize));
            _structure = _blob.Slice((int)_structOffset, (int)size);
        }
    }

    /// <summary>The version of the format that the header states.</summary>
    public uint Version => _version;

    /// <summary>The bytes that the header claims for the whole blob.</summary>
    public int TotalSize => _blob.Length;

    /// <summary>The bytes of the blob; not even its header where it claims less than that.</summary>
    public ReadOnlySpan<byte> Bytes => _blob;

    internal LibfdtRules Rules => _rules;

    /// <summary>Bytes of the structure block that can be read.</summary>
    internal int StructureLength => _structure.Length;

    /// <summary>Looks at a blob after a probe of its header, which is all that libfdt's functions ask for.</summary>
    /// <param name="blob">The blob; bytes after its total size are ignored.</param>
    /// <param name="view">The view.</param>
    /// <param name="error">What is wrong with the header, null when nothing is.</param>
    /// <param name="version">The version of libfdt to agree with where versions differ; the newest when null.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> blob, out FdtView view, [NotNullWhen(false)] out FdtError? error, DtcVersion? version = null)
    {
        error = Probe(blob);
        view = error is null ? new FdtView(blob, LibfdtRules.Of(version ?? DtcVersion.Newest)) : default;
        return error is null;
    }

    /// <summary>
    /// The checks that every libfdt function begins with: magic, versions, total size; plus that the bytes are there.
    /// </summary>
    internal static FdtError? Probe(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < FdtField.FullHeader)
            return new(FdtErrorKind.Truncated, blob.Length, $"a header has {FdtField.FullHeader} bytes, here are {blob.Length}");
        uint magic = FdtField.Read(blob, FdtField.Magic);
        if (magic == UnfinishedBlob.Magic)
            return new(FdtErrorKind.BadState, 0, "the blob is still being written");
        if (magic != FdtFormat.Magic)
            return new(FdtErrorKind.BadMagic, 0, $"starts with 0x{magic:x8} instead of 0x{FdtFormat.Magic:x8}");
        uint version = FdtField.Read(blob, FdtField.Version);
        uint lastCompatible = FdtField.Read(blob, FdtField.LastCompatible);
        if (!IsReadable(version, lastCompatible))
            return new(FdtErrorKind.BadVersion, FdtField.Version,
                $"version {version}, compatible back to {lastCompatible}, cannot be read");
        uint total = FdtField.Read(blob, FdtField.TotalSize);
        if (total >= int.MaxValue)
            return new(FdtErrorKind.Truncated, FdtField.TotalSize, $"the total size is said to be {total} bytes");
        return total > (uint)blob.Length
            ? new(FdtErrorKind.Truncated, FdtField.TotalSize, $"the blob has {total} bytes, here are {blob.Length}")
            : null;
    }

    /// <summary>True for a version of the format that libfdt reads.</summary>
    internal static bool IsReadable(uint version, uint lastCompatible) =>
        version >= OldestVersion && lastCompatible <= FdtFormat.Version;

    /// <summary>The bytes that a header claims for the whole blob, whatever else is in it.</summary>
    /// <param name="blob">At least the first eight bytes.</param>
    public static uint ClaimedSize(ReadOnlySpan<byte> blob) => FdtField.Read(blob, FdtField.TotalSize);

    /// <summary>Reads all tags from the first one to the end.</summary>
    public FdtWalker Walk() => new(this, 0);

    /// <summary>Reads the tags of a node: its own, those of its properties and of everything below it.</summary>
    /// <param name="node">The node's offset.</param>
    public FdtWalker Walk(int node) => new(this, node);

    /// <summary>Reads the tag at an offset of the structure block.</summary>
    /// <param name="offset">Where, a multiple of 4.</param>
    /// <param name="next">The offset of the tag after it; negative, and a <see cref="FdtErrorKind"/> with its sign changed, on
    /// error.</param>
    /// <returns>The tag; <see cref="FdtTag.End"/> on error.</returns>
    public FdtTag ReadTag(int offset, out int next)
    {
        next = -(int)FdtErrorKind.Truncated;
        if (!Has(offset, sizeof(uint)))
            return FdtTag.End;
        uint tag = Word(offset);
        // Unsigned, and wrapping as the original's: what wraps is caught by the range check at the end.
        uint end = (uint)offset + sizeof(uint);
        next = -(int)FdtErrorKind.BadStructure;
        switch (tag)
        {
            case FdtFormat.BeginNode:
                int length = _structure[(int)end..].IndexOf((byte)0);
                if (length < 0)
                    return FdtTag.End;
                end += (uint)length + 1;
                break;
            case FdtFormat.Prop:
                // The name's offset too: a length that wraps around need not lead past it, and the original reads it from outside
                // the block.
                if (!Has((int)end, 2 * sizeof(uint)))
                    return FdtTag.End;
                uint size = Word((int)end);
                if (_rules.LengthsAreChecked && (size + (ulong)end >= int.MaxValue))
                    return FdtTag.End;
                end = unchecked(end + 2 * sizeof(uint) + size);
                if (_version < FirstWithLeafNames && IsRealigned(offset, size))
                    end += sizeof(uint);
                break;
            case FdtFormat.EndNode:
            case FdtFormat.Nop:
            case FdtFormat.End:
                break;
            default:
                return FdtTag.End;
        }
        // The second comparison stops lengths that wrap around to a tag already read, on which the original goes round forever.
        uint padded = FdtFormat.Align(end, sizeof(uint));
        if (end - (uint)offset > (uint)(_structure.Length - offset) || padded <= (uint)offset)
            return FdtTag.End;
        next = (int)padded;
        return (FdtTag)tag;
    }

    /// <summary>Where the name of the node at an offset begins and ends; the offset has been found by a walk.</summary>
    internal ReadOnlySpan<byte> NodeNameUnchecked(int node)
    {
        ReadOnlySpan<byte> rest = _structure[(node + sizeof(uint))..];
        ReadOnlySpan<byte> name = rest[..rest.IndexOf((byte)0)];
        return _version >= FirstWithLeafNames ? name : name[(name.LastIndexOf((byte)'/') + 1)..];
    }

    /// <summary>The name of a node, without the path before it that old versions store.</summary>
    /// <param name="node">The node's offset.</param>
    /// <param name="name">Its name, empty for the root.</param>
    /// <param name="error">Why there is none.</param>
    public bool TryGetName(int node, out ReadOnlySpan<byte> name, out FdtErrorKind error)
    {
        name = default;
        int next = CheckNode(node);
        error = next < 0 ? (FdtErrorKind)(-next) : 0;
        if (next < 0)
            return false;
        if (_version < FirstWithLeafNames && !_structure[(node + sizeof(uint))..next].Contains((byte)'/'))
        {
            error = FdtErrorKind.BadStructure;
            return false;
        }
        name = NodeNameUnchecked(node);
        return true;
    }

    /// <summary>The text at an offset of the strings block.</summary>
    /// <param name="offset">The offset, as a property states it.</param>
    /// <param name="text">The text without its NUL.</param>
    /// <param name="error">BADOFFSET outside of the block, TRUNCATED without a NUL.</param>
    public bool TryGetString(uint offset, out ReadOnlySpan<byte> text, out FdtErrorKind error)
    {
        text = default;
        error = FdtErrorKind.BadOffset;
        uint start = unchecked(offset + _stringsOffset);
        if (start >= (uint)_blob.Length || offset > int.MaxValue || offset >= _stringsSize)
            return false;
        uint rest = Math.Min((uint)_blob.Length - start, _stringsSize - offset);
        text = _blob.Slice((int)start, (int)rest);
        int end = text.IndexOf((byte)0);
        error = end < 0 ? FdtErrorKind.Truncated : 0;
        text = end < 0 ? default : text[..end];
        return end >= 0;
    }

    /// <summary>
    /// The number of reservations before the entry that ends them; negative, an error with its sign changed, without such an
    /// entry.
    /// </summary>
    internal int CountReservations()
    {
        uint offset = _reservationsOffset;
        for (int count = 0; ; count++, offset += FdtFormat.ReservationSize)
        {
            if (_blob.Length < FdtFormat.ReservationSize || offset > (uint)(_blob.Length - FdtFormat.ReservationSize))
                return -(int)FdtErrorKind.Truncated;
            if (BinaryPrimitives.ReadUInt64BigEndian(_blob[((int)offset + sizeof(ulong))..]) == 0)
                return count;
        }
    }

    /// <summary>Where an offset of the structure block lies in the blob.</summary>
    internal int BlobOffset(int offset) => (int)Math.Min((ulong)_structOffset + (uint)offset, (ulong)_blob.Length);

    /// <summary>True when the property's value, after its header of three words, is moved to the next multiple of 8.</summary>
    private static bool IsRealigned(int property, uint length) => length >= 8 && (property + PropertyHeader) % 8 != 0;

    private bool Has(int offset, int length) => offset >= 0 && length <= _structure.Length - offset;

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_structure[offset..]);
}
