using System.Buffers.Binary;
using Devicetree.Diagnostics;

namespace Devicetree.Live;

/// <summary>The value of a property in a live tree: bytes and markers (reference 1.6).</summary>
public sealed class LiveValue
{
    private readonly ValueBudget _budget;

    /// <summary>Bytes of someone else that this value begins as; they are copied before they change.</summary>
    private ReadOnlyMemory<byte>? _shared;
    private byte[] _bytes = [];
    private List<Marker>? _markers;

    /// <param name="budget">What all values together may still take.</param>
    internal LiveValue(ValueBudget budget) => _budget = budget;

    /// <summary>A value that is a part of something in memory anyway, a blob for instance, and costs nothing more.</summary>
    /// <param name="budget">What all values together may still take.</param>
    /// <param name="shared">The bytes, which must not change.</param>
    internal LiveValue(ValueBudget budget, ReadOnlyMemory<byte> shared)
        : this(budget)
    {
        _shared = shared;
        Length = shared.Length;
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, as a blob holds them.</summary>
    public ReadOnlyMemory<byte> Bytes => _shared ?? _bytes.AsMemory(0, Length);

    /// <summary>The markers by rising offset; those of one offset in the order they were written.</summary>
    public IReadOnlyList<Marker> Markers => _markers ?? (IReadOnlyList<Marker>)[];

    internal void AddMarker(MarkerKind kind, string target, SourceSpan span) => (_markers ??= []).Add(new(Length, kind, target, span));

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
    /// Adds references to cells that are there already. At an offset they come behind a type marker; of several for one offset the
    /// first counts, and one that was known before counts more.
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
        merged.AddRange(Markers.Skip(copied));
        _markers = merged;

        static bool IsSame(Marker left, Marker right) => left.Offset == right.Offset && left.Kind == right.Kind;
    }

    /// <summary>Writes the cell of a phandle reference.</summary>
    internal void SetCell(int offset, uint value)
    {
        Own();
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, sizeof(uint)), value);
    }

    /// <summary>Inserts, for each path reference in order, the bytes that <paramref name="pathOf"/> gives for it.</summary>
    internal void InsertPaths(Func<Marker, ReadOnlyMemory<byte>> pathOf)
    {
        if (_markers is null || !_markers.Exists(marker => marker.Kind == MarkerKind.PathReference))
            return;
        var result = new LiveValue(_budget);
        int copied = 0;
        foreach (Marker marker in _markers)
        {
            result.Append(Bytes.Span[copied..marker.Offset]);
            copied = marker.Offset;
            result.AddMarker(marker.Kind, marker.Target, marker.Span);
            if (marker.Kind == MarkerKind.PathReference)
                result.Add(pathOf(marker).Span);
        }
        result.Append(Bytes.Span[copied..]);
        (_shared, _bytes, _markers, Length) = (null, result._bytes, result._markers, result.Length);
    }

    private void Own()
    {
        if (_shared is ReadOnlyMemory<byte> shared)
            (_shared, _bytes) = (null, shared.ToArray());
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Own();
        if (Length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(Length + bytes.Length, 2 * _bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
