using System.Runtime.InteropServices;
using System.Text;

namespace Devicetree.Flattened;

/// <summary>
/// The strings block. A name that ends a name already stored shares its bytes (<c>reg</c> inside <c>xreg</c>); with several such places
/// the first one is taken, as dtc and libfdt do by searching from the start. Here every stored place is indexed instead.
/// </summary>
internal sealed class StringTable
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>Where each text that ends in a NUL starts first: all stored names and all their ends.</summary>
    private readonly HashSet<int> _starts;

    private readonly HashSet<int>.AlternateLookup<ReadOnlySpan<byte>> _byText;

    public StringTable()
    {
        _starts = new HashSet<int>(new ByText(_bytes));
        _byText = _starts.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    /// <summary>The offset of a name, stored at the end when it is nowhere yet.</summary>
    public int Add(string name)
    {
        if (_known.TryGetValue(name, out int offset))
            return offset;
        byte[] text = Encoding.ASCII.GetBytes(name);
        if (!_byText.TryGetValue(text, out offset))
        {
            offset = _bytes.Count;
            _bytes.AddRange(text);
            _bytes.Add(0);
            for (int start = offset; start < _bytes.Count; start++)
                _starts.Add(start);
        }
        _known.Add(name, offset);
        return offset;
    }

    /// <summary>Two offsets are equal when the same NUL-terminated text stands there.</summary>
    private sealed class ByText(List<byte> table) : IEqualityComparer<int>, IAlternateEqualityComparer<ReadOnlySpan<byte>, int>
    {
        /// <summary>A hash reads no more than this much of a text: every end of a long name is hashed.</summary>
        private const int HashedLength = 24;

        public bool Equals(int left, int right) => TextAt(left).SequenceEqual(TextAt(right));

        public bool Equals(ReadOnlySpan<byte> text, int offset) => text.SequenceEqual(TextAt(offset));

        public int GetHashCode(int offset) => GetHashCode(TextAt(offset));

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            var hash = new HashCode();
            hash.Add(text.Length);
            hash.AddBytes(text[..Math.Min(text.Length, HashedLength)]);
            return hash.ToHashCode();
        }

        public int Create(ReadOnlySpan<byte> text) => throw new NotSupportedException("A text gets its offset by being stored.");

        private ReadOnlySpan<byte> TextAt(int offset)
        {
            ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(table)[offset..];
            return rest[..rest.IndexOf((byte)0)];
        }
    }
}
