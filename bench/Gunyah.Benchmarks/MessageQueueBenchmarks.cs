using BenchmarkDotNet.Attributes;

namespace Gunyah.Benchmarks;

/// <summary>One message through a queue of depth 8, by both faces of the ABI, with the event stream off.</summary>
[MemoryDiagnoser]
public class MessageQueueBenchmarks
{
    private QueuePair _pair = null!;

    [Params(16, 240, 1023)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup() => _pair = new(new BenchMachine(), Size);

    [Benchmark(Baseline = true)]
    public int TypedFace() => _pair.TypedFace();

    [Benchmark]
    public ulong RegisterFace() => _pair.RegisterFace();
}
