using Devicetree.Compatibility;

namespace Devicetree.Flattened;

/// <summary>
/// Changes a flattened devicetree where it lies, in one buffer, as libfdt's read-write functions do (devicetree.md 3.2): the same
/// places for new properties, nodes and names, the same moves of what follows them, and so the same bytes, also those in pads
/// that no one writes. An operation that fails changes nothing.
/// </summary>
/// <remarks>
/// Results are an offset (or 0), or a <see cref="FdtErrorKind"/> with its sign changed, as in <see cref="FdtView"/>.
/// </remarks>
public sealed partial class FdtEditor
{
    private readonly LibfdtRules _rules;
    private readonly bool _zeroPads;
    private byte[] _buffer;

    /// <summary>
    /// An editor of a buffer; an empty one is filled by <see cref="OpenInto(ReadOnlySpan{byte}, int)"/> before anything else.
    /// </summary>
    internal FdtEditor(byte[] buffer, DtcVersion version, bool zeroPads)
    {
        _buffer = buffer;
        _rules = LibfdtRules.Of(version);
        _zeroPads = zeroPads;
    }

    /// <summary>Starts to edit a blob in a buffer, which the editor then owns. The header must have passed a probe.</summary>
    /// <param name="buffer">The blob and what follows it in memory.</param>
    /// <param name="editor">The editor.</param>
    /// <param name="error">What is wrong with the header.</param>
    /// <param name="version">The version of libfdt to agree with where versions differ; the newest when null.</param>
    /// <param name="zeroPads">Clears the pad bytes of values: see <see cref="StrictChoices.ZeroedPads"/>.</param>
    public static bool TryOpen(
        byte[] buffer,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FdtEditor? editor,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out FdtError? error,
        DtcVersion? version = null,
        bool zeroPads = false)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        error = FdtView.Probe(buffer);
        editor = error is null ? new(buffer, version ?? DtcVersion.Newest, zeroPads) : null;
        return error is null;
    }

    /// <summary>The blob as it is now. The next change makes the view stale.</summary>
    public FdtView View => new(_buffer, _rules);

    /// <summary>The bytes of the blob, as many as its total size says.</summary>
    public ReadOnlySpan<byte> Blob => _buffer.AsSpan(0, (int)Field(FdtField.TotalSize));

    /// <summary>Bytes of the buffer, for a value whose place has been made.</summary>
    internal Span<byte> Writable(int start, int length) => _buffer.AsSpan(start, length);

    /// <summary>Gives the buffer away; the editor has an empty one then.</summary>
    internal byte[] Detach()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        return buffer;
    }

    private uint StructStart => Field(FdtField.StructOffset);

    /// <summary>Where the strings block ends, which in a blob that can be edited is where all data end.</summary>
    private uint DataEnd => Field(FdtField.StringsOffset) + Field(FdtField.StringsSize);

    /// <summary>Sets a property: in its place when it is there, else before all others of its node.</summary>
    /// <param name="node">The node's offset; it stays valid, those of nodes after it may not.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="value">Its value; not a part of this buffer.</param>
    /// <param name="error">Why it cannot be set; NOSPACE when the buffer is too small.</param>
    public bool TrySetProperty(int node, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, out FdtErrorKind error) =>
        Succeeded(SetProperty(node, name, value), out error);

    /// <summary>Deletes a property.</summary>
    /// <param name="node">The node's offset.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="error">Why it cannot be deleted.</param>
    public bool TryDeleteProperty(int node, ReadOnlySpan<byte> name, out FdtErrorKind error) =>
        Succeeded(DeleteProperty(node, name), out error);

    /// <summary>Adds a child after the properties of its parent and before its other children.</summary>
    /// <param name="parent">The parent's offset; it stays valid.</param>
    /// <param name="name">The child's name.</param>
    /// <param name="node">The child's offset.</param>
    /// <param name="error">Why it cannot be added; EXISTS when a child has that name as a component of a path.</param>
    public bool TryAddNode(int parent, ReadOnlySpan<byte> name, out int node, out FdtErrorKind error)
    {
        node = AddNode(parent, name);
        return Succeeded(node, out error);
    }

    /// <summary>Deletes a node and everything below it.</summary>
    /// <param name="node">The node's offset.</param>
    /// <param name="error">Why it cannot be deleted.</param>
    public bool TryDeleteNode(int node, out FdtErrorKind error) => Succeeded(DeleteNode(node), out error);

    /// <summary>Gives the blob more room; see <see cref="Resize"/>.</summary>
    /// <param name="bytes">How much more than its total size now.</param>
    /// <param name="error">Why that does not go.</param>
    public bool TryGrow(int bytes, out FdtErrorKind error) =>
        Succeeded(Resize(unchecked((int)Field(FdtField.TotalSize) + bytes)), out error);

    /// <summary>Takes gaps and room out of the blob.</summary>
    /// <param name="error">Why that does not go.</param>
    public bool TryPack(out FdtErrorKind error) => Succeeded(Pack(), out error);

    internal int SetProperty(int node, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int at = PlaceProperty(node, name, value.Length);
        if (at >= 0)
            value.CopyTo(_buffer.AsSpan(at));
        return Math.Min(at, 0);
    }

    /// <summary>Makes room for a property's value without writing it.</summary>
    /// <returns>Where the value goes, from the start of the buffer.</returns>
    internal int PlaceProperty(int node, ReadOnlySpan<byte> name, int length)
    {
        int error = Probe();
        if (error < 0)
            return error;
        int property = View.FindProperty(node, name, out int oldLength);
        if (property >= 0)
        {
            error = SpliceStructure(property + FdtView.PropertyHeader, Padded(oldLength), Padded(length));
            if (error < 0)
                return error;
            WriteWord(property + sizeof(uint), (uint)length);
        }
        else if (property != -(int)FdtErrorKind.NotFound || (property = AddProperty(node, name, length)) < 0)
        {
            return property;
        }
        int value = (int)StructStart + property + FdtView.PropertyHeader;
        if (_zeroPads)
            _buffer.AsSpan(value + length, (int)(Padded(length) - (uint)length)).Clear();
        return value;
    }

    internal int DeleteProperty(int node, ReadOnlySpan<byte> name)
    {
        int error = Probe();
        if (error < 0)
            return error;
        int property = View.FindProperty(node, name, out int length);
        return property < 0 ? property : SpliceStructure(property, FdtView.PropertyHeader + Padded(length), 0);
    }

    internal int AddNode(int parent, ReadOnlySpan<byte> name)
    {
        int error = Probe();
        if (error < 0)
            return error;
        FdtView view = View;
        int existing = view.FindChild(parent, name);
        if (existing != -(int)FdtErrorKind.NotFound)
            return existing >= 0 ? -(int)FdtErrorKind.Exists : existing;
        FdtPropertyList properties = view.PropertiesOf(parent);
        while (properties.Next() >= 0)
        {
        }

        int node = properties.Position;
        uint nameSize = Padded(name.Length + 1);
        uint size = sizeof(uint) + nameSize + sizeof(uint);
        error = SpliceStructure(node, 0, size);
        if (error < 0)
            return error;
        WriteWord(node, FdtFormat.BeginNode);
        Span<byte> place = _buffer.AsSpan((int)StructStart + node + sizeof(uint), (int)nameSize);
        place.Clear();
        name.CopyTo(place);
        WriteWord(node + (int)size - sizeof(uint), FdtFormat.EndNode);
        return node;
    }

    internal int DeleteNode(int node)
    {
        int error = Probe();
        if (error < 0)
            return error;
        FdtView view = View;
        int end = node;
        for (int depth = 0; end >= 0 && depth >= 0;)
            end = view.NextNode(end, ref depth);
        return end < 0 ? end : SpliceStructure(node, (uint)(end - node), 0);
    }

    private int AddProperty(int node, ReadOnlySpan<byte> name, int length)
    {
        int property = View.CheckNode(node);
        if (property < 0)
            return property;
        uint stringsBefore = Field(FdtField.StringsSize);
        int nameOffset = FindOrAddString(name);
        if (nameOffset < 0)
            return nameOffset;
        int error = SpliceStructure(property, 0, FdtView.PropertyHeader + Padded(length));
        if (error < 0)
        {
            SetField(FdtField.StringsSize, stringsBefore);
            return error;
        }
        WriteWord(property, FdtFormat.Prop);
        WriteWord(property + sizeof(uint), (uint)length);
        WriteWord(property + 2 * sizeof(uint), (uint)nameOffset);
        return property;
    }

    /// <summary>
    /// The offset of a name in the strings block: the first place where it stands, also as the end of another, or its new place.
    /// </summary>
    private int FindOrAddString(ReadOnlySpan<byte> name)
    {
        uint start = Field(FdtField.StringsOffset);
        uint size = Field(FdtField.StringsSize);
        // Offset and size may have wrapped around to look right; the original reads what is not there.
        if ((ulong)start + size > Field(FdtField.TotalSize))
            return -(int)FdtErrorKind.BadOffset;
        ReadOnlySpan<byte> strings = _buffer.AsSpan((int)start, (int)size);
        for (int from = 0; from < strings.Length;)
        {
            int found = strings[from..].IndexOf(name);
            if (found < 0)
                break;
            found += from;
            int end = found + name.Length;
            if (end < strings.Length && strings[end] == 0)
                return found;
            from = found + 1;
        }
        int error = Splice(start + size, 0, (uint)name.Length + 1);
        if (error < 0)
            return error;
        SetField(FdtField.StringsSize, size + (uint)name.Length + 1);
        name.CopyTo(_buffer.AsSpan((int)(start + size)));
        _buffer[start + size + name.Length] = 0;
        return (int)size;
    }

    /// <summary>Replaces a piece of the structure block by one of another size; the strings block moves along.</summary>
    private int SpliceStructure(int at, uint oldLength, uint newLength)
    {
        int error = Splice(StructStart + (uint)at, oldLength, newLength);
        if (error < 0)
            return error;
        SetField(FdtField.StructSize, unchecked(Field(FdtField.StructSize) - oldLength + newLength));
        SetField(FdtField.StringsOffset, unchecked(Field(FdtField.StringsOffset) - oldLength + newLength));
        return 0;
    }

    /// <summary>
    /// Moves everything after a piece of the blob so that the piece gets another size. Its bytes stay whatever is there.
    /// </summary>
    private int Splice(uint at, uint oldLength, uint newLength)
    {
        ulong dataEnd = DataEnd;
        if ((ulong)at + oldLength > dataEnd)
            return -(int)FdtErrorKind.BadOffset;
        if (dataEnd - oldLength + newLength > Field(FdtField.TotalSize))
            return -(int)FdtErrorKind.NoSpace;
        Span<byte> rest = _buffer.AsSpan((int)(at + oldLength), (int)(dataEnd - at - oldLength));
        rest.CopyTo(_buffer.AsSpan((int)(at + newLength)));
        return 0;
    }

    /// <summary>
    /// What every change asks first: version 17 and blocks in the order of <see cref="Pack"/>. A newer version becomes 17.
    /// </summary>
    private int Probe()
    {
        if (FdtView.Probe(_buffer) is FdtError error)
            return -(int)error.Kind;
        uint version = Field(FdtField.Version);
        if (version < FdtFormat.Version)
            return -(int)FdtErrorKind.BadVersion;
        if (IsMisordered(_buffer, FdtFormat.ReservationSize, Field(FdtField.StructSize)))
            return -(int)FdtErrorKind.BadLayout;
        if (version > FdtFormat.Version)
            SetField(FdtField.Version, FdtFormat.Version);
        return 0;
    }

    private static bool Succeeded(int result, out FdtErrorKind error)
    {
        error = result < 0 ? (FdtErrorKind)(-result) : 0;
        return result >= 0;
    }

    private uint Field(int field) => FdtField.Read(_buffer, field);

    private void SetField(int field, uint value) => FdtField.Write(_buffer, field, value);

    private void WriteWord(int offset, uint word) => FdtField.Write(_buffer, (int)StructStart + offset, word);

    private static uint Padded(int length) => FdtFormat.Align((uint)length, sizeof(uint));
}
