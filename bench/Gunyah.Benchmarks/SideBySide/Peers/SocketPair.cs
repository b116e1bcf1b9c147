using System.ComponentModel;
using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Gunyah.Benchmarks.SideBySide.Peers;

/// <summary>Two connected sockets that keep messages apart.</summary>
internal sealed class SocketPair : IDisposable
{
    private const int Unix = 1;
    private const int SequencedPackets = 5;

    private readonly int[] _ends = new int[2];
    private readonly byte[] _message;
    private readonly byte[] _buffer;

    public SocketPair(int size)
    {
        _message = new byte[size];
        _buffer = new byte[size];
        if (Make(Unix, SequencedPackets, 0, ref _ends[0]) != 0)
            throw new Win32Exception();
    }

    public void Exchange(int count)
    {
        for (int i = 0; i < count; i++)
            ExchangeOne();
    }

    private void ExchangeOne()
    {
        if (Write(_ends[0], ref _message[0], _message.Length) != _message.Length
            || Read(_ends[1], ref _buffer[0], _buffer.Length) != _message.Length)
            throw new Win32Exception();
    }

    public void Dispose() => Array.ForEach(_ends, static end => _ = Close(end));

    [DllImport(CLibrary.Name, EntryPoint = "socketpair", SetLastError = true)]
    private static extern int Make(int domain, int type, int protocol, ref int ends);

    [DllImport(CLibrary.Name, EntryPoint = "write")]
    private static extern nint Write(int end, ref byte message, nint size);

    [DllImport(CLibrary.Name, EntryPoint = "read")]
    private static extern nint Read(int end, ref byte buffer, nint size);

    [DllImport(CLibrary.Name, EntryPoint = "close")]
    private static extern int Close(int end);
}
