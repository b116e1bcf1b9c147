using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// Each thing that the test does is done by a task on the kernel of C# guests, in a turn of the vCPU. Between two of them all
/// interrupts are masked, as by a guest with interrupts off: the kernel's own dispatcher takes none that the test wants to take.
/// </summary>
internal sealed class KernelPort : IGuestPort
{
    private const string Name = "test-kernel";
    private const int Steps = 16;

    private readonly VcpuThread _vcpu;
    private Action<IVcpu>? _next;
    private byte _mask;

    private KernelPort(VcpuThread vcpu)
    {
        _vcpu = vcpu;
        Interrupts = new Controller(this);
    }

    public IInterruptController Interrupts { get; }

    /// <summary>Starts the kernel on the root vCPU.</summary>
    public static KernelPort Start(TestMachine machine, ulong entry)
    {
        var port = new KernelPort(machine.RootThread);
        var kernel = new GuestKernel(port.MainAsync);
        machine.Programs.Add(Name, kernel.Run);
        machine.PutImage(entry, Name);
        machine.Hypervisor.StartRoot(entry, 0);
        port.Do(static _ => true);
        return port;
    }

    public void Hypercall(ushort immediate, ref GuestRegisters registers)
    {
        GuestRegisters called = registers;
        registers = Do(vcpu =>
        {
            vcpu.Hypercall(immediate, ref called);
            return called;
        });
    }

    public HypercallResult Call(HypercallRow call, in HypercallArguments arguments)
    {
        HypercallArguments passed = arguments;
        return Do(vcpu => vcpu.Call(call, passed));
    }

    public SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false)
    {
        byte[] sent = [.. message];
        return Do(vcpu => vcpu.Send(queue, sent, push));
    }

    public ReceiveResult Receive(CapId queue, Span<byte> buffer)
    {
        byte[] received = [.. buffer];
        ReceiveResult result = Do(vcpu => vcpu.Receive(queue, received));
        received.CopyTo(buffer);
        return result;
    }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        var bytes = new byte[destination.Length];
        bool done = Do(vcpu => vcpu.TryRead(address, bytes));
        if (done)
            bytes.CopyTo(destination);
        return done;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        byte[] bytes = [.. source];
        return Do(vcpu => vcpu.TryWrite(address, bytes));
    }

    private async Task MainAsync(GuestContext context)
    {
        context.Vcpu.Interrupts.SetPriorityMask(0);
        while (true)
        {
            _next?.Invoke(context.Vcpu);
            _next = null;
            await context.YieldAsync();
        }
    }

    private T Do<T>(Func<IVcpu, T> what)
    {
        T result = default!;
        _next = vcpu => result = what(vcpu);
        while (_next is not null)
            Assert.Equal(VcpuTurn.Runnable, _vcpu.Run(Steps));
        return result;
    }

    private void Do(Action<IInterruptController> what) => Do(vcpu =>
    {
        what(vcpu.Interrupts);
        return true;
    });

    private sealed class Controller(KernelPort port) : IInterruptController
    {
        public void EnableDistributor(bool group0, bool group1) => port.Do(gic => gic.EnableDistributor(group0, group1));

        public void EnableCpuInterface(bool group0, bool group1) => port.Do(gic => gic.EnableCpuInterface(group0, group1));

        public void SetPriorityMask(byte mask) => port._mask = mask;

        public void SetEnabled(uint intid, bool enabled) => port.Do(gic => gic.SetEnabled(intid, enabled));

        public void SetTrigger(uint intid, InterruptTrigger trigger) => port.Do(gic => gic.SetTrigger(intid, trigger));

        public void SetGroup(uint intid, bool group1) => port.Do(gic => gic.SetGroup(intid, group1));

        public void SetPriority(uint intid, byte priority) => port.Do(gic => gic.SetPriority(intid, priority));

        public void SetRoute(uint intid, int vcpuIndex) => port.Do(gic => gic.SetRoute(intid, vcpuIndex));

        public void SetPending(uint intid, bool pending) => port.Do(gic => gic.SetPending(intid, pending));

        public void SendSoftwareInterrupt(uint intid, int vcpuIndex) =>
            port.Do(gic => gic.SendSoftwareInterrupt(intid, vcpuIndex));

        public uint Acknowledge() => port.Do(vcpu =>
        {
            vcpu.Interrupts.SetPriorityMask(port._mask);
            uint intid = vcpu.Interrupts.Acknowledge();
            vcpu.Interrupts.SetPriorityMask(0);
            return intid;
        });

        public void EndOfInterrupt(uint intid) => port.Do(gic => gic.EndOfInterrupt(intid));
    }
}
