using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Programs;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Benchmarks;

/// <summary>A hypervisor whose root vCPU the benchmark plays: nothing runs, nobody reads events.</summary>
internal sealed class BenchMachine
{
    public const ulong MemoryBase = 0x4000_0000;

    public BenchMachine()
    {
        var options = new HypervisorOptions
        {
            PhysicalMemory = [new(MemoryBase, 16 << 20)],
            RootMemory = new(MemoryBase, 1 << 20),
        };
        Hypervisor = new(options, new IdlePlatform(), new ProgramVmLoader(static _ => null), EventStream.None);
        Boot = Hypervisor.Boot();
    }

    public GunyahHypervisor Hypervisor { get; }

    public BootEnvironment Boot { get; }

    public VcpuPort Root => Hypervisor.RootVcpu.Port;

    /// <summary>An active queue with room for eight messages of any size.</summary>
    public CapId NewQueue()
    {
        CapId queue = Create(ObjectType.MessageQueue);
        Require(Root.MessageQueueConfigure(queue, 8, 1023));
        Require(Root.Activate(queue));
        return queue;
    }

    public CapId Create(ObjectType type)
    {
        Require(Root.Create(type, Boot.Partition, Boot.CapabilitySpace, out CapId cap));
        return cap;
    }

    public static void Require(GunyahError error)
    {
        if (error != GunyahError.Ok)
            throw new InvalidOperationException($"the benchmark cannot be set up: {error}");
    }

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
