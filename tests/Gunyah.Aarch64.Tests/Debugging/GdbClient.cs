using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gunyah.Aarch64.Tests.Debugging;

/// <summary>The other end of GDB's remote protocol, as far as tests need it.</summary>
internal sealed class GdbClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    public GdbClient(int port)
    {
        _client = new("127.0.0.1", port) { NoDelay = true };
        _stream = _client.GetStream();
    }

    /// <summary>Sends a packet and reads the answer.</summary>
    public string Ask(string packet)
    {
        Send(packet);
        return Answer();
    }

    /// <summary>Sends a packet whose answer comes later.</summary>
    public void Send(string packet)
    {
        int sum = packet.Sum(static each => each) & 0xFF;
        _stream.Write(Encoding.Latin1.GetBytes($"${packet}#{sum:x2}"));
        Assert.Equal('+', (char)_stream.ReadByte());
    }

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(params ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>One byte as it is.</summary>
    public int ReadRaw() => _stream.ReadByte();

    /// <summary>The next packet.</summary>
    public string Answer()
    {
        while (_stream.ReadByte() is not '$' and var skipped)
            Assert.True(skipped >= 0, "the connection ended");
        var data = new StringBuilder();
        int next;
        while ((next = _stream.ReadByte()) != '#')
            data.Append((char)next);
        string sum = $"{(char)_stream.ReadByte()}{(char)_stream.ReadByte()}";
        Assert.Equal(data.ToString().Sum(static each => each) & 0xFF, int.Parse(sum, NumberStyles.HexNumber, null));
        _stream.WriteByte((byte)'+');
        return data.ToString();
    }

    /// <summary>A register of 64 bits.</summary>
    public ulong Register(int number) =>
        BitConverter.ToUInt64(Convert.FromHexString(Ask($"p{number:x}")));

    /// <summary>Ends the connection, with a reset if it is broken.</summary>
    public void End(bool isBroken)
    {
        if (isBroken)
            _client.LingerState = new(enable: true, 0);
        _client.Close();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }
}
