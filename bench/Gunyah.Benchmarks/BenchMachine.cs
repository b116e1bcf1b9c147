using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Programs;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Benchmarks;

/// <summary>A hypervisor whose root vCPU the benchmark plays: nothing runs, nobody reads events.</summary>
internal sealed class BenchMachine
{
    public const ulong MemoryBase = 0x4000_0000;

    private readonly Dictionary<string, Func<IVcpuProgram>> _programs = [];
    private ushort _vmid = 9;
    private ulong _free = 2 << 20;

    /// <summary>A machine on which only the benchmark's calls happen, or one with a scheduler.</summary>
    public BenchMachine(IPlatform? platform = null)
    {
        var options = new HypervisorOptions
        {
            PhysicalMemory = [new(MemoryBase, 16 << 20)],
            RootMemory = new(MemoryBase, 1 << 20),
        };
        var engines = new ProgramVmLoader(name => _programs.GetValueOrDefault(name)?.Invoke());
        Hypervisor = new(options, platform ?? new IdlePlatform(), engines, EventStream.None);
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

    /// <summary>A VM with one vCPU in the root VM's capability space; all of root memory is at its address 0.</summary>
    public (Vcpu Vcpu, CapId Cap, CapId Vic, CapId Space) NewVm()
    {
        CapId space = Create(ObjectType.AddressSpace);
        Require(Root.AddressSpaceConfigure(space, ++_vmid));
        Require(Root.Activate(space));
        Require(Root.Map(space, Boot.RootMemory.Cap, 0, MemoryAccess.All));
        CapId vic = Create(ObjectType.Vic);
        Require(Root.VicConfigure(vic, 1, 64));
        Require(Root.Activate(vic));
        CapId cap = Create(ObjectType.Thread);
        Require(Root.VcpuConfigure(cap, VcpuOptions.None));
        Require(Root.CapabilitySpaceAttach(Boot.CapabilitySpace, cap));
        Require(Root.AddressSpaceAttach(space, cap));
        Require(Root.VicAttach(vic, cap, 0));
        Require(Root.Activate(cap));
        Require(Root.Space.Resolve(cap, ThreadRights.None, CapabilityLookup.AnyState, out Vcpu? vcpu));
        vcpu!.Release();
        return (vcpu, cap, vic, space);
    }

    /// <summary>Powers a vCPU on with a program.</summary>
    public void Start(CapId vcpu, Func<IVcpuProgram> program)
    {
        ulong entry = 0x1_0000 + (0x1000 * (ulong)_programs.Count);
        string name = $"program-{_programs.Count}";
        _programs.Add(name, program);
        if (!Hypervisor.PhysicalMemory.TryWrite(MemoryBase + entry, GuestImage.Create(name)))
            throw new InvalidOperationException("there is no memory for an image");
        Require(Root.VcpuPoweron(vcpu, entry, 0));
    }

    /// <summary>An extent of free memory, active, not mapped.</summary>
    public CapId NewExtent(ulong size)
    {
        CapId extent = Create(ObjectType.MemoryExtent);
        Require(Root.ExtentDerive(extent, Boot.Extents[0].Cap, _free, size, MemoryAccess.All));
        Require(Root.Activate(extent));
        _free += size;
        return extent;
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
