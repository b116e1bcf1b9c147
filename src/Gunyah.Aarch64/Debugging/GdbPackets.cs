using System.Globalization;
using System.Text;

namespace Gunyah.Aarch64.Debugging;

/// <summary>
/// The frames of GDB's remote protocol (GDB manual, appendix E): <c>$data#checksum</c>, each acknowledged with <c>+</c> until
/// both sides
/// agree to do without.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="hasMore">True if a read would not wait.</param>
internal sealed class GdbPackets(Stream stream, Func<bool> hasMore)
{
    /// <summary>The most bytes of a packet's data.</summary>
    public const int Longest = 0x4000;

    private const byte Interrupt = 0x03;
    private readonly byte[] _buffer = new byte[4096];
    private int _length;
    private int _next;

    /// <summary>True while packets are acknowledged.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>True if something has come that was not read yet, or the connection has ended.</summary>
    public bool HasMore => _next < _length || hasMore();

    /// <summary>
    /// The next packet's data; a text of one character, 3, for an interrupt; null at the end of the connection.
    /// </summary>
    public string? Read()
    {
        while (true)
        {
            int first = ReadByte();
            if (first < 0)
                return null;
            if (first == Interrupt)
                return "\x03";
            if (first != '$')
                continue;
            var data = new StringBuilder();
            byte sum = 0;
            int next;
            while ((next = ReadByte()) is >= 0 and not '#' && data.Length < Longest)
            {
                data.Append((char)next);
                sum += (byte)next;
            }

            string check = $"{(char)ReadByte()}{(char)ReadByte()}";
            bool holds = byte.TryParse(check, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte told) && told == sum;
            if (Acknowledges)
                Send(holds ? "+"u8 : "-"u8);
            if (holds && next == '#')
                return data.ToString();
        }
    }

    /// <summary>Sends a packet.</summary>
    public void Write(string data)
    {
        byte sum = 0;
        foreach (char each in data)
            sum += (byte)each;
        Send(Encoding.Latin1.GetBytes($"${data}#{sum:x2}"));
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        stream.Flush();
    }

    private int ReadByte()
    {
        if (_next == _length)
        {
            _next = 0;
            _length = stream.Read(_buffer);
            if (_length == 0)
                return -1;
        }

        return _buffer[_next++];
    }
}
