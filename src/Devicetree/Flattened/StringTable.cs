using System.Text;

namespace Devicetree.Flattened;

/// <summary>
/// The strings block. A name that ends a name already stored shares its bytes (<c>reg</c> inside <c>xreg</c>); with several such
/// places the first one is taken, as dtc and libfdt do by searching from the start. Here every stored end of a name is indexed
/// instead, by a hash that grows from the end of a text, so that all ends of a name are hashed in one go.
/// </summary>
internal sealed class StringTable
{
    private const ulong HashFactor = 0x9E3779B97F4A7C15;
    private const int StackedName = 256;

    /// <summary>Where a name is, for the names that come again and again.</summary>
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>An open-addressed table of one more than where a text starts that ends in a NUL; 0 is free.</summary>
    private int[] _starts = new int[1024];

    private uint[] _hashes = new uint[1024];

    /// <summary>The hashes of all ends of the name that is being stored.</summary>
    private uint[] _ends = new uint[64];
    private int _count;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The offset of a name, stored at the end when it is nowhere yet.</summary>
    public int Add(string name)
    {
        if (_known.TryGetValue(name, out int offset))
            return offset;
        Span<byte> text = name.Length < StackedName ? stackalloc byte[name.Length] : new byte[name.Length];
        Encoding.ASCII.GetBytes(name, text);
        offset = Find(text);
        if (offset < 0)
            offset = Store(text);
        _known.Add(name, offset);
        return offset;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        ulong hash = 0;
        for (int i = text.Length - 1; i >= 0; i--)
            hash = Step(hash, text[i]);
        int slot = SlotOf(text, Fold(hash, text.Length));
        return _starts[slot] - 1;
    }

    private int Store(ReadOnlySpan<byte> text)
    {
        int offset = _length;
        while (_length + text.Length + 1 > _bytes.Length)
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        text.CopyTo(_bytes.AsSpan(offset));
        _length += text.Length;
        _bytes[_length++] = 0;
        if (_ends.Length <= text.Length)
            _ends = new uint[2 * text.Length];
        ulong hash = 0;
        _ends[text.Length] = Fold(hash, 0);
        for (int i = text.Length - 1; i >= 0; i--)
        {
            hash = Step(hash, text[i]);
            _ends[i] = Fold(hash, text.Length - i);
        }
        // The longest first: when one is known, so are all shorter ones.
        for (int i = 0; i <= text.Length && TryAddStart(offset + i, _ends[i]); i++)
        {
        }
        return offset;
    }

    /// <summary>Notes a text; false when an earlier one is the same.</summary>
    private bool TryAddStart(int start, uint hash)
    {
        int slot = SlotOf(_bytes.AsSpan(start, _length - 1 - start), hash);
        if (_starts[slot] != 0)
            return false;
        _starts[slot] = start + 1;
        _hashes[slot] = hash;
        if (++_count * 2 > _starts.Length)
            Grow();
        return true;
    }

    /// <summary>The slot that a text has, or the free one that it would get.</summary>
    private int SlotOf(ReadOnlySpan<byte> text, uint hash)
    {
        int mask = _starts.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_starts[slot] is int start and not 0 && !(_hashes[slot] == hash && IsAt(start - 1, text)))
            slot = (slot + 1) & mask;
        return slot;
    }

    private bool IsAt(int start, ReadOnlySpan<byte> text) =>
        start + text.Length < _length && _bytes[start + text.Length] == 0
        && text.SequenceEqual(_bytes.AsSpan(start, text.Length));

    private void Grow()
    {
        (int[] starts, uint[] hashes) = (_starts, _hashes);
        _starts = new int[2 * starts.Length];
        _hashes = new uint[2 * starts.Length];
        int mask = _starts.Length - 1;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] == 0)
                continue;
            int slot = (int)(hashes[i] & (uint)mask);
            while (_starts[slot] != 0)
                slot = (slot + 1) & mask;
            (_starts[slot], _hashes[slot]) = (starts[i], hashes[i]);
        }
    }

    private static ulong Step(ulong hash, byte next)
    {
        hash = (hash ^ next ^ 0x100) * HashFactor;
        return hash ^ (hash >> 29);
    }

    private static uint Fold(ulong hash, int length) => (uint)(hash >> 32) ^ (uint)hash ^ ((uint)length * 0x85EBCA6B);
}
