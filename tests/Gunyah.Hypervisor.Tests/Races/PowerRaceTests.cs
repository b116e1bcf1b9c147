using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Races;

/// <summary>Two vCPUs that change their power at the same moment (gunyah-abi.md 4.7.2 and 4.9).</summary>
public class PowerRaceTests
{
    private const int Rounds = 20_000;

    private readonly TestMachine _machine = new();
    private readonly TestGuest _first;
    private readonly TestGuest _second;

    public PowerRaceTests()
    {
        _machine.Platform.CountsRunnable = false;
        CapId group = _machine.Active(ObjectType.VpmGroup);
        _first = new TestGuest(_machine, "first", (_, _) => VcpuStep.Yield, vmid: 10, group: group);
        _second = new TestGuest(_machine, "second", (_, _) => VcpuStep.Yield, vmid: 11, group: group, groupIndex: 1);
        Start(_first);
        Start(_second);
    }

    /// <summary>Without the compare-and-swap both succeed in a third of the rounds.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Of_two_vcpus_that_turn_off_at_once_one_stays_on(bool firstByPsci, bool secondByPsci)
    {
        int bothOff = 0;
        int bothOn = 0;
        AlignedRounds.Run(Rounds, () => TurnOff(_first, firstByPsci), () => TurnOff(_second, secondByPsci), _ =>
        {
            bool firstOff = _first.Port.IsHalted;
            bool secondOff = _second.Port.IsHalted;
            bothOff += firstOff && secondOff ? 1 : 0;
            bothOn += !firstOff && !secondOff ? 1 : 0;
            if (firstOff)
                Start(_first);
            if (secondOff)
                Start(_second);
            return true;
        });
        Assert.Equal((0, 0), (bothOff, bothOn));
    }

    /// <summary>Where both kill each other, nobody is left to report a reset.</summary>
    [Theory]
    [InlineData(PsciFunctions.SystemReset)]
    [InlineData(PsciFunctions.SystemOff)]
    public void Of_two_vcpus_that_end_the_vm_at_once_one_reports_it(uint otherFunction)
    {
        TestGuest[] pair = NewPair();
        int wrong = 0;
        AlignedRounds.Run(2_000, () => Psci(pair[0], PsciFunctions.SystemReset), () => Psci(pair[1], otherFunction), _ =>
        {
            VcpuRunResult[] ends = [.. pair.Select(Check)];
            int dead = Array.FindIndex(ends, end => end is { State: VcpuRunState.PoweredOff, Data0: 1 });
            VcpuRunState expected = dead == 0 && otherFunction == PsciFunctions.SystemOff
                ? VcpuRunState.PoweredOff : VcpuRunState.PsciSystemReset;
            wrong += dead >= 0 && ends[1 - dead].State == expected && (ends[1 - dead].Data0 & 1) == 0 ? 0 : 1;
            foreach (TestGuest guest in pair)
                guest.Delete(_machine);
            pair = NewPair();
            return true;
        });
        Assert.Equal(0, wrong);
    }

    /// <summary>A look that is followed by a stop lets both succeed.</summary>
    [Fact]
    public void Of_two_kills_at_once_one_is_told_that_the_vcpu_is_dead_already()
    {
        var answers = new GunyahError[2];
        CapId vic = _machine.Vic();
        CapId cap = _machine.NewVcpu(vic, 0, _machine.Boot.AddressSpace);
        TestMachine.Ok(_machine.Root.Activate(cap));
        int wrong = 0;
        AlignedRounds.Run(
            5_000, () => answers[0] = _machine.Root.VcpuKill(cap), () => answers[1] = _machine.Root.VcpuKill(cap), _ =>
            {
                wrong += answers.Order().SequenceEqual([GunyahError.Ok, GunyahError.ObjectState]) ? 0 : 1;
                _machine.Delete(cap);
                cap = _machine.NewVcpu(vic, 0, _machine.Boot.AddressSpace);
                TestMachine.Ok(_machine.Root.Activate(cap));
                return true;
            });
        Assert.Equal(0, wrong);
    }

    private static void TurnOff(TestGuest guest, bool byPsci)
    {
        if (!byPsci)
        {
            guest.Port.VcpuPoweroff(guest.Cap, last: false);
            return;
        }

        Psci(guest, PsciFunctions.CpuOff);
    }

    private static void Psci(TestGuest guest, uint function)
    {
        GuestRegisters r = default;
        r.X[0] = function;
        guest.Port.Hypercall(0, ref r);
    }

    private TestGuest[] NewPair()
    {
        CapId group = _machine.Active(ObjectType.VpmGroup);
        TestGuest[] pair = [NewMember("left", 20, group, 0), NewMember("right", 21, group, 1)];
        _machine.Delete(group);
        Array.ForEach(pair, Start);
        return pair;
    }

    private TestGuest NewMember(string name, ushort vmid, CapId group, uint index) =>
        new(_machine, name, (_, _) => VcpuStep.Yield, vmid: vmid, group: group, groupIndex: index);

    private VcpuRunResult Check(TestGuest guest)
    {
        TestMachine.Ok(_machine.Root.VcpuRunCheck(guest.Cap, out VcpuRunResult result));
        return result;
    }

    private void Start(TestGuest guest)
    {
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(VcpuTurn.Runnable, guest.Vcpu.Thread.Run(1));
    }
}
