using System.ComponentModel;
using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Gunyah.Benchmarks.SideBySide.Peers;

/// <summary>A POSIX message queue of eight messages.</summary>
internal sealed class PosixQueue : IDisposable
{
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const uint OwnerOnly = 0x180;

    private readonly int _queue;
    private readonly byte[] _message;
    private readonly byte[] _buffer;

    public PosixQueue(int size)
    {
        _message = new byte[size];
        _buffer = new byte[size];
        string name = $"/gunyah-bench-{Environment.ProcessId}";
        var attributes = new Attributes { MostMessages = 8, MessageSize = size };
        _queue = Open(name, ReadWrite | Create, OwnerOnly, in attributes);
        if (_queue < 0 || Unlink(name) != 0)
            throw new Win32Exception();
    }

    public void Exchange(int count)
    {
        for (int i = 0; i < count; i++)
            ExchangeOne();
    }

    private void ExchangeOne()
    {
        if (Send(_queue, ref _message[0], _message.Length, 0) != 0
            || Receive(_queue, ref _buffer[0], _buffer.Length, 0) != _message.Length)
            throw new Win32Exception();
    }

    public void Dispose() => _ = Close(_queue);

    [DllImport(CLibrary.Name, EntryPoint = "mq_open", SetLastError = true)]
    private static extern int Open(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags, uint mode, in Attributes attributes);

    [DllImport(CLibrary.Name, EntryPoint = "mq_unlink", SetLastError = true)]
    private static extern int Unlink([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport(CLibrary.Name, EntryPoint = "mq_send")]
    private static extern int Send(int queue, ref byte message, nint size, uint priority);

    [DllImport(CLibrary.Name, EntryPoint = "mq_receive")]
    private static extern nint Receive(int queue, ref byte buffer, nint size, nint priority);

    [DllImport(CLibrary.Name, EntryPoint = "mq_close")]
    private static extern int Close(int queue);

    /// <summary>mq_attr of a 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Attributes
    {
        public long Flags;
        public long MostMessages;
        public long MessageSize;
        public long Messages;
    }
}
