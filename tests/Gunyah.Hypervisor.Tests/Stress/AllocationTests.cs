using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>The hot paths allocate nothing while nobody listens to events.</summary>
public class AllocationTests
{
    private const int Rounds = 2000;

    private readonly TestMachine _machine = new(randomizeIds: true);

    [Fact]
    public void Typed_messages_with_their_interrupts_allocate_nothing()
    {
        CapId queue = _machine.Queue(8, 240);
        InterruptTaker taker = _machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, 40, InterruptTrigger.EdgeRising);
        _machine.Bind(MessageQueueCalls.BindSendVirq, queue, 41, InterruptTrigger.EdgeRising);
        var message = new byte[240];
        AssertNothingAllocated(() =>
        {
            while (_machine.Root.Send(queue, message).NotFull)
            {
            }

            _machine.Root.Send(queue, message);
            taker.Take(40);
            while (_machine.Root.Receive(queue, message).NotEmpty)
            {
            }

            _machine.Root.Receive(queue, message);
            taker.Take(41);
        });
    }

    [Fact]
    public void Register_level_messages_and_doorbells_allocate_nothing()
    {
        CapId queue = _machine.Queue(8, 240);
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        InterruptTaker taker = _machine.Bind(DoorbellCalls.BindVirq, doorbell, 42, InterruptTrigger.Level);
        Assert.True(_machine.Root.TryWrite(TestMachine.Buffer, new byte[240])); // Commits the memory.
        AssertNothingAllocated(() =>
        {
            _machine.Trap(MessageQueueCalls.Send, queue.Value, 240, TestMachine.Buffer);
            _machine.Trap(MessageQueueCalls.Receive, queue.Value, TestMachine.Buffer, 240);
            _machine.Trap(DoorbellCalls.Send, doorbell.Value, 1);
            _machine.Trap(DoorbellCalls.Receive, doorbell.Value, 1);
            taker.Take(42);
        });
    }

    [Fact]
    public void Turns_waits_and_wake_ups_allocate_nothing()
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        InterruptTaker? taker = null;
        var guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            taker ??= Open(vcpu);
            taker.Take(42);
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(_machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        bool blocked = guest.Vcpu.Thread.Run(1) == VcpuTurn.Blocked;
        AssertNothingAllocated(() =>
        {
            _machine.Root.Call(DoorbellCalls.Send, new(doorbell.Value, 1));
            blocked &= guest.Vcpu.Thread.Run(1) == VcpuTurn.Blocked;
        });
        Assert.True(blocked);

        static InterruptTaker Open(IVcpu vcpu)
        {
            var opened = new InterruptTaker(vcpu);
            opened.Enable(42, InterruptTrigger.EdgeRising);
            return opened;
        }
    }

    [Fact]
    public void Registers_of_the_interrupt_controller_allocate_nothing()
    {
        GicCore core = new GicCore(_machine.Root).Open();
        bool taken = true;
        AssertNothingAllocated(() =>
        {
            core.EnableShared(40, 0x80);
            core.Write(GicCore.Distributor + 0x6100 + (8 * 8), 0, 8);
            core.Write(GicCore.Distributor + 0x384, 0xFFFF_FFFF);
            core.Pend(40);
            taken &= core.Line == InterruptLine.Irq;
            taken &= core.Mrs(SystemRegister.IccHppir1) == 40 && core.Mrs(SystemRegister.IccIar1) == 40;
            core.Msr(SystemRegister.IccEoir1, 40);
            core.Msr(SystemRegister.IccSgi1r, 1);
            core.Msr(SystemRegister.IccPmr, 0xFF);
        });
        Assert.True(taken);
    }

    private void AssertNothingAllocated(Action round)
    {
        _machine.Platform.CountsRunnable = false;
        for (int i = 0; i < 100; i++)
            round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
            round();
        // A collection meanwhile, for another test's sake, writes off what is left of this thread's allocation buffer (8 KiB).
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8192);
    }
}
