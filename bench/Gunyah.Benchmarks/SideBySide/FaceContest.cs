namespace Gunyah.Benchmarks.SideBySide;

/// <summary>One message sent and received by registers, beside the typed face, for messages of several sizes.</summary>
internal static class FaceContest
{
    private const int Batch = 1_000;
    private const int Rounds = 4_000;

    public static void Run()
    {
        foreach (int size in (int[])[16, 240, 1023])
        {
            var pair = new QueuePair(new BenchMachine(), size);
            Console.WriteLine($"{size} bytes sent and received by registers: time / typed face, bytes allocated");
            Contest.Run([new("typed face", pair.RepeatTyped), new("register face", pair.RepeatByRegisters)], Batch, Rounds);
        }
    }
}
