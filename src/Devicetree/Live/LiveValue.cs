using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Devicetree.Text.Sources;

namespace Devicetree.Live;

/// <summary>The value of a property in a live tree: bytes and markers (devicetree.md 1.6).</summary>
public sealed class LiveValue
{
    private readonly ValueBudget _budget;
    private ArraySegment<byte> _bytes = ArraySegment<byte>.Empty;
    private ArraySegment<Marker> _markers = ArraySegment<Marker>.Empty;

    /// <summary>How many bytes from its start on are this value's own; what is beyond them belongs to others.</summary>
    private int _capacity;

    private int _markerCapacity;

    /// <summary>True while the bytes are someone else's, who must not see them change.</summary>
    private bool _isShared;

    /// <param name="budget">What all values together may still take.</param>
    internal LiveValue(ValueBudget budget) => _budget = budget;

    /// <param name="budget">What all values together may still take.</param>
    /// <param name="bytes">The bytes, for which that has been asked.</param>
    /// <param name="markers">The markers.</param>
    internal LiveValue(ValueBudget budget, ArraySegment<byte> bytes, ArraySegment<Marker> markers)
        : this(budget)
    {
        _bytes = bytes;
        _markers = markers;
        _capacity = bytes.Count;
        _markerCapacity = markers.Count;
    }

    /// <summary>A value that is a part of something in memory anyway, a blob for instance, and costs nothing more.</summary>
    /// <param name="budget">What all values together may still take.</param>
    /// <param name="shared">The bytes, which must not change.</param>
    internal LiveValue(ValueBudget budget, ReadOnlyMemory<byte> shared)
        : this(budget)
    {
        _isShared = MemoryMarshal.TryGetArray(shared, out ArraySegment<byte> bytes);
        _bytes = _isShared ? bytes : shared.ToArray();
    }

    /// <summary>The number of bytes.</summary>
    public int Length => _bytes.Count;

    /// <summary>The bytes, as a blob holds them.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The markers by rising offset; those of one offset in the order they were written.</summary>
    public ArraySegment<Marker> Markers => _markers;

    /// <summary>The same bytes with other markers.</summary>
    internal LiveValue WithMarkers(Marker[] markers) => new(_budget, _bytes, markers) { _isShared = true };

    internal void AddMarker(MarkerKind kind, string target, SourceSpan span)
    {
        int count = _markers.Count;
        if (count == _markerCapacity)
        {
            _markerCapacity = Math.Max(2, 2 * count);
            var grown = new Marker[_markerCapacity];
            _markers.CopyTo(grown, 0);
            _markers = new(grown, 0, count);
        }
        _markers = new(_markers.Array!, _markers.Offset, count + 1);
        _markers.Array![_markers.Offset + count] = new(Length, kind, target, span);
    }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (_budget.TryTake(bytes.Length))
            Append(bytes);
    }

    /// <summary>Adds a number of 8, 16, 32 or 64 bits, cut to that width.</summary>
    internal void AddNumber(ulong value, int bits)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Add(bytes[^(bits / 8)..]);
    }

    /// <summary>
    /// Adds references to cells that are there already. At an offset they come behind a type marker; of several for one offset
    /// the first counts, and one that was known before counts more.
    /// </summary>
    internal void AddReferences(IEnumerable<Marker> references)
    {
        var merged = new List<Marker>();
        int copied = 0;
        foreach (Marker reference in references.OrderBy(reference => reference.Offset))
        {
            while (copied < Markers.Count && (Markers[copied].Offset < reference.Offset
                || (Markers[copied].Offset == reference.Offset && Markers[copied].Kind >= MarkerKind.Bytes)))
            {
                merged.Add(Markers[copied++]);
            }
            bool isKnown = copied < Markers.Count && IsSame(Markers[copied], reference);
            if (!isKnown && (merged.Count == 0 || !IsSame(merged[^1], reference)))
                merged.Add(reference);
        }
        merged.AddRange(Markers[copied..]);
        _markers = merged.ToArray();
        _markerCapacity = merged.Count;

        static bool IsSame(Marker left, Marker right) => left.Offset == right.Offset && left.Kind == right.Kind;
    }

    /// <summary>Replaces all markers. They come by rising offset.</summary>
    internal void SetMarkers(List<Marker> markers)
    {
        _markers = markers.ToArray();
        _markerCapacity = markers.Count;
    }

    /// <summary>Writes the cell of a phandle reference.</summary>
    internal void SetCell(int offset, uint value)
    {
        if (_isShared)
            Move(Length);
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, sizeof(uint)), value);
    }

    /// <summary>Inserts, for each path reference in order, the bytes that <paramref name="pathOf"/> gives for it.</summary>
    internal void InsertPaths(Func<Marker, ReadOnlyMemory<byte>> pathOf)
    {
        if (!HasMarker(MarkerKind.PathReference))
            return;
        var result = new LiveValue(_budget);
        int copied = 0;
        foreach (Marker marker in _markers)
        {
            result.Append(_bytes.AsSpan(copied, marker.Offset - copied));
            copied = marker.Offset;
            result.AddMarker(marker.Kind, marker.Target, marker.Span);
            if (marker.Kind == MarkerKind.PathReference)
                result.Add(pathOf(marker).Span);
        }
        result.Append(_bytes.AsSpan(copied, Length - copied));
        (_bytes, _markers, _capacity, _markerCapacity) =
            (result._bytes, result._markers, result._capacity, result._markerCapacity);
        _isShared = false;
    }

    private bool HasMarker(MarkerKind kind)
    {
        foreach (ref readonly Marker marker in _markers.AsSpan())
        {
            if (marker.Kind == kind)
                return true;
        }
        return false;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        int length = Length;
        if (_isShared || length + bytes.Length > _capacity)
            Move(Math.Max(length + bytes.Length, 2 * _capacity));
        bytes.CopyTo(_bytes.Array.AsSpan(_bytes.Offset + length));
        _bytes = new(_bytes.Array!, _bytes.Offset, length + bytes.Length);
    }

    /// <summary>Takes the bytes to an array of this value's own.</summary>
    private void Move(int capacity)
    {
        var own = new byte[capacity];
        _bytes.CopyTo(own, 0);
        (_bytes, _capacity, _isShared) = (new(own, 0, Length), capacity, false);
    }
}
