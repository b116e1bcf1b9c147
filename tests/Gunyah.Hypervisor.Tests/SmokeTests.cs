using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests;

public class SmokeTests
{
    [Fact]
    public void A_message_goes_through_a_queue_and_interrupts_its_receiver()
    {
        var machine = new TestMachine(randomizeIds: true);
        CapId queue = machine.Queue(4, 16);
        InterruptTaker taker = machine.OpenInterrupts();
        taker.Enable(40, InterruptTrigger.EdgeRising);
        TestMachine.Ok(machine.Root.MessageQueueBindReceive(queue, machine.Boot.Vic, 40));

        Assert.Equal(new SendResult(GunyahError.Ok, true), machine.Root.Send(queue, [1, 2, 3]));
        Assert.Equal(1, taker.Take(40));
        var buffer = new byte[16];
        Assert.Equal(new ReceiveResult(GunyahError.Ok, 3, false), machine.Root.Receive(queue, buffer));
        Assert.Equal([1, 2, 3], buffer[..3]);
    }

    [Fact]
    public void The_root_vcpu_runs_waits_and_is_woken()
    {
        var machine = new TestMachine();
        int turns = 0;
        machine.Programs.Add("root", (vcpu, _) =>
        {
            if (turns++ == 0)
            {
                var taker = new InterruptTaker(vcpu);
                taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.Level);
                vcpu.SetTimer(vcpu.Now + 1000);
                return VcpuStep.WaitForInterrupt;
            }

            Assert.Equal(InterruptIds.VirtualTimer, vcpu.Interrupts.Acknowledge());
            vcpu.Interrupts.EndOfInterrupt(InterruptIds.VirtualTimer);
            return VcpuStep.WaitForInterrupt;
        });
        machine.PutImage(TestMachine.RamBase, "root");
        machine.Hypervisor.StartRoot(TestMachine.RamBase, 5);

        Assert.Equal(1, machine.Platform.TakeRunnable(machine.RootThread));
        Assert.Equal(VcpuTurn.Blocked, machine.RootThread.Run(10));
        Assert.Equal(5UL, machine.Root.Registers.X[0]);
        machine.Platform.Advance(1000);
        Assert.Equal(1, machine.Platform.TakeRunnable(machine.RootThread));
        Assert.Equal(VcpuTurn.Blocked, machine.RootThread.Run(10));
        Assert.Equal(2, turns);
    }
}
