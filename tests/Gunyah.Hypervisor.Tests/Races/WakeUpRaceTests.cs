using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>Wake-ups from two threads at the same moment (gunyah-abi.md 4.8).</summary>
public class WakeUpRaceTests
{
    private const uint FirstWakeup = 60;
    private const uint SecondWakeup = 61;
    private const uint Virq = 42;

    private readonly TestMachine _machine = new();

    /// <summary>With one list of wake-ups for all, and no fence between leaving it and looking once more, a few of a million
    /// rounds went without one.</summary>
    [Fact]
    public void Of_two_proxied_vcpus_woken_at_once_the_owner_hears_of_both()
    {
        CapId firstBell = _machine.Active(ObjectType.Doorbell);
        CapId secondBell = _machine.Active(ObjectType.Doorbell);
        InterruptTaker host = _machine.OpenInterrupts();
        TestGuest first = Sleeper("first", 10, firstBell, FirstWakeup, host);
        TestGuest second = Sleeper("second", 11, secondBell, SecondWakeup, host);
        int missed = 0;
        AlignedRounds.Run(
            50_000,
            () => TestMachine.Ok(_machine.Root.DoorbellSend(firstBell, 1, out _)),
            () => TestMachine.Ok(second.Port.DoorbellSend(secondBell, 1, out _)),
            _ =>
            {
                missed += CountTaken(host) == 2 ? 0 : 1;
                Sleep(first);
                Sleep(second);
                return true;
            });
        Assert.Equal(0, missed);
    }

    /// <summary>What a wake-up leads to is the business of others: no object's lock is held while they are told.</summary>
    [Theory]
    [InlineData("send")]
    [InlineData("receive")]
    [InlineData("flush")]
    [InlineData("configure send")]
    [InlineData("configure receive")]
    [InlineData("doorbell send")]
    [InlineData("doorbell mask")]
    public void Whoever_is_woken_can_use_at_once_what_woke_him(string call)
    {
        var machine = new TestMachine(Profile.Reference);
        CapId bell = machine.Active(ObjectType.Doorbell);
        CapId queue = machine.Queue(1, 16);
        var guest = new TestGuest(machine, "guest", (vcpu, _) =>
        {
            new InterruptTaker(vcpu).Enable(Virq, InterruptTrigger.Level);
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        HypercallRow bind = call switch
        {
            "send" or "configure receive" => MessageQueueCalls.BindReceiveVirq,
            "receive" or "flush" or "configure send" => MessageQueueCalls.BindSendVirq,
            _ => DoorbellCalls.BindVirq,
        };
        if (call is "receive" or "flush" or "configure receive")
            TestMachine.Ok(machine.Root.Send(queue, [1]).Error);
        if (call == "doorbell mask")
        {
            TestMachine.Ok(machine.Root.DoorbellMask(bell, 0, 0));
            TestMachine.Ok(machine.Root.DoorbellSend(bell, 1, out _));
        }

        CapId source = bind == DoorbellCalls.BindVirq ? bell : queue;
        TestMachine.Ok(machine.Error(bind, source.Value, guest.Vic.Value, Virq));
        bool? isFree = null;
        machine.Platform.OnRunnable = _ =>
        {
            var user = new Thread(() =>
            {
                machine.Root.DoorbellReceive(bell, 1, out ulong _);
                machine.Root.Receive(queue, new byte[16]);
            })
            { IsBackground = true };
            user.Start();
            isFree = user.Join(Hanging.LimitOfStep);
        };
        TestMachine.Ok(call switch
        {
            "send" => machine.Root.Send(queue, [1]).Error,
            "receive" => machine.Root.Receive(queue, new byte[16]).Error,
            "flush" => machine.Error(MessageQueueCalls.Flush, queue.Value),
            "configure send" => machine.Error(MessageQueueCalls.ConfigureSend, queue.Value, 0, 0xFFFF_FFFF, ulong.MaxValue),
            "configure receive" => machine.Error(MessageQueueCalls.ConfigureReceive, queue.Value, 1, 0xFFFF_FFFF, ulong.MaxValue),
            "doorbell send" => machine.Root.DoorbellSend(bell, 1, out _),
            _ => machine.Root.DoorbellMask(bell, ulong.MaxValue, 0),
        });
        Assert.True(isFree);
    }

    private static int CountTaken(InterruptTaker host)
    {
        int count = 0;
        for (uint taken = host.Acknowledge(); taken != InterruptIds.Spurious; taken = host.Acknowledge())
        {
            count++;
            host.End(taken);
        }

        return count;
    }

    private TestGuest Sleeper(string name, ushort vmid, CapId bell, uint wakeup, InterruptTaker host)
    {
        var guest = new TestGuest(_machine, name, (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(Virq, InterruptTrigger.EdgeRising);
            taker.Take(Virq);
            return VcpuStep.WaitForInterrupt;
        }, VcpuOptions.VcpuRunScheduled, vmid);
        TestMachine.Ok(_machine.Root.VcpuBindVirq(guest.Cap, _machine.Boot.Vic, wakeup, VcpuVirqType.RunWakeup));
        host.Enable(wakeup, InterruptTrigger.EdgeRising);
        TestMachine.Ok(_machine.Root.DoorbellBind(bell, guest.Vic, Virq));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        CountTaken(host);
        Sleep(guest);
        return guest;
    }

    private void Sleep(TestGuest guest)
    {
        TestMachine.Ok(_machine.Root.VcpuRun(guest.Cap, default, out VcpuRunResult result));
        Assert.Equal(VcpuRunState.ExpectsWakeup, result.State);
    }
}
