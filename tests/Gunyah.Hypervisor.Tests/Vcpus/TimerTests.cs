using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Vcpus;

/// <summary>The generic timer by its registers. A count is a nanosecond unless a test says otherwise.</summary>
public class TimerTests
{
    private const ulong Enable = 1;
    private const ulong Mask = 2;
    private const ulong Status = 4;
    private const ulong Spurious = 1023;

    private readonly TestMachine _machine = new();
    private readonly GicCore _core;

    public TimerTests()
    {
        _core = new GicCore(_machine.Root).Open();
        // As Linux does: group 1, level, enabled.
        _core.Write(GicCore.Private(0) + 0x80, 0xFFFF_FFFF);
        _core.Write(GicCore.Private(0) + 0x100, (1UL << 27) | (1UL << 30));
    }

    public static TheoryData<SystemRegister, SystemRegister, SystemRegister, uint> Timers => new()
    {
        { SystemRegister.CntvCtl, SystemRegister.CntvCval, SystemRegister.CntvTval, 27 },
        { SystemRegister.CntpCtl, SystemRegister.CntpCval, SystemRegister.CntpTval, 30 },
    };

    [Fact]
    public void The_counter_moves_with_time_and_inside_a_run()
    {
        Assert.Equal(1_000_000_000UL, _core.Mrs(SystemRegister.CntFrq));
        Assert.Equal(0UL, _core.Mrs(SystemRegister.CntVct));
        _machine.Platform.Advance(123UL);
        Assert.Equal(123UL, _core.Mrs(SystemRegister.CntVct));
        _machine.Root.Hardware.Advance(7);
        Assert.Equal(130UL, _core.Mrs(SystemRegister.CntPct));
        Assert.Throws<ArgumentOutOfRangeException>(() => _machine.Root.Hardware.Advance(-1));
    }

    [Theory, MemberData(nameof(Timers))]
    public void The_level_follows_the_registers(SystemRegister control, SystemRegister compare, SystemRegister left, uint intid)
    {
        Assert.Equal(0UL, _core.Mrs(control));
        _core.Msr(compare, 100);
        _core.Msr(control, Enable);
        Assert.Equal((100UL, 100UL, Enable), (_core.Mrs(compare), _core.Mrs(left), _core.Mrs(control)));
        Assert.Equal(InterruptLine.None, _core.Line);

        _machine.Platform.Advance(99UL);
        Assert.Equal((1UL, Enable, InterruptLine.None), (_core.Mrs(left), _core.Mrs(control), _core.Line));
        _machine.Platform.Advance(1UL);
        Assert.Equal((0UL, Enable | Status, InterruptLine.Irq), (_core.Mrs(left), _core.Mrs(control), _core.Line));
        _machine.Platform.Advance(1UL);
        Assert.Equal(0xFFFF_FFFFUL, _core.Mrs(left));
        Assert.Equal(1UL << (int)intid, _core.Read(GicCore.Private(0) + 0x200));

        _core.Msr(control, Enable | Mask);
        Assert.Equal((Enable | Mask | Status, InterruptLine.None), (_core.Mrs(control), _core.Line));
        Assert.Equal(0UL, _core.Read(GicCore.Private(0) + 0x200));
        _core.Msr(control, Enable);
        Assert.Equal(InterruptLine.Irq, _core.Line);
        _core.Msr(compare, 1000);
        Assert.Equal((Enable, InterruptLine.None), (_core.Mrs(control), _core.Line));
        _core.Msr(compare, 101);
        Assert.Equal(InterruptLine.Irq, _core.Line);
        _core.Msr(control, 0);
        Assert.Equal((0UL, InterruptLine.None), (_core.Mrs(control), _core.Line));
    }

    [Theory, MemberData(nameof(Timers))]
    public void A_level_that_stays_comes_again_after_its_end(
        SystemRegister control, SystemRegister compare, SystemRegister left, uint intid)
    {
        _core.Msr(compare, 0);
        _core.Msr(control, Enable);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
            Assert.Equal(InterruptLine.None, _core.Line);
            _core.Msr(SystemRegister.IccEoir1, intid);
            Assert.Equal(InterruptLine.Irq, _core.Line);
        }

        // What a handler does: the next deadline, then the end.
        Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(left, 50);
        _core.Msr(SystemRegister.IccEoir1, intid);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));
        _machine.Platform.Advance(50UL);
        Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
    }

    [Theory, MemberData(nameof(Timers))]
    public void As_an_edge_a_deadline_rings_once(SystemRegister control, SystemRegister compare, SystemRegister left, uint intid)
    {
        _core.Write(GicCore.Private(0) + 0xC04, 2UL << (int)((intid - 16) * 2));
        _core.Msr(left, 10);
        _core.Msr(control, Enable);
        _machine.Platform.Advance(10UL);
        _machine.RootThread.TimerExpired();
        Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(SystemRegister.IccEoir1, intid);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(compare, 5);
        Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
    }

    [Theory, MemberData(nameof(Timers))]
    public void A_distance_is_a_signed_word(SystemRegister control, SystemRegister compare, SystemRegister left, uint intid)
    {
        Assert.NotEqual(SystemRegister.None, control);
        Assert.InRange(intid, 16u, 31u);
        _machine.Platform.Advance(1000UL);
        _core.Msr(left, 0xABCD_0000_FFFF_FFFF);
        Assert.Equal(999UL, _core.Mrs(compare));
        _core.Msr(left, 0x7FFF_FFFF);
        Assert.Equal(1000UL + 0x7FFF_FFFF, _core.Mrs(compare));
    }

    [Fact]
    public void The_two_timers_keep_out_of_each_others_way()
    {
        _core.Msr(SystemRegister.CntvCval, 200);
        _core.Msr(SystemRegister.CntvCtl, Enable);
        _core.Msr(SystemRegister.CntpCval, 100);
        _core.Msr(SystemRegister.CntpCtl, Enable);
        _machine.Platform.Advance(100UL);
        Assert.Equal(30UL, _core.Mrs(SystemRegister.IccHppir1));
        _core.Msr(SystemRegister.CntpCtl, 0);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccHppir1));
        _machine.Platform.Advance(100UL);
        Assert.Equal(27UL, _core.Mrs(SystemRegister.IccHppir1));
    }

    [Fact]
    public void A_deadline_of_a_program_is_the_virtual_timer_that_turns_itself_off()
    {
        _machine.Root.SetTimer(100);
        Assert.Equal((Enable, 100UL), (_core.Mrs(SystemRegister.CntvCtl), _core.Mrs(SystemRegister.CntvCval)));
        _machine.Platform.Advance(100UL);
        Assert.Equal(0UL, _core.Mrs(SystemRegister.CntvCtl));
        Assert.Equal(27UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(SystemRegister.IccEoir1, 27);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));
        _machine.Root.SetTimer(300);
        _machine.Root.CancelTimer();
        Assert.Equal(0UL, _core.Mrs(SystemRegister.CntvCtl));
    }

    [Theory]
    [InlineData(19_200_000u)]
    [InlineData(24_000_000u)]
    [InlineData(62_500_000u)]
    [InlineData(1_000_000_000u)]
    [InlineData(1u)]
    [InlineData(uint.MaxValue)]
    public void A_count_is_reached_at_its_time_and_not_before(uint frequency)
    {
        var counter = new CounterScale(frequency);
        foreach (ulong count in (ulong[])[1, 2, 3, 1000, frequency, 12_345_678_901])
        {
            ulong time = counter.TimeOf(count);
            if (time == ulong.MaxValue)
                continue;
            Assert.True(counter.CountAt(time) >= count);
            Assert.True(counter.CountAt(time - 1) < count);
        }

        Assert.Equal(frequency, counter.CountAt(1_000_000_000));
    }

    [Fact]
    public void A_counter_of_another_frequency_rings_at_its_counts()
    {
        var platform = new TestPlatform(1);
        var options = new HypervisorOptions
        {
            PhysicalMemory = [new MemoryRange(TestMachine.RamBase, TestMachine.RamSize)],
            RootMemory = new MemoryRange(TestMachine.RamBase, TestMachine.RootSize),
            CounterFrequency = 19_200_000,
        };
        var hypervisor = new GunyahHypervisor(options, platform, new TestPrograms().Loader, new EventStream([]));
        hypervisor.Boot();
        var core = new GicCore(hypervisor.RootVcpu.Port);
        Assert.Equal(19_200_000UL, core.Mrs(SystemRegister.CntFrq));
        core.Msr(SystemRegister.CntvCval, 192);
        core.Msr(SystemRegister.CntvCtl, Enable);
        platform.Advance(9_999UL);
        Assert.Equal(Enable, core.Mrs(SystemRegister.CntvCtl));
        platform.Advance(1UL);
        Assert.Equal(192UL, core.Mrs(SystemRegister.CntVct));
        Assert.Equal(1UL << 27, core.Read(GicCore.Private(0) + 0x200));
        Assert.Throws<ArgumentException>(() => new GunyahHypervisor(
            options with { CounterFrequency = 0 }, platform, new TestPrograms().Loader, new EventStream([])));
    }

    [Fact]
    public void A_vcpu_that_stops_has_no_timer_any_more()
    {
        TestGuest guest = new(_machine, "guest", static (vcpu, _) =>
        {
            vcpu.Hardware.TryWrite(SystemRegister.CntpCval, 0);
            vcpu.Hardware.TryWrite(SystemRegister.CntpCtl, Enable);
            return VcpuStep.Yield;
        });
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        var core = new GicCore(guest.Vcpu.Port);
        Assert.Equal(1UL << 30, core.Read(GicCore.Private(0) + 0x200));
        TestMachine.Ok(_machine.Root.VcpuKill(guest.Cap));
        Assert.Equal(0UL, core.Read(GicCore.Private(0) + 0x200));
        Assert.Equal(0UL, core.Mrs(SystemRegister.CntpCtl));
    }
}
