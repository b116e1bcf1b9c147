namespace Devicetree.Decompilation;

/// <summary>
/// Text of bytes that grows in a buffer and leaves it for a stream in large pieces. Names of trees are Latin-1 here: one byte a
/// character, as blobs have them.
/// </summary>
internal sealed class ByteText(Stream? output = null)
{
    private const int FlushAt = 64 * 1024;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    private byte[] _bytes = new byte[output is null ? 4096 : FlushAt + 4096];
    private int _length;

    /// <summary>What has been added, where there is no stream.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public ByteText Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Take(text.Length));
        return this;
    }

    public ByteText Add(byte character)
    {
        if (_length == _bytes.Length)
            Grow(1);
        _bytes[_length++] = character;
        return this;
    }

    public ByteText Add(string latin1)
    {
        Span<byte> taken = Take(latin1.Length);
        for (int i = 0; i < latin1.Length; i++)
            taken[i] = (byte)latin1[i];
        return this;
    }

    public ByteText AddRepeated(byte character, int count)
    {
        Take(count).Fill(character);
        return this;
    }

    /// <summary>A number in lower-case hexadecimal, with zeros in front up to a number of digits.</summary>
    public ByteText AddHex(ulong value, int digits)
    {
        int needed = value == 0 ? 1 : (67 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 4;
        Span<byte> taken = Take(Math.Max(needed, digits));
        for (int i = taken.Length - 1; i >= 0; i--, value >>= 4)
            taken[i] = HexDigits[(int)(value & 0xf)];
        return this;
    }

    /// <summary>A number in decimal.</summary>
    public ByteText AddDecimal(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out int written, provider: System.Globalization.CultureInfo.InvariantCulture);
        return Add(digits[..written]);
    }

    /// <summary>Hands on what has gathered when that is a lot.</summary>
    public void FlushIfFull()
    {
        if (output is not null && _length >= FlushAt)
            Flush();
    }

    /// <summary>Hands on what has gathered.</summary>
    public void Flush()
    {
        output?.Write(_bytes.AsSpan(0, _length));
        if (output is not null)
            _length = 0;
    }

    private Span<byte> Take(int count)
    {
        if (count > _bytes.Length - _length)
            Grow(count);
        Span<byte> taken = _bytes.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Grow(int count)
    {
        long needed = (long)_length + count;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException("The text of one value takes 2 GiB or more.");
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
    }
}
