using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Vcpus;

/// <summary>gunyah-abi.md 4.8. The root vCPU is the VMM.</summary>
public class ProxySchedulingTests
{
    private const uint Wakeup = 60;

    private readonly TestMachine _machine = new();

    [Fact]
    public void A_vcpu_that_nobody_proxies_cannot_be_run()
    {
        TestGuest guest = NewGuest((_, _) => VcpuStep.Yield, VcpuOptions.None);
        Assert.Equal(GunyahError.Busy, Run(guest).Error);
    }

    [Fact]
    public void A_proxied_vcpu_runs_only_inside_vcpu_run()
    {
        TestGuest guest = Started((_, _) => VcpuStep.Yield);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(10));
        Assert.Equal(0, _machine.Platform.TakeRunnable(guest.Vcpu.Thread));
        Assert.Equal(0, guest.Turns);
        Assert.Equal((GunyahError.Ok, VcpuRunState.Ready, 0UL, 0UL), Run(guest));
        Assert.Equal(1, guest.Turns);
    }

    [Fact]
    public void The_wake_up_binding_makes_a_vcpu_proxied()
    {
        TestGuest guest = NewGuest((_, _) => VcpuStep.Yield, VcpuOptions.None);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        BindWakeup(guest);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(10));
        Assert.Equal(VcpuRunState.Ready, Run(guest).State);
    }

    [Theory]
    [InlineData(Profile.Documented, VcpuTurn.Runnable)]
    [InlineData(Profile.Reference, VcpuTurn.Blocked)]
    public void Unbinding_the_wake_up_ends_proxying_only_as_documented(Profile profile, VcpuTurn turn)
    {
        var machine = new TestMachine(profile);
        var guest = new TestGuest(machine, "guest", (_, _) => VcpuStep.Yield);
        TestMachine.Ok(machine.Root.VcpuBindVirq(guest.Cap, machine.Boot.Vic, Wakeup, VcpuVirqType.RunWakeup));
        TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(machine.Root.VcpuUnbindVirq(guest.Cap, VcpuVirqType.RunWakeup));
        Assert.Equal(turn, guest.Vcpu.Thread.Run(1));
    }

    [Fact]
    public void The_wake_up_interrupt_comes_when_a_waiting_vcpu_can_go_on() // VI-38
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        int taken = 0;
        TestGuest guest = NewGuest((vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(42, InterruptTrigger.EdgeRising);
            taken += taker.Take(42);
            return VcpuStep.WaitForInterrupt;
        });
        InterruptTaker host = BindWakeup(guest);
        TestMachine.Ok(_machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(1, host.Take(Wakeup)); // Powered on while nobody runs it.

        Assert.Equal(VcpuRunState.ExpectsWakeup, Run(guest).State);
        Assert.Equal(VcpuRunState.ExpectsWakeup, Run(guest).State); // Legal, and for nothing.
        Assert.Equal(1, guest.Turns);
        TestMachine.Ok(_machine.Root.DoorbellSend(doorbell, 1, out _));
        Assert.Equal(1, host.Take(Wakeup));
        Assert.Equal(VcpuRunState.ExpectsWakeup, Run(guest).State);
        Assert.Equal(1, taken);
    }

    [Fact]
    public void A_level_configured_wake_up_is_never_seen()
    {
        TestGuest guest = NewGuest((_, _) => VcpuStep.Yield);
        InterruptTaker host = BindWakeup(guest);
        host.Gic.SetTrigger(Wakeup, InterruptTrigger.Level);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(0, host.Take(Wakeup));
    }

    [Theory]
    [InlineData(Profile.Documented, 0UL)]
    [InlineData(Profile.Reference, 1UL)]
    public void The_reference_says_what_a_vcpu_waits_for(Profile profile, ulong cause)
    {
        var machine = new TestMachine(profile);
        var guest = new TestGuest(machine, "guest", (_, _) => VcpuStep.WaitForInterrupt, VcpuOptions.VcpuRunScheduled);
        TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        GuestRegisters r = machine.Trap(VcpuCalls.Run, guest.Cap.Value);
        Assert.Equal([0UL, 1UL, 0UL, cause, 0UL], [r.X[0], r.X[1], r.X[2], r.X[3], r.X[4]]);
    }

    [Fact]
    public void A_vcpu_that_is_off_reports_it_and_so_does_a_faulted_one()
    {
        TestGuest guest = NewGuest((_, _) => throw new InvalidOperationException("guest bug"));
        Assert.Equal((GunyahError.Ok, VcpuRunState.PoweredOff, 0UL, 0UL), Run(guest));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal((GunyahError.Ok, VcpuRunState.Fault, 0UL, 0UL), Run(guest));
        Assert.Equal((GunyahError.Ok, VcpuRunState.Fault, 0UL, 0UL), Run(guest));
    }

    [Fact]
    public void A_killed_vcpu_is_blocked_until_it_was_run_and_then_gone()
    {
        TestGuest guest = Started((_, _) => VcpuStep.Yield);
        InterruptTaker host = BindWakeup(guest);
        TestMachine.Ok(_machine.Root.VcpuKill(guest.Cap));
        Assert.Equal(1, host.Take(Wakeup));
        Assert.Equal((GunyahError.Busy, VcpuRunState.Blocked, 0UL, 0UL), Check(guest));
        Assert.Equal((GunyahError.Ok, VcpuRunState.PoweredOff, 1UL, 0UL), Run(guest));
        Assert.Equal((GunyahError.Ok, VcpuRunState.PoweredOff, 1UL, 0UL), Check(guest));
        Assert.Equal(0, guest.Turns);
    }

    [Fact]
    public void A_check_tells_the_state_of_a_vcpu_that_cannot_run()
    {
        TestGuest guest = NewGuest((_, _) => VcpuStep.WaitForInterrupt);
        Assert.Equal((GunyahError.Ok, VcpuRunState.PoweredOff, 0UL, 0UL), Check(guest));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal((GunyahError.Busy, VcpuRunState.Ready, 0UL, 0UL), Check(guest));
        Run(guest);
        Assert.Equal(VcpuRunState.ExpectsWakeup, Check(guest).State);
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(guest.Cap, VcpuLimits.NoCpu));
        Assert.Equal((GunyahError.Busy, VcpuRunState.Blocked, 0UL, 0UL), Check(guest));
        Assert.Equal(VcpuRunState.Blocked, Run(guest).State);
    }

    [Fact]
    public void A_pinned_vcpu_runs_only_on_its_cpu()
    {
        CapId vic = _machine.Vic();
        CapId cap = _machine.NewVcpu(vic, 0, vmid: 20, VcpuOptions.VcpuRunScheduled | VcpuOptions.Pinned);
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(cap, 3));
        TestMachine.Ok(_machine.Root.Activate(cap));
        TestMachine.Ok(_machine.Root.VcpuPoweron(cap, 0, 0));
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(_machine.Boot.Vcpu, 2));
        Assert.Equal(GunyahError.Denied, _machine.Error(VcpuCalls.Run, cap.Value));
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(_machine.Boot.Vcpu, 3));
        Assert.Equal(GunyahError.Ok, _machine.Error(VcpuCalls.Run, cap.Value));
    }

    [Fact]
    public void Nobody_runs_himself_and_no_chain_closes()
    {
        var answers = new List<GunyahError>();
        TestGuest? first = null;
        TestGuest? second = null;
        first = new TestGuest(_machine, "first", (vcpu, _) =>
        {
            answers.Add(vcpu.VcpuRun(first!.Cap, default, out VcpuRunResult _));
            answers.Add(vcpu.VcpuRun(second!.Cap, default, out VcpuRunResult _));
            return VcpuStep.Yield;
        }, VcpuOptions.VcpuRunScheduled, vmid: 20);
        second = new TestGuest(_machine, "second", (vcpu, _) =>
        {
            answers.Add(vcpu.VcpuRun(first.Cap, default, out VcpuRunResult _));
            return VcpuStep.Yield;
        }, VcpuOptions.VcpuRunScheduled, vmid: 21);
        TestMachine.Ok(_machine.Root.VcpuPoweron(first.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(_machine.Root.VcpuPoweron(second.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(Run(first).Error);
        Assert.Equal([GunyahError.Busy, GunyahError.Busy, GunyahError.Ok], answers);
    }

    [Fact]
    public void Nesting_has_a_floor_and_nested_runs_share_a_budget()
    {
        var guests = new List<TestGuest>();
        var answers = new List<GunyahError>();
        int steps = 0;
        for (ushort i = 0; i < 12; i++)
        {
            int next = i + 1;
            guests.Add(new TestGuest(_machine, $"level{i}", (vcpu, budget) =>
            {
                for (int step = 0; step < budget; step++)
                {
                    steps++;
                    if (next < 12)
                        answers.Add(vcpu.VcpuRun(guests[next].Cap, default, out _));
                }

                return VcpuStep.Yield;
            }, VcpuOptions.VcpuRunScheduled, vmid: (ushort)(20 + i)));
            TestMachine.Ok(_machine.Root.VcpuPoweron(guests[i].Cap, TestGuest.Entry, 0));
        }

        TestMachine.Ok(Run(guests[0]).Error);
        Assert.Contains(GunyahError.Busy, answers);
        Assert.Equal(0, guests[8].Turns);
        Assert.InRange(steps, 8, 5000); // Without the shared budget it would be 32 × 16 × 8 × … .
    }

    [Fact]
    public void Killed_while_it_runs_it_has_gone_when_it_comes_back()
    {
        TestGuest? guest = null;
        guest = Started((_, _) =>
        {
            TestMachine.Ok(_machine.Root.VcpuKill(guest!.Cap));
            return VcpuStep.Yield;
        });
        Assert.Equal((GunyahError.Ok, VcpuRunState.PoweredOff, 1UL, 0UL), Run(guest));
    }

    [Fact]
    public void A_wake_up_cannot_be_bound_while_the_vcpu_runs()
    {
        GunyahError error = default;
        TestGuest? guest = null;
        guest = Started((_, _) =>
        {
            error = _machine.Root.VcpuBindVirq(guest!.Cap, _machine.Boot.Vic, Wakeup, VcpuVirqType.RunWakeup);
            return VcpuStep.Yield;
        });
        Run(guest);
        Assert.Equal(GunyahError.Busy, error);
        BindWakeup(guest);
        Assert.Equal(GunyahError.VirqBound, _machine.Root.VcpuBindVirq(guest.Cap, _machine.Boot.Vic, 61, VcpuVirqType.RunWakeup));
        Assert.Equal(GunyahError.ArgumentInvalid,
            _machine.Error(VcpuCalls.BindVirq, guest.Cap.Value, _machine.Boot.Vic.Value, 61, 2));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VcpuCalls.UnbindVirq, guest.Cap.Value, 2));
    }

    [Theory]
    [InlineData(Profile.Documented, VcpuRunState.PoweredOff)]
    [InlineData(Profile.Reference, VcpuRunState.PsciSystemReset)]
    public void A_system_reset_is_reported(Profile profile, VcpuRunState again)
    {
        var machine = new TestMachine(profile);
        CapId group = machine.Active(ObjectType.VpmGroup);
        var guest = new TestGuest(machine, "guest", (vcpu, _) =>
        {
            GuestRegisters r = default;
            r.X[0] = PsciFunctions.SystemReset2 | PsciFunctions.Calling64;
            r.X[1] = 0x8000_0001;
            r.X[2] = 0xC00C1E;
            vcpu.Hypercall(0, ref r);
            return VcpuStep.Yield;
        }, VcpuOptions.VcpuRunScheduled, group: group);
        TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(machine.Root.VcpuRun(guest.Cap, default, out VcpuRunResult result));
        Assert.Equal(new VcpuRunResult(VcpuRunState.PsciSystemReset, 0x4000_0000_8000_0001, 0xC00C1E, 0), result);
        TestMachine.Ok(machine.Root.VcpuRun(guest.Cap, default, out result));
        Assert.Equal(again, result.State);
    }

    [Fact]
    public void A_second_system_reset_is_reported_again()
    {
        CapId group = _machine.Active(ObjectType.VpmGroup);
        var guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            GuestRegisters r = default;
            r.X[0] = PsciFunctions.SystemReset;
            vcpu.Hypercall(0, ref r);
            return VcpuStep.Yield;
        }, VcpuOptions.VcpuRunScheduled, group: group);
        for (int i = 0; i < 2; i++)
        {
            TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
            Assert.Equal(VcpuRunState.PsciSystemReset, Run(guest).State);
            Assert.Equal(VcpuRunState.PoweredOff, Run(guest).State);
        }
    }

    private TestGuest NewGuest(Func<IVcpu, int, VcpuStep> run, VcpuOptions options = VcpuOptions.VcpuRunScheduled) =>
        new(_machine, "guest", run, options);

    private TestGuest Started(Func<IVcpu, int, VcpuStep> run)
    {
        TestGuest guest = NewGuest(run);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        return guest;
    }

    private InterruptTaker BindWakeup(TestGuest guest)
    {
        TestMachine.Ok(_machine.Root.VcpuBindVirq(guest.Cap, _machine.Boot.Vic, Wakeup, VcpuVirqType.RunWakeup));
        InterruptTaker host = _machine.OpenInterrupts();
        host.Enable(Wakeup, InterruptTrigger.EdgeRising);
        return host;
    }

    private (GunyahError Error, VcpuRunState State, ulong Data0, ulong Data1) Run(TestGuest guest) =>
        Report(_machine.Trap(VcpuCalls.Run, guest.Cap.Value, 1, 2, 3));

    private (GunyahError Error, VcpuRunState State, ulong Data0, ulong Data1) Check(TestGuest guest) =>
        Report(_machine.Trap(VcpuCalls.RunCheck, guest.Cap.Value));

    private static (GunyahError Error, VcpuRunState State, ulong Data0, ulong Data1) Report(in GuestRegisters r) =>
        ((GunyahError)(int)r.X[0], (VcpuRunState)r.X[1], r.X[2], r.X[3]);
}
