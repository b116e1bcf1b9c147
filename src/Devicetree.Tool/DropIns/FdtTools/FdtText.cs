using System.Buffers.Text;
using System.Text;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>Text in bytes on its way to a stream.</summary>
internal sealed class FdtText(Stream stream)
{
    /// <summary>As long as any number in any format here.</summary>
    private const int LongestNumber = 24;

    /// <summary>What is held back at most, short of one piece.</summary>
    private const int Limit = 64 * 1024;

    private byte[] _bytes = [];
    private int _length;

    public FdtText Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
        return this;
    }

    public FdtText Add(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetByteCount(text)));
        return this;
    }

    public FdtText Add(char ascii)
    {
        Reserve(1)[0] = (byte)ascii;
        _length++;
        return this;
    }

    public FdtText AddSpaces(int count)
    {
        while (count > 0)
        {
            int some = Math.Min(count, Limit);
            Reserve(some)[..some].Fill((byte)' ');
            _length += some;
            count -= some;
        }
        return this;
    }

    public FdtText AddDecimal(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out int written);
        _length += written;
        return this;
    }

    /// <summary>Adds a number in small hexadecimal digits, at least so many.</summary>
    public FdtText AddHex(ulong value, int digits = 1)
    {
        Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out int written, new('x', (byte)digits));
        _length += written;
        return this;
    }

    /// <summary>Writes what is held back.</summary>
    public void Flush()
    {
        if (_length == 0)
            return;
        stream.Write(_bytes, 0, _length);
        stream.Flush();
        _length = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > Limit)
            Flush();
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, Math.Max(_length + count, Math.Max(256, Math.Min(Limit, 2 * _bytes.Length))));
        return _bytes.AsSpan(_length);
    }
}
