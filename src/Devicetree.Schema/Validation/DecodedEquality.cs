using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation;

/// <summary>
/// When two values are the same (<c>const</c>, <c>enum</c>, <c>uniqueItems</c>): numbers by value whatever their width, flags
/// never equal to numbers, raw bytes equal to a list of the same numbers, since the original compares both as sequences.
/// </summary>
internal sealed class DecodedEquality : IEqualityComparer<DecodedValue>
{
    public static DecodedEquality Comparer { get; } = new();

    public static bool AreEqual(DecodedValue one, DecodedValue other) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => true,
        (DecodedText a, DecodedText b) => a.Value == b.Value,
        (DecodedInteger a, DecodedInteger b) => a.Value == b.Value,
        (DecodedInteger a, DecodedFloat b) => (double)a.Value == b.Value,
        (DecodedFloat a, DecodedInteger b) => a.Value == (double)b.Value,
        (DecodedFloat a, DecodedFloat b) => a.Value == b.Value,
        (DecodedList a, DecodedList b) => AreEqual(a, b),
        (DecodedBytes a, DecodedBytes b) => a.Value.Span.SequenceEqual(b.Value.Span),
        (DecodedBytes a, DecodedList b) => AreEqual(b, a),
        (DecodedList a, DecodedBytes b) => AreEqual(a, b),
        (DecodedNode a, DecodedNode b) => AreEqual(a, b),
        _ => false,
    };

    public bool Equals(DecodedValue? x, DecodedValue? y) => x is not null && y is not null && AreEqual(x, y);

    public int GetHashCode(DecodedValue obj)
    {
        switch (obj)
        {
            case DecodedText text:
                return string.GetHashCode(text.Value, StringComparison.Ordinal);
            case DecodedInteger integer:
                return ((double)integer.Value).GetHashCode();
            case DecodedFloat real:
                return real.Value.GetHashCode();
            case DecodedList list:
                var hash = new HashCode();
                foreach (DecodedValue item in list.Span)
                    hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            case DecodedBytes bytes:
                var bytesHash = new HashCode();
                foreach (byte b in bytes.Value.Span)
                    bytesHash.Add(((double)b).GetHashCode());
                return bytesHash.ToHashCode();
            case DecodedNode node:
                return node.Count;
            default:
                return obj == DecodedFlag.True ? 1 : 2;
        }
    }

    private static bool AreEqual(DecodedList one, DecodedList other)
    {
        if (one.Count != other.Count)
            return false;
        for (int i = 0; i < one.Count; i++)
        {
            if (!AreEqual(one.Span[i], other.Span[i]))
                return false;
        }
        return true;
    }

    private static bool AreEqual(DecodedList list, DecodedBytes bytes)
    {
        ReadOnlySpan<byte> span = bytes.Value.Span;
        if (list.Count != span.Length)
            return false;
        for (int i = 0; i < span.Length; i++)
        {
            if (list.Span[i] is not DecodedInteger number || number.Value != span[i])
                return false;
        }
        return true;
    }

    private static bool AreEqual(DecodedNode one, DecodedNode other)
    {
        if (one.Count != other.Count)
            return false;
        for (int i = 0; i < one.Count; i++)
        {
            if (other.Find(one.Names[i]) is not DecodedValue value || !AreEqual(one.Values[i], value))
                return false;
        }
        return true;
    }
}
