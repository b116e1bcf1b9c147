using Gunyah.Benchmarks.SideBySide.Peers;

namespace Gunyah.Benchmarks.SideBySide;

/// <summary>240 bytes sent and received on one thread: both faces beside what .NET and Linux have for that.</summary>
internal static class MessageContest
{
    private const int Size = 240;
    private const int Batch = 1_000;
    private const int Rounds = 2_000;

    public static void Run()
    {
        var pair = new QueuePair(new BenchMachine(), Size);
        var channel = new ChannelPair(Size);
        using var posix = new PosixQueue(Size);
        using var sockets = new SocketPair(Size);
        Console.WriteLine($"{Size} bytes sent and received: time / typed face, bytes allocated");
        Contest.Run(
            [
                new("typed face", pair.RepeatTyped),
                new("register face", pair.RepeatByRegisters),
                new("System.Threading.Channels, bounded", channel.Exchange),
                new("mq_send + mq_receive", posix.Exchange),
                new("SOCK_SEQPACKET pair", sockets.Exchange),
            ],
            Batch,
            Rounds);
    }
}
