using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>
/// Two VMs on a real scheduler. One sends numbered messages whenever its queue has room, the other receives them; both wait
/// for their edge-triggered interrupt when they can do no more. Proxied, the receiver runs only inside a third VM's vcpu_run,
/// which waits for the wake-up interrupt when its guest has nothing to do.
/// </summary>
internal sealed class PingPong
{
    private const ulong Ram = 0x4000_0000;
    private const ulong SenderEntry = 0x1000;
    private const ulong ReceiverEntry = 0x2000;
    private const ulong ProxyEntry = 0x3000;
    private const uint Virq = 40;
    private const uint Wakeup = 50;

    private readonly int _messages;
    private readonly ManualResetEventSlim _finished;
    private readonly TestPrograms _programs = new();
    private readonly VcpuPort _root;
    private readonly BootEnvironment _boot;
    private readonly CapId _queue;
    private readonly CapId _sender;
    private readonly CapId _receiver;
    private readonly CapId? _proxy;
    private int _sent;
    private int _received;

    public PingPong(IPlatform platform, int messages, bool proxied, ManualResetEventSlim finished)
    {
        _messages = messages;
        _finished = finished;
        var hypervisor = new GunyahHypervisor(
            new HypervisorOptions { PhysicalMemory = [new(Ram, 0x100_0000)], RootMemory = new(Ram, 0x10_0000) }, platform,
            _programs.Loader, EventStream.None);
        _boot = hypervisor.Boot();
        _root = hypervisor.RootVcpu.Port;
        AddProgram(hypervisor, SenderEntry, "sender", (vcpu, budget) => Run(vcpu, Virq, budget, Send));
        AddProgram(hypervisor, ReceiverEntry, "receiver", (vcpu, budget) => Run(vcpu, Virq, budget, Receive));
        AddProgram(hypervisor, ProxyEntry, "proxy", (vcpu, budget) => Run(vcpu, Wakeup, budget, RunReceiver));

        _queue = Create(ObjectType.MessageQueue);
        TestMachine.Ok(_root.MessageQueueConfigure(_queue, 3, 8));
        TestMachine.Ok(_root.Activate(_queue));
        _sender = NewVcpu(10, out CapId senderVic);
        _receiver = NewVcpu(11, out CapId receiverVic, proxied ? VcpuOptions.VcpuRunScheduled : VcpuOptions.None);
        TestMachine.Ok(_root.MessageQueueBindSend(_queue, senderVic, Virq));
        TestMachine.Ok(_root.MessageQueueBindReceive(_queue, receiverVic, Virq));
        if (!proxied)
            return;
        _proxy = NewVcpu(12, out CapId proxyVic);
        TestMachine.Ok(_root.VcpuBindVirq(_receiver, proxyVic, Wakeup, VcpuVirqType.RunWakeup));
    }

    public int Received => Volatile.Read(ref _received);

    public bool InOrder { get; private set; } = true;

    public void Start()
    {
        TestMachine.Ok(_root.VcpuPoweron(_receiver, ReceiverEntry, 0));
        if (_proxy is { } proxy)
            TestMachine.Ok(_root.VcpuPoweron(proxy, ProxyEntry, 0));
        TestMachine.Ok(_root.VcpuPoweron(_sender, SenderEntry, 0));
    }

    private static VcpuStep Run(IVcpu vcpu, uint virq, int budget, Func<IVcpu, bool> step)
    {
        if (vcpu.Registers.X[0] == 0)
        {
            new InterruptTaker(vcpu).Enable(virq, InterruptTrigger.EdgeRising);
            vcpu.Registers.X[0] = 1;
        }

        uint taken = vcpu.Interrupts.Acknowledge();
        if (taken != InterruptIds.Spurious)
            vcpu.Interrupts.EndOfInterrupt(taken);
        for (int i = 0; i < budget; i++)
        {
            if (!step(vcpu))
                return VcpuStep.WaitForInterrupt;
        }

        return VcpuStep.Yield;
    }

    private bool Send(IVcpu vcpu)
    {
        if (_sent == _messages || vcpu.Send(_queue, BitConverter.GetBytes(_sent)).Error != GunyahError.Ok)
            return false;
        _sent++;
        return true;
    }

    private bool Receive(IVcpu vcpu)
    {
        Span<byte> buffer = stackalloc byte[8];
        if (vcpu.Receive(_queue, buffer).Error != GunyahError.Ok)
            return false;
        InOrder &= BitConverter.ToInt32(buffer) == _received;
        if (Interlocked.Increment(ref _received) == _messages)
            _finished.Set();
        return true;
    }

    /// <summary>One turn of the receiver; false when it expects a wake-up.</summary>
    private bool RunReceiver(IVcpu vcpu)
    {
        TestMachine.Ok(vcpu.VcpuRun(_receiver, default, out VcpuRunResult result));
        return result.State == VcpuRunState.Ready;
    }

    private void AddProgram(GunyahHypervisor hypervisor, ulong entry, string name, Func<IVcpu, int, VcpuStep> run)
    {
        _programs.Add(name, run);
        hypervisor.PhysicalMemory.TryWrite(Ram + entry, GuestImage.Create(name));
    }

    private CapId NewVcpu(ushort vmid, out CapId vic, VcpuOptions options = VcpuOptions.None)
    {
        CapId space = Create(ObjectType.AddressSpace);
        TestMachine.Ok(_root.AddressSpaceConfigure(space, vmid));
        TestMachine.Ok(_root.Activate(space));
        TestMachine.Ok(_root.Map(space, _boot.RootMemory.Cap, 0, MemoryAccess.ReadExecute));
        vic = Create(ObjectType.Vic);
        TestMachine.Ok(_root.VicConfigure(vic, 1, 64));
        TestMachine.Ok(_root.Activate(vic));
        CapId vcpu = Create(ObjectType.Thread);
        TestMachine.Ok(_root.VcpuConfigure(vcpu, options));
        TestMachine.Ok(_root.CapabilitySpaceAttach(_boot.CapabilitySpace, vcpu));
        TestMachine.Ok(_root.AddressSpaceAttach(space, vcpu));
        TestMachine.Ok(_root.VicAttach(vic, vcpu, 0));
        TestMachine.Ok(_root.Activate(vcpu));
        return vcpu;
    }

    private CapId Create(ObjectType type)
    {
        TestMachine.Ok(_root.Create(type, _boot.Partition, _boot.CapabilitySpace, out CapId cap));
        return cap;
    }
}
