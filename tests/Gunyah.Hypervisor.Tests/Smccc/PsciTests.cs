using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Smccc;

/// <summary>gunyah-abi.md 4.9.</summary>
public class PsciTests
{
    private const ulong Minus1 = ulong.MaxValue;
    private const uint Calling64 = PsciFunctions.Calling64;

    private readonly TestMachine _machine = new();
    private readonly CapId _group;
    private readonly Vcpu _first;
    private readonly Vcpu _second;
    private readonly CapId _firstCap;
    private readonly CapId _secondCap;

    public PsciTests()
    {
        _group = _machine.Active(ObjectType.VpmGroup);
        CapId vic = _machine.Vic(2);
        _firstCap = _machine.NewVcpu(vic, 0, vmid: 10);
        _secondCap = _machine.NewVcpu(vic, 1, vmid: 11);
        TestMachine.Ok(_machine.Root.VpmGroupAttach(_group, _firstCap, 0));
        TestMachine.Ok(_machine.Root.VpmGroupAttach(_group, _secondCap, 1));
        _first = _machine.ActiveVcpu(_firstCap);
        _second = _machine.ActiveVcpu(_secondCap);
        TestMachine.Ok(_machine.Root.VcpuPoweron(_firstCap, 0, 0));
    }

    [Fact]
    public void Only_vcpus_in_a_group_have_PSCI()
    {
        Assert.Equal(0x1_0001UL, Call(_first.Port, PsciFunctions.Version));
        Assert.Equal(Minus1, Call(_machine.Root, PsciFunctions.Version));
        Assert.Equal(uint.MaxValue, Call(_machine.Root, PsciFunctions.Features, PsciFunctions.Version));
        Assert.Equal(0UL, Call(_machine.Root, PsciFunctions.Features, SmcccFunctions.Version));
    }

    [Theory]
    [InlineData(PsciFunctions.Version, 0UL)]
    [InlineData(PsciFunctions.CpuSuspend, 2UL)]
    [InlineData(PsciFunctions.CpuSuspend | Calling64, 2UL)]
    [InlineData(PsciFunctions.CpuOff, 0UL)]
    [InlineData(PsciFunctions.CpuOff | Calling64, 0xFFFF_FFFFUL)]
    [InlineData(PsciFunctions.CpuOn, 0UL)]
    [InlineData(PsciFunctions.CpuOn | Calling64, 0UL)]
    [InlineData(PsciFunctions.SystemReset2 | Calling64, 0UL)]
    [InlineData(PsciFunctions.SetSuspendMode, 0UL)]
    [InlineData(SmcccFunctions.Version, 0UL)]
    [InlineData(0x8400_0005u, 0xFFFF_FFFFUL)]
    [InlineData(0x8400_000Eu, 0xFFFF_FFFFUL)]
    [InlineData(0xC400_0013u, 0xFFFF_FFFFUL)]
    public void Features_tells_what_there_is(uint function, ulong answer) =>
        Assert.Equal(answer, Call(_first.Port, PsciFunctions.Features, function));

    [Theory]
    [InlineData(0x8400_0005u)]
    [InlineData(0x8400_000Eu)]
    [InlineData(0xC400_0002u)]
    [InlineData(0xC400_0008u)]
    public void Functions_that_are_not_there_answer_minus_one(uint function) => Assert.Equal(Minus1, Call(_first.Port, function));

    [Fact]
    public void Another_vcpu_is_turned_on_once()
    {
        Assert.Equal(1UL, Call(_first.Port, PsciFunctions.AffinityInfo | Calling64, 1));
        Assert.Equal(0UL, Call(_first.Port, PsciFunctions.CpuOn | Calling64, 1, 0x4000, 0x77));
        Assert.Equal(1, _machine.Platform.TakeRunnable(_second.Thread));
        Assert.Equal(0UL, Call(_first.Port, PsciFunctions.AffinityInfo | Calling64, 1));
        Assert.Equal(-4, (long)Call(_first.Port, PsciFunctions.CpuOn | Calling64, 1, 0x4000, 0x77));
        Assert.Equal(unchecked((uint)-4), Call(_first.Port, PsciFunctions.CpuOn, 1, 0x4000, 0x77));
        TestMachine.Ok(_machine.Root.VcpuKill(_secondCap));
        Assert.Equal(-6, (long)Call(_first.Port, PsciFunctions.CpuOn | Calling64, 1, 0x4000, 0x77));
    }

    [Theory]
    [InlineData(5UL, -6)]
    [InlineData(8UL, -2)]
    [InlineData(0x100UL, -2)]
    public void An_affinity_without_a_vcpu_is_reported_from_one_that_cannot_be(ulong affinity, long answer) =>
        Assert.Equal(answer, (long)Call(_first.Port, PsciFunctions.CpuOn | Calling64, affinity));

    [Fact]
    public void Affinity_info_has_one_level()
    {
        Assert.Equal(-2, (long)Call(_first.Port, PsciFunctions.AffinityInfo | Calling64, 0, 1));
        Assert.Equal(-2, (long)Call(_first.Port, PsciFunctions.AffinityInfo | Calling64, 5, 0));
        Assert.Equal(0UL, Call(_first.Port, PsciFunctions.AffinityInfo | Calling64, 0, 0));
    }

    [Fact]
    public void The_last_vcpu_cannot_turn_itself_off()
    {
        Assert.Equal(unchecked((uint)-3), Call(_first.Port, PsciFunctions.CpuOff));
        Assert.Equal(GunyahError.Denied, _first.Port.VcpuPoweroff(_firstCap, last: false));
        Assert.Equal(0UL, Call(_first.Port, PsciFunctions.CpuOn | Calling64, 1));
        Assert.Equal(GunyahError.Denied, _first.Port.VcpuPoweroff(_firstCap, last: true));
        Call(_first.Port, PsciFunctions.CpuOff);
        Assert.True(_first.Port.IsHalted);
        Assert.Equal(1UL, Call(_second.Port, PsciFunctions.AffinityInfo | Calling64, 0));
        TestMachine.Ok(_second.Port.VcpuPoweroff(_secondCap, last: true));
    }

    [Fact]
    public void A_group_without_aggregation_lets_everybody_off()
    {
        CapId group = _machine.Create(ObjectType.VpmGroup);
        TestMachine.Ok(_machine.Root.VpmGroupConfigure(group, noAggregation: true));
        TestMachine.Ok(_machine.Root.Activate(group));
        CapId cap = _machine.NewVcpu(_machine.Vic(), 0, vmid: 12);
        TestMachine.Ok(_machine.Root.VpmGroupAttach(group, cap, 0));
        Vcpu vcpu = _machine.ActiveVcpu(cap);
        TestMachine.Ok(_machine.Root.VcpuPoweron(cap, 0, 0));
        TestMachine.Ok(vcpu.Port.VcpuPoweroff(cap, last: false));
    }

    [Fact]
    public void System_off_kills_the_others_and_stops_the_caller()
    {
        Call(_first.Port, PsciFunctions.CpuOn | Calling64, 1);
        Call(_first.Port, PsciFunctions.SystemOff);
        Assert.True(_first.Port.IsHalted);
        Assert.True(_second.Port.IsHalted);
        Assert.Equal(GunyahError.Failure, _machine.Root.VcpuPoweron(_secondCap, 0, 0));
        TestMachine.Ok(_machine.Root.VcpuPoweron(_firstCap, 0, 0));
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(1UL, 0xFFFF_FFFEUL)]
    public void Only_the_platform_coordinated_mode_exists(ulong mode, ulong answer) =>
        Assert.Equal(answer, Call(_first.Port, PsciFunctions.SetSuspendMode, mode));

    [Fact]
    public void A_suspend_with_an_interrupt_pending_returns_at_once()
    {
        var taker = new InterruptTaker(_first.Port);
        taker.Enable(5, InterruptTrigger.EdgeRising);
        taker.Gic.SetPending(5, true);
        Assert.Equal(0UL, Call(_first.Port, PsciFunctions.CpuSuspend | Calling64, 1UL << 30, 0x4000, 0x77));
        Assert.False(_first.Thread.IsSuspended);
    }

    [Theory]
    [InlineData(1UL << 30, true)]
    [InlineData(0UL, false)]
    public void A_power_down_starts_again_at_its_entry(ulong powerState, bool restarts)
    {
        var machine = new TestMachine();
        var seen = new List<(ulong Pc, ulong X0)>();
        CapId group = machine.Active(ObjectType.VpmGroup);
        var guest = new TestGuest(machine, "guest", (vcpu, _) =>
        {
            seen.Add((vcpu.Registers.Pc, vcpu.Registers.X[0]));
            var taker = new InterruptTaker(vcpu);
            taker.Enable(InterruptIds.VirtualTimer, InterruptTrigger.Level);
            if (taker.Take(InterruptIds.VirtualTimer) > 0)
                return VcpuStep.WaitForInterrupt;
            vcpu.SetTimer(vcpu.Now + 100);
            GuestRegisters r = default;
            r.X[0] = PsciFunctions.CpuSuspend | Calling64;
            r.X[1] = powerState;
            r.X[2] = TestGuest.Entry;
            r.X[3] = 0x77;
            vcpu.Hypercall(0, ref r);
            Assert.Equal(0UL, r.X[0]);
            return VcpuStep.Yield;
        }, group: group);
        TestMachine.Ok(machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0x11));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal(2UL, machine.Trap(VpmGroupCalls.GetState, group.Value).X[1]);
        machine.Platform.Advance(100);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(1));
        Assert.Equal([(TestGuest.Entry, 0x11UL), (TestGuest.Entry, restarts ? 0x77UL : 0x11UL)], seen);
        Assert.Equal(restarts ? 2 : 1, machine.Programs.Loaded);
        Assert.Equal(1UL, machine.Trap(VpmGroupCalls.GetState, group.Value).X[1]);
    }

    [Fact]
    public void The_groups_interrupt_can_be_bound_and_is_never_raised()
    {
        TestMachine.Ok(_machine.Error(VpmGroupCalls.BindVirq, _group.Value, _machine.Boot.Vic.Value, 50));
        Assert.Equal(GunyahError.VirqBound, _machine.Error(VpmGroupCalls.BindVirq, _group.Value, _machine.Boot.Vic.Value,
            51));
        Call(_first.Port, PsciFunctions.SystemOff);
        InterruptTaker host = _machine.OpenInterrupts();
        host.Enable(50, InterruptTrigger.EdgeRising);
        Assert.Equal(0, host.Take(50));
        TestMachine.Ok(_machine.Error(VpmGroupCalls.UnbindVirq, _group.Value));
    }

    private static ulong Call(VcpuPort vcpu, uint function, ulong x1 = 0, ulong x2 = 0, ulong x3 = 0)
    {
        GuestRegisters r = default;
        r.X[0] = function;
        r.X[1] = x1;
        r.X[2] = x2;
        r.X[3] = x3;
        vcpu.Hypercall(0, ref r);
        return r.X[0];
    }
}
