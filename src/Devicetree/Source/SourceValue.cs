using System.Buffers.Binary;
using Devicetree.Diagnostics;

namespace Devicetree.Source;

internal enum MarkerKind
{
    /// <summary>A cell that is to hold the phandle of a node.</summary>
    PhandleReference,

    /// <summary>A place where the path of a node is to be inserted.</summary>
    PathReference,

    /// <summary>A label inside a value; it names no node.</summary>
    Label,
}

/// <summary>Something at an offset of a value that its bytes do not tell.</summary>
/// <param name="Offset">Bytes from the start of the value.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">The label, or the path (which starts with a slash), that is meant.</param>
/// <param name="Span">Where it is written.</param>
internal readonly record struct Marker(int Offset, MarkerKind Kind, string Target, SourceSpan Span);

/// <summary>The value of a property while the source is compiled: bytes and markers (reference 1.6).</summary>
/// <param name="budget">What all values together may still take.</param>
internal sealed class SourceValue(ValueBudget budget)
{
    private byte[] _bytes = [];
    private List<Marker>? _markers;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    public IReadOnlyList<Marker> Markers => _markers ?? (IReadOnlyList<Marker>)[];

    public void AddMarker(MarkerKind kind, string target, SourceSpan span) => (_markers ??= []).Add(new(Length, kind, target, span));

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (budget.TryTake(bytes.Length))
            Append(bytes);
    }

    /// <summary>Adds a number of 8, 16, 32 or 64 bits, cut to that width.</summary>
    public void AddNumber(ulong value, int bits)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Add(bytes[^(bits / 8)..]);
    }

    /// <summary>Writes the cell of a phandle reference.</summary>
    public void SetCell(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, sizeof(uint)), value);

    /// <summary>Inserts, for each path reference in order, the bytes that <paramref name="pathOf"/> gives for it.</summary>
    public void InsertPaths(Func<Marker, ReadOnlyMemory<byte>> pathOf)
    {
        if (_markers is null || !_markers.Exists(marker => marker.Kind == MarkerKind.PathReference))
            return;
        var result = new SourceValue(budget);
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
