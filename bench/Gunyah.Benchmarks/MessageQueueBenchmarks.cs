using BenchmarkDotNet.Attributes;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Programs;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Benchmarks;

/// <summary>One message through a queue of depth 8, by both faces of the ABI, with the event stream off.</summary>
[MemoryDiagnoser]
public class MessageQueueBenchmarks
{
    private const ulong MemoryBase = 0x4000_0000;
    private const ulong SendBuffer = MemoryBase + 0x1000;
    private const ulong ReceiveBuffer = MemoryBase + 0x2000;

    private VcpuPort _vcpu = null!;
    private CapId _queue;
    private byte[] _message = [];
    private byte[] _buffer = [];

    [Params(16, 240, 1023)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var options = new HypervisorOptions
        {
            PhysicalMemory = [new(MemoryBase, 16 << 20)],
            RootMemory = new(MemoryBase, 1 << 20),
        };
        var engines = new ProgramVmLoader(static _ => null);
        var hypervisor = new GunyahHypervisor(options, new IdlePlatform(), engines, EventStream.None);
        BootEnvironment boot = hypervisor.Boot();
        _vcpu = hypervisor.RootVcpu.Port;
        Require(_vcpu.Create(ObjectType.MessageQueue, boot.Partition, boot.CapabilitySpace, out _queue));
        Require(_vcpu.MessageQueueConfigure(_queue, 8, 1023));
        Require(_vcpu.Activate(_queue));
        _message = new byte[Size];
        _buffer = new byte[1023];
    }

    [Benchmark(Baseline = true)]
    public int TypedFace()
    {
        _vcpu.Send(_queue, _message);
        return _vcpu.Receive(_queue, _buffer).Size;
    }

    [Benchmark]
    public ulong RegisterFace()
    {
        var registers = default(GuestRegisters);
        registers.X[0] = _queue.Value;
        registers.X[1] = (ulong)Size;
        registers.X[2] = SendBuffer;
        _vcpu.Hypercall(MessageQueueCalls.Send.Immediate, ref registers);

        registers = default;
        registers.X[0] = _queue.Value;
        registers.X[1] = ReceiveBuffer;
        registers.X[2] = (ulong)_buffer.Length;
        _vcpu.Hypercall(MessageQueueCalls.Receive.Immediate, ref registers);
        return registers.X[1];
    }

    private static void Require(GunyahError error)
    {
        if (error != GunyahError.Ok)
            throw new InvalidOperationException($"the benchmark cannot be set up: {error}");
    }

    /// <summary>A machine on which nothing runs: the benchmark calls for the root vCPU itself.</summary>
    private sealed class IdlePlatform : IPlatform
    {
        private ulong _entropy = 0x9E37_79B9_7F4A_7C15;

        public ulong Now => 0;

        public ulong NextRandom() => _entropy = (_entropy * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;

        public void MakeRunnable(VcpuThread vcpu)
        {
        }

        public void SetTimer(VcpuThread vcpu, ulong deadline)
        {
        }

        public void Advance(int steps)
        {
        }

        public void CancelTimer(VcpuThread vcpu)
        {
        }
    }
}
