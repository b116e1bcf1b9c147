using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Vcpus;

/// <summary>gunyah-abi.md 4.7.2. Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public class PowerTests
{
    private readonly EventRecorder _events = new(EventKind.VcpuFault, EventKind.VcpuPower);
    private readonly TestMachine _machine;

    public PowerTests() => _machine = new TestMachine(readers: _events);

    [Fact]
    public void A_vcpu_starts_at_its_entry_with_its_context()
    {
        GuestRegisters seen = default;
        TestGuest guest = Start("guest", (vcpu, _) =>
        {
            seen = vcpu.Registers;
            return VcpuStep.WaitForInterrupt;
        }, context: 0x1234);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal((TestGuest.Entry, 0x1234UL), (seen.Pc, seen.X[0]));
    }

    [Fact]
    public void Kept_registers_are_those_written_before()
    {
        TestGuest guest = NewGuest("guest", (_, _) => VcpuStep.WaitForInterrupt);
        TestMachine.Ok(_machine.Root.VcpuRegisterWrite(guest.Cap, VcpuRegisterSet.ProgramCounter, 0, TestGuest.Entry));
        TestMachine.Ok(_machine.Root.VcpuRegisterWrite(guest.Cap, VcpuRegisterSet.General, 0, 99));
        Assert.Equal(GunyahError.Ok, _machine.Error(VcpuCalls.PowerOn, guest.Cap.Value, 1, 2, 3));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal((TestGuest.Entry, 99UL), (guest.Port.Registers.Pc, guest.Port.Registers.X[0]));
        Assert.Equal(GunyahError.Busy, _machine.Root.VcpuRegisterWrite(guest.Cap, VcpuRegisterSet.General, 0, 99));
    }

    [Fact]
    public void Powering_on_twice_is_busy_and_after_a_kill_a_failure()
    {
        TestGuest guest = Start("guest", (_, _) => VcpuStep.Yield);
        Assert.Equal(GunyahError.Busy, _machine.Root.VcpuPoweron(guest.Cap, 0, 0));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VcpuCalls.PowerOn, 50, 0, 0, 4));
        TestMachine.Ok(_machine.Root.VcpuKill(guest.Cap));
        Assert.Equal(GunyahError.Failure, _machine.Root.VcpuPoweron(guest.Cap, 0, 0));
        Assert.Equal(GunyahError.ObjectState, _machine.Root.VcpuRegisterWrite(guest.Cap, VcpuRegisterSet.General, 0, 0));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
    }

    [Theory]
    [InlineData(Profile.Documented, GunyahError.ObjectState)]
    [InlineData(Profile.Reference, GunyahError.Ok)]
    public void Killing_twice_differs_by_profile(Profile profile, GunyahError error)
    {
        var machine = new TestMachine(profile);
        CapId vcpu = machine.NewVcpu(machine.Vic(), 0, vmid: 10);
        Assert.Equal(GunyahError.ObjectState, machine.Root.VcpuKill(vcpu));
        TestMachine.Ok(machine.Root.Activate(vcpu));
        TestMachine.Ok(machine.Root.VcpuKill(vcpu));
        Assert.Equal(error, machine.Root.VcpuKill(vcpu));
    }

    [Fact]
    public void A_vcpu_powers_only_itself_off_and_says_whether_it_is_the_last()
    {
        GunyahError notLast = default;
        TestGuest? guest = null;
        guest = Start("guest", (vcpu, _) =>
        {
            notLast = vcpu.VcpuPoweroff(guest!.Cap, last: false);
            Assert.False(vcpu.IsHalted);
            TestMachine.Ok(vcpu.VcpuPoweroff(guest.Cap, last: true));
            Assert.True(vcpu.IsHalted);
            return VcpuStep.Yield;
        });
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.VcpuPoweroff(guest.Cap, last: true));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Equal(GunyahError.Denied, notLast);

        // It can be started again, from the image.
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Equal(2, _machine.Programs.Loaded);
    }

    [Fact]
    public void A_call_after_the_end_is_not_heard()
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        CapId queue = _machine.Queue(4, 16);
        TestGuest? guest = null;
        guest = Start("guest", (vcpu, _) =>
        {
            TestMachine.Ok(vcpu.VcpuPoweroff(guest!.Cap, last: true));
            Assert.NotEqual(GunyahError.Ok, vcpu.DoorbellSend(doorbell, 1, out ulong _));
            Assert.NotEqual(GunyahError.Ok, vcpu.Send(queue, [1]).Error);
            Assert.False(vcpu.TryWrite(0, [1]));
            Assert.False(vcpu.TryRead(0, new byte[1]));
            return VcpuStep.Yield;
        });
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.DoesNotContain(_events.Events, e => e.Kind == EventKind.VcpuFault);
        TestMachine.Ok(_machine.Root.DoorbellReceive(doorbell, 1, out ulong flags));
        Assert.Equal(0UL, flags);
    }

    [Fact]
    public void An_exception_in_a_program_stops_the_vcpu_and_nothing_else()
    {
        TestGuest guest = Start("guest", (_, _) => throw new InvalidOperationException("bug in the guest"));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Contains(_events.Events, e => e.Kind == EventKind.VcpuFault
            && e.Text == "InvalidOperationException: bug in the guest");
        Assert.Equal(GunyahError.Busy, _machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(_machine.Root.VcpuKill(guest.Cap));
    }

    [Fact]
    public void A_program_that_cannot_be_made_stops_the_vcpu_and_nothing_else()
    {
        TestGuest guest = Start("guest", (_, _) => VcpuStep.Yield);
        _machine.Programs.FailsToLoad = true;
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Contains(_events.Events, e => e.Kind == EventKind.VcpuFault
            && e.Text == "InvalidOperationException: no such program any more");
    }

    [Theory]
    [InlineData(TestGuest.Entry + 0x100, "no known image at 0x1100")]
    [InlineData(0x9_0000UL, "no executable memory at 0x90000")]
    [InlineData(ulong.MaxValue - 3, "no executable memory at 0xfffffffffffffffc")]
    public void A_start_without_an_image_faults(ulong entry, string reason)
    {
        TestGuest guest = NewGuest("guest", (_, _) => VcpuStep.Yield);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, entry, 0));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Contains(_events.Events, e => e.Kind == EventKind.VcpuFault && e.Text == reason);
    }

    [Fact]
    public void A_program_in_memory_that_may_not_be_executed_does_not_start()
    {
        TestGuest guest = Start("guest", (_, _) => VcpuStep.Yield);
        TestMachine.Ok(_machine.Root.UpdateAccess(guest.Space, guest.Extent, 0, MemoryAccess.ReadWrite));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
    }

    [Fact]
    public void A_waiting_vcpu_is_woken_once_for_several_interrupts()
    {
        TestGuest guest = StartWaiting(out CapId doorbell);
        _machine.Platform.TakeRunnable(guest.Vcpu.Thread);
        for (int i = 0; i < 3; i++)
            TestMachine.Ok(_machine.Root.DoorbellSend(doorbell, 1, out _));
        Assert.Equal(1, _machine.Platform.TakeRunnable(guest.Vcpu.Thread));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
    }

    [Fact]
    public void A_turn_for_nothing_runs_nothing()
    {
        TestGuest guest = StartWaiting(out _);
        int turns = guest.Turns;
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal(turns, guest.Turns);
    }

    [Fact]
    public void Waiting_with_an_interrupt_pending_goes_on()
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        TestGuest guest = Start("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(42, InterruptTrigger.EdgeRising);
            TestMachine.Ok(vcpu.DoorbellSend(doorbell, 1, out ulong _));
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(_machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
        Assert.Equal(VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
    }

    [Fact]
    public void A_powered_off_vcpu_is_not_woken_and_finds_its_interrupt_later() // VI-37
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        int taken = 0;
        TestGuest guest = NewGuest("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(42, InterruptTrigger.EdgeRising);
            taken += taker.Take(42);
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(_machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
        TestMachine.Ok(_machine.Root.DoorbellSend(doorbell, 1, out _));
        Assert.Equal(0, _machine.Platform.TakeRunnable(guest.Vcpu.Thread));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        Assert.Equal(1, taken);
    }

    [Fact]
    public void A_vcpu_without_a_cpu_waits_for_one()
    {
        TestGuest guest = Start("guest", (_, _) => VcpuStep.Yield);
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(guest.Cap, VcpuLimits.NoCpu));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal(0, guest.Turns);
        _machine.Platform.TakeRunnable(guest.Vcpu.Thread);
        TestMachine.Ok(_machine.Root.VcpuSetAffinity(guest.Cap, 1));
        Assert.Equal(1, _machine.Platform.TakeRunnable(guest.Vcpu.Thread));
        Assert.Equal(VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
    }

    [Theory]
    [InlineData("kill", 0)]
    [InlineData("vcpu_poweroff", 0)]
    [InlineData("CPU_OFF", 0)]
    [InlineData("SYSTEM_OFF", 1)]
    [InlineData("SYSTEM_RESET", 1)]
    [InlineData("fault", 1)]
    public void The_halt_interrupt_tells_of_a_forced_end_and_of_a_fault(string how, int interrupts)
    {
        InterruptTaker host = _machine.OpenInterrupts();
        host.Enable(60, InterruptTrigger.Level); // The halt interrupt is an edge whatever the guest says.
        CapId group = _machine.Create(ObjectType.VpmGroup);
        TestMachine.Ok(_machine.Root.VpmGroupConfigure(group, noAggregation: true));
        TestMachine.Ok(_machine.Root.Activate(group));
        TestGuest? guest = null;
        guest = new TestGuest(_machine, "guest", (vcpu, _) =>
        {
            GuestRegisters r = default;
            r.X[0] = how switch
            {
                "CPU_OFF" => PsciFunctions.CpuOff,
                "SYSTEM_OFF" => PsciFunctions.SystemOff,
                _ => PsciFunctions.SystemReset,
            };
            switch (how)
            {
                case "kill":
                    TestMachine.Ok(_machine.Root.VcpuKill(guest!.Cap));
                    break;
                case "vcpu_poweroff":
                    TestMachine.Ok(vcpu.VcpuPoweroff(guest!.Cap, last: false));
                    break;
                case "fault":
                    throw new InvalidOperationException("bug in the guest");
                default:
                    vcpu.Hypercall(0, ref r);
                    break;
            }

            Assert.True(vcpu.IsHalted);
            return VcpuStep.WaitForInterrupt;
        }, group: group);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        TestMachine.Ok(_machine.Root.VcpuBindVirq(guest.Cap, _machine.Boot.Vic, 60, VcpuVirqType.Halt));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Equal(interrupts, host.Take(60));
    }

    [Fact]
    public void A_running_vcpu_survives_its_last_capability()
    {
        int objects = _machine.Hypervisor.Inspection.CountObjects(ObjectType.Thread);
        TestGuest? guest = null;
        guest = Start("guest", (vcpu, _) =>
        {
            if (guest!.Turns == 1)
                _machine.Delete(guest.Cap);
            else
                vcpu.Registers.X[5] = 1;
            return guest.Turns < 3 ? VcpuStep.Yield : throw new InvalidOperationException("the end");
        });
        Assert.Equal(VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
        Assert.Equal(VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
        Assert.Equal(objects + 1, _machine.Hypervisor.Inspection.CountObjects(ObjectType.Thread));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(1));
        Assert.Equal(objects, _machine.Hypervisor.Inspection.CountObjects(ObjectType.Thread));
    }

    [Fact]
    public void A_timer_fires_once_at_its_time()
    {
        InterruptTaker taker = _machine.OpenInterrupts();
        taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.Level);
        _machine.Root.SetTimer(1000);
        _machine.RootThread.TimerExpired(); // Too early: ignored.
        Assert.Equal(0, taker.Take(InterruptIds.VirtualTimer));
        _machine.Platform.Advance(1000);
        Assert.Equal(1, taker.Take(InterruptIds.VirtualTimer));
        _machine.RootThread.TimerExpired();
        Assert.Equal(0, taker.Take(InterruptIds.VirtualTimer));

        _machine.Root.SetTimer(5); // Past: fires at once.
        Assert.Equal(1, taker.Take(InterruptIds.VirtualTimer));
        _machine.Root.SetTimer(2000);
        _machine.Root.CancelTimer();
        _machine.Platform.Advance(5000);
        Assert.Equal(0, taker.Take(InterruptIds.VirtualTimer));
        _machine.Root.SetTimer(5);
        _machine.Root.CancelTimer();
        Assert.Equal(0, taker.Take(InterruptIds.VirtualTimer));
    }

    [Theory]
    [InlineData(VcpuRegisterSet.StackPointer, 0, 8UL)]
    [InlineData(VcpuRegisterSet.StackPointer, 1, 8UL)]
    [InlineData(VcpuRegisterSet.StackPointer, 2, 16UL)]
    [InlineData(VcpuRegisterSet.ProgramCounter, 0, 2UL)]
    [InlineData(VcpuRegisterSet.ProgramCounter, 1, 4UL)]
    [InlineData(VcpuRegisterSet.General, 31, 0UL)]
    public void A_register_that_does_not_exist_or_is_not_aligned_is_refused(VcpuRegisterSet set, uint index, ulong value)
    {
        TestGuest guest = NewGuest("guest", (_, _) => VcpuStep.Yield);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.VcpuRegisterWrite(guest.Cap, set, index, value));
    }

    [Fact]
    public void The_timer_of_a_vcpu_that_stopped_does_not_ring_when_it_runs_again()
    {
        var taken = new List<uint>();
        TestGuest? guest = null;
        guest = Start("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.EdgeRising);
            taken.Add(taker.Acknowledge());
            if (taken.Count == 1)
                vcpu.SetTimer(vcpu.Now + 100);
            TestMachine.Ok(vcpu.VcpuPoweroff(guest!.Cap, last: true));
            return VcpuStep.Yield;
        });
        guest.Vcpu.Thread.Run(1);
        _machine.Platform.Advance(200);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        Assert.Equal([InterruptIds.Spurious, InterruptIds.Spurious], taken);
    }

    [Fact]
    public void A_new_deadline_withdraws_the_level_of_the_old_one()
    {
        var taken = new List<uint>();
        TestGuest guest = Start("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.Level);
            vcpu.SetTimer(vcpu.Now);
            vcpu.SetTimer(vcpu.Now + 100);
            taken.Add(taker.Acknowledge());
            return VcpuStep.WaitForInterrupt;
        });
        guest.Vcpu.Thread.Run(1);
        Assert.Equal([InterruptIds.Spurious], taken);
    }

    [Fact]
    public void A_timer_for_this_very_moment_rings_at_once()
    {
        var taken = new List<uint>();
        TestGuest guest = Start("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.EdgeRising);
            vcpu.SetTimer(vcpu.Now);
            taken.Add(taker.Acknowledge());
            return VcpuStep.WaitForInterrupt;
        });
        guest.Vcpu.Thread.Run(1);
        Assert.Equal([InterruptIds.VirtualTimer], taken);
    }

    private TestGuest NewGuest(string name, Func<IVcpu, int, VcpuStep> run) => new(_machine, name, run);

    private TestGuest Start(string name, Func<IVcpu, int, VcpuStep> run, ulong context = 0)
    {
        TestGuest guest = NewGuest(name, run);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, context));
        return guest;
    }

    private TestGuest StartWaiting(out CapId doorbell)
    {
        doorbell = _machine.Active(ObjectType.Doorbell);
        TestGuest guest = Start("guest", (vcpu, _) =>
        {
            var taker = new InterruptTaker(vcpu);
            taker.Enable(42, InterruptTrigger.EdgeRising);
            taker.Take(42);
            return VcpuStep.WaitForInterrupt;
        });
        TestMachine.Ok(_machine.Root.DoorbellBind(doorbell, guest.Vic, 42));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        return guest;
    }
}
