using System.Buffers.Binary;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>Builds the values of a tree one after the other, in memory that they share.</summary>
internal sealed class ValueBuilder(ValueBudget budget)
{
    private readonly Arena<byte> _bytes = new(1024, 64 * 1024);
    private readonly Arena<Marker> _markers = new(64, 2048);

    /// <summary>True once nothing more fits.</summary>
    public bool IsExhausted => budget.IsExhausted;

    public void AddMarker(MarkerKind kind, string target, SourceSpan span) =>
        _markers.Extend(1)[0] = new(_bytes.Length, kind, target, span);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (budget.TryTake(bytes.Length))
            bytes.CopyTo(_bytes.Extend(bytes.Length));
    }

    /// <summary>Adds a number of 8, 16, 32 or 64 bits, cut to that width.</summary>
    public void AddNumber(ulong value, int bits)
    {
        if (!budget.TryTake(bits / 8))
            return;
        Span<byte> bytes = _bytes.Extend(bits / 8);
        switch (bits)
        {
            case 8: bytes[0] = (byte)value; break;
            case 16: BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value); break;
            case 32: BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value); break;
            default: BinaryPrimitives.WriteUInt64BigEndian(bytes, value); break;
        }
    }

    /// <summary>
    /// Adds a string as it stands between its quotes, and the NUL after it. False when an escape in it has no digits.
    /// </summary>
    public bool TryAddText(ReadOnlySpan<byte> text)
    {
        if (!budget.TryTake(text.Length + 1))
            return true;
        Span<byte> bytes = _bytes.Extend(text.Length + 1);
        int length = text.Length;
        if (text.Contains((byte)'\\'))
            length = DtsLiterals.Unescape(text, bytes);
        else
            text.CopyTo(bytes);
        bool good = length >= 0;
        length = Math.Max(length, 0);
        bytes[length] = 0;
        _bytes.Shorten(text.Length - length);
        return good;
    }

    /// <summary>The value that was built; the next one begins.</summary>
    public LiveValue Take() => new(budget, _bytes.Take(), _markers.Take());
}
