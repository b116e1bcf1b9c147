using System.Buffers.Binary;
using Devicetree.Diagnostics;

namespace Devicetree.Live;

/// <summary>The value of a property in a live tree: bytes and markers (reference 1.6).</summary>
public sealed class LiveValue
{
    private readonly ValueBudget _budget;
    private byte[] _bytes = [];
    private List<Marker>? _markers;

    /// <param name="budget">What all values together may still take.</param>
    internal LiveValue(ValueBudget budget) => _budget = budget;

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, as a blob holds them.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

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

    /// <summary>Writes the cell of a phandle reference.</summary>
    internal void SetCell(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, sizeof(uint)), value);

    /// <summary>Inserts, for each path reference in order, the bytes that <paramref name="pathOf"/> gives for it.</summary>
    internal void InsertPaths(Func<Marker, ReadOnlyMemory<byte>> pathOf)
    {
        if (_markers is null || !_markers.Exists(marker => marker.Kind == MarkerKind.PathReference))
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
        (_bytes, _markers, Length) = (result._bytes, result._markers, result.Length);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(Length + bytes.Length, 2 * _bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
