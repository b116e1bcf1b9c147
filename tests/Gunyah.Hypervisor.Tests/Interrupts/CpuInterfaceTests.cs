using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>The system registers of the CPU interface.</summary>
public class CpuInterfaceTests
{
    private const ulong Spurious = 1023;
    private const ulong Idle = 0xFF;

    private readonly TestMachine _machine = new();
    private readonly Vcpu _first;
    private readonly GicCore _core;
    private readonly GicCore _other;

    public CpuInterfaceTests()
    {
        CapId vic = _machine.Vic(2, shared: 988);
        _first = _machine.ActiveVcpu(_machine.NewVcpu(vic, 0, vmid: 10));
        _core = new GicCore(_first.Port).Open();
        _other = new GicCore(_machine.ActiveVcpu(_machine.NewVcpu(vic, 1, vmid: 11)).Port).Open();
    }

    public static TheoryData<SystemRegister> Declared => [.. SystemRegisters.Rows.Select(static row => row.Register)];

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_register_does_what_its_row_allows(SystemRegister register)
    {
        SystemRegisterAccess access = SystemRegisters.AccessTo(register);
        Assert.Equal(access.HasFlag(SystemRegisterAccess.Read), _core.CanRead(register));
        Assert.Equal(access.HasFlag(SystemRegisterAccess.Write), _core.CanWrite(register, 0));
    }

    [Theory]
    [InlineData(SystemRegister.None)]
    [InlineData((SystemRegister)0xC645)] // ICC_AP0R1_EL1
    [InlineData((SystemRegister)0xC649)] // ICC_AP1R1_EL1
    [InlineData((SystemRegister)0xFFFF)]
    public void A_register_that_does_not_exist_is_undefined(SystemRegister register)
    {
        Assert.False(_core.CanRead(register));
        Assert.False(_core.CanWrite(register, 0));
    }

    [Theory]
    [InlineData(SystemRegister.IccPmr, 0xFFFF_FFFFUL, 0xF8UL)]
    [InlineData(SystemRegister.IccBpr0, 0UL, 2UL)]
    [InlineData(SystemRegister.IccBpr0, 0xFFUL, 7UL)]
    [InlineData(SystemRegister.IccBpr1, 0UL, 3UL)]
    [InlineData(SystemRegister.IccBpr1, 4UL, 4UL)]
    [InlineData(SystemRegister.IccCtlr, 0xFFFF_FFFFUL, 0x8403UL)]
    [InlineData(SystemRegister.IccSre, 0UL, 7UL)]
    [InlineData(SystemRegister.IccIgrpen0, 0xFFFF_FFFEUL, 0UL)]
    [InlineData(SystemRegister.IccIgrpen1, 0xFFFF_FFFFUL, 1UL)]
    [InlineData(SystemRegister.IccAp0r0, 0x8000_0001UL, 0x8000_0001UL)]
    [InlineData(SystemRegister.IccAp1r0, 0x1234_5678UL, 0x1234_5678UL)]
    public void What_is_written_reads_back_as_far_as_it_is_there(SystemRegister register, ulong written, ulong read)
    {
        _core.Msr(register, written);
        Assert.Equal(read, _core.Mrs(register));
    }

    [Fact]
    public void Registers_have_their_values_after_reset()
    {
        var core = new GicCore(_machine.ActiveVcpu(_machine.NewVcpu(_machine.Vic(), 0, vmid: 12)).Port);
        Assert.Equal(0UL, core.Mrs(SystemRegister.IccPmr));
        Assert.Equal(2UL, core.Mrs(SystemRegister.IccBpr0));
        Assert.Equal(3UL, core.Mrs(SystemRegister.IccBpr1));
        Assert.Equal(0x8400UL, core.Mrs(SystemRegister.IccCtlr));
        Assert.Equal(Idle, core.Mrs(SystemRegister.IccRpr));
        Assert.Equal(Spurious, core.Mrs(SystemRegister.IccIar0));
        Assert.Equal(Spurious, core.Mrs(SystemRegister.IccHppir1));
        Assert.Equal(0UL, core.Mrs(SystemRegister.IccIgrpen0));
        Assert.Equal(0UL, core.Mrs(SystemRegister.IccIgrpen1));
    }

    [Fact]
    public void An_interrupt_goes_from_pending_over_active_to_nothing()
    {
        _core.EnableShared(40, 0x80);
        Assert.Equal(InterruptLine.None, _core.Line);
        _core.Pend(40);
        Assert.Equal(InterruptLine.Irq, _core.Line);
        Assert.Equal(InterruptLine.Irq, _core.Line);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccHppir1));
        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));

        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        Assert.Equal(0x80UL, _core.Mrs(SystemRegister.IccRpr));
        Assert.Equal(1UL << 16, _core.Mrs(SystemRegister.IccAp1r0));
        Assert.Equal(0UL, _core.Mrs(SystemRegister.IccAp0r0));
        Assert.Equal(InterruptLine.None, _core.Line);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));

        _core.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));
        Assert.Equal(0UL, _core.Read(GicCore.Distributor + 0x304));
        Assert.Equal(InterruptLine.None, _core.Line);
    }

    [Fact]
    public void Each_group_has_its_line_and_its_registers()
    {
        _core.EnableShared(40, 0x80, group1: false);
        _core.Pend(40);
        Assert.Equal(InterruptLine.Fiq, _core.Line);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccHppir1));
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccHppir0));
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar0));
        Assert.Equal(1UL << 16, _core.Mrs(SystemRegister.IccAp0r0));
        _core.Msr(SystemRegister.IccEoir1, 40); // The other group's: ignored.
        Assert.Equal(0x80UL, _core.Mrs(SystemRegister.IccRpr));
        _core.Msr(SystemRegister.IccEoir0, 40);
        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));
    }

    [Fact]
    public void A_group_that_is_off_has_no_interrupt()
    {
        _core.EnableShared(40, 0x80);
        _core.EnableShared(41, 0x40, group1: false);
        _core.Pend(40);
        _core.Pend(41);
        _core.Msr(SystemRegister.IccIgrpen0, 0);
        Assert.Equal(InterruptLine.Irq, _core.Line);
        _core.Write(GicCore.Distributor, 1);
        Assert.Equal(InterruptLine.None, _core.Line);
        _core.Msr(SystemRegister.IccIgrpen0, 1);
        Assert.Equal(InterruptLine.Fiq, _core.Line);
    }

    [Fact]
    public void The_mask_lets_only_smaller_numbers_through_and_hides_nothing()
    {
        _core.EnableShared(40, 0x80);
        _core.Pend(40);
        _core.Msr(SystemRegister.IccPmr, 0x80);
        Assert.Equal(InterruptLine.None, _core.Line);
        Assert.Equal(Spurious, _core.Mrs(SystemRegister.IccIar1));
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccHppir1));
        _core.Msr(SystemRegister.IccPmr, 0x88);
        Assert.Equal(InterruptLine.Irq, _core.Line);
    }

    [Theory]
    [InlineData(3UL, 0x80, 0x78, true)]
    [InlineData(3UL, 0x80, 0x80, false)]
    [InlineData(4UL, 0x88, 0x80, false)]
    [InlineData(4UL, 0x80, 0x78, true)]
    [InlineData(7UL, 0x78, 0x00, false)]
    [InlineData(7UL, 0x80, 0x78, true)]
    public void What_preempts_is_decided_by_the_bits_above_the_binary_point(ulong point, byte running, byte next, bool preempts)
    {
        _core.Msr(SystemRegister.IccBpr1, point);
        _core.EnableShared(40, running);
        _core.EnableShared(41, next);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Pend(41);
        Assert.Equal(preempts ? InterruptLine.Irq : InterruptLine.None, _core.Line);
        Assert.Equal(preempts ? 41UL : Spurious, _core.Mrs(SystemRegister.IccIar1));
        if (preempts)
            _core.Msr(SystemRegister.IccEoir1, 41);
        _core.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(preempts ? Spurious : 41UL, _core.Mrs(SystemRegister.IccIar1));
    }

    [Fact]
    public void With_a_common_binary_point_group_1_has_that_of_group_0()
    {
        _core.Msr(SystemRegister.IccBpr1, 3);
        _core.Msr(SystemRegister.IccBpr0, 5);
        _core.Msr(SystemRegister.IccCtlr, 1);
        Assert.Equal(6UL, _core.Mrs(SystemRegister.IccBpr1));
        _core.Msr(SystemRegister.IccBpr1, 4); // Ignored.
        _core.EnableShared(40, 0xB8);
        _core.EnableShared(41, 0x80);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Pend(41);
        Assert.Equal(InterruptLine.None, _core.Line);
        _core.Msr(SystemRegister.IccBpr0, 7);
        Assert.Equal(7UL, _core.Mrs(SystemRegister.IccBpr1));
        _core.Msr(SystemRegister.IccCtlr, 0);
        Assert.Equal(3UL, _core.Mrs(SystemRegister.IccBpr1));
        _core.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(41UL, _core.Mrs(SystemRegister.IccIar1));
    }

    [Fact]
    public void Where_ends_only_drop_an_interrupt_stays_active_until_it_is_deactivated()
    {
        _core.Msr(SystemRegister.IccCtlr, 2);
        _core.EnableShared(40, 0x80);
        _core.EnableShared(41, 0x80);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));
        Assert.Equal(1UL << 8, _core.Read(GicCore.Distributor + 0x304));
        _core.Pend(40);
        Assert.Equal(InterruptLine.None, _core.Line);
        _core.Pend(41);
        Assert.Equal(41UL, _core.Mrs(SystemRegister.IccIar1)); // Another may come meanwhile.
        _core.Msr(SystemRegister.IccEoir1, 40); // Dropped already.
        Assert.Equal(0x80UL, _core.Mrs(SystemRegister.IccRpr));
        _core.Msr(SystemRegister.IccDir, 40);
        Assert.Equal(1UL << 9, _core.Read(GicCore.Distributor + 0x304));
        _core.Msr(SystemRegister.IccEoir1, 41);
        Assert.Equal(InterruptLine.Irq, _core.Line); // 40 again.
    }

    [Fact]
    public void A_deactivation_counts_only_where_ends_only_drop()
    {
        _core.EnableShared(40, 0x80);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(SystemRegister.IccDir, 40);
        Assert.Equal(1UL << 8, _core.Read(GicCore.Distributor + 0x304));
        _core.Msr(SystemRegister.IccCtlr, 2);
        _core.Msr(SystemRegister.IccDir, 40); // Before its drop: the end altogether.
        Assert.Equal(0UL, _core.Read(GicCore.Distributor + 0x304));
        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));
    }

    [Fact]
    public void What_another_vcpu_handles_is_not_ended_here()
    {
        _core.EnableShared(40, 0x80);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _other.Msr(SystemRegister.IccCtlr, 2);
        _other.Msr(SystemRegister.IccDir, 40);
        _other.Msr(SystemRegister.IccEoir1, 40);
        Assert.Equal(1UL << 8, _core.Read(GicCore.Distributor + 0x304));
        Assert.Equal(0x80UL, _core.Mrs(SystemRegister.IccRpr));
    }

    [Theory]
    [InlineData(Spurious)]
    [InlineData(1020UL)]
    [InlineData(41UL)]
    [InlineData(0xFF_FFFFUL)]
    public void The_end_of_what_was_not_acknowledged_is_ignored(ulong intid)
    {
        _core.EnableShared(40, 0x80);
        _core.Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
        _core.Msr(SystemRegister.IccEoir1, intid);
        _core.Msr(SystemRegister.IccEoir0, intid);
        Assert.Equal(0x80UL, _core.Mrs(SystemRegister.IccRpr));
    }

    [Fact]
    public void Interrupts_nest_through_both_groups_down_to_the_last_priority()
    {
        for (uint i = 0; i < 32; i++)
            _core.EnableShared(64 + i, (byte)((31 - i) * 8), group1: i % 2 == 0);
        for (uint i = 0; i < 32; i++)
        {
            _core.Msr(SystemRegister.IccPmr, 0xFF);
            _core.Pend(64 + i);
            bool group1 = i % 2 == 0;
            // The smallest mask is 0xF8, which the last priority number does not pass.
            ulong expected = i == 0 ? Spurious : 64 + i;
            Assert.Equal(expected, _core.Mrs(group1 ? SystemRegister.IccIar1 : SystemRegister.IccIar0));
        }

        Assert.Equal(0UL, _core.Mrs(SystemRegister.IccRpr));
        for (uint i = 31; i > 0; i--)
        {
            Assert.Equal((31 - i) * 8, _core.Mrs(SystemRegister.IccRpr));
            _core.Msr(i % 2 == 0 ? SystemRegister.IccEoir1 : SystemRegister.IccEoir0, 64 + i);
        }

        Assert.Equal(Idle, _core.Mrs(SystemRegister.IccRpr));
    }

    [Theory]
    [InlineData(SystemRegister.IccSgi1r, 1UL << 0, true, false)]
    [InlineData(SystemRegister.IccSgi1r, 1UL << 1, false, true)]
    [InlineData(SystemRegister.IccSgi1r, 3UL, true, true)]
    [InlineData(SystemRegister.IccSgi1r, 0xFFFFUL, true, true)]
    [InlineData(SystemRegister.IccSgi1r, 1UL << 40, false, true)] // All others.
    [InlineData(SystemRegister.IccSgi1r, (1UL << 40) | 1, false, true)]
    [InlineData(SystemRegister.IccSgi1r, (1UL << 16) | 3, false, false)] // Aff1.
    [InlineData(SystemRegister.IccSgi1r, (1UL << 32) | 3, false, false)] // Aff2.
    [InlineData(SystemRegister.IccSgi1r, (1UL << 48) | 3, false, false)] // Aff3.
    [InlineData(SystemRegister.IccSgi1r, (1UL << 44) | 3, false, false)] // From Aff0 16 on.
    [InlineData(SystemRegister.IccSgi0r, 3UL, false, false)] // Of the other group.
    [InlineData(SystemRegister.IccAsgi1r, 3UL, false, false)]
    public void A_software_interrupt_goes_to_the_vcpus_of_its_list(SystemRegister register, ulong targets, bool self, bool other)
    {
        EnableSoftwareInterrupt(group1: true);
        _core.Msr(register, (5UL << 24) | targets);
        Assert.Equal((self, other), (_core.Line == InterruptLine.Irq, _other.Line == InterruptLine.Irq));
        Assert.Equal(other ? 5UL : Spurious, _other.Mrs(SystemRegister.IccIar1));
    }

    [Theory]
    [InlineData(SystemRegister.IccSgi0r, true)]
    [InlineData(SystemRegister.IccAsgi1r, true)]
    [InlineData(SystemRegister.IccSgi1r, false)]
    public void A_software_interrupt_of_group_0_comes_by_its_own_registers(SystemRegister register, bool comes)
    {
        EnableSoftwareInterrupt(group1: false);
        _core.Msr(register, (5UL << 24) | 2);
        Assert.Equal(comes ? InterruptLine.Fiq : InterruptLine.None, _other.Line);
    }

    [Fact]
    public void A_vcpu_that_goes_off_handles_nothing_any_more()
    {
        _core.Msr(SystemRegister.IccCtlr, 2);
        _core.EnableShared(40, 0x80);
        _core.EnableShared(41, 0x80);
        foreach (uint intid in (uint[])[40, 41])
        {
            _core.Pend(intid);
            Assert.Equal(intid, _core.Mrs(SystemRegister.IccIar1));
            _core.Msr(SystemRegister.IccEoir1, intid);
        }

        _first.Thread.Vic.Reset(_first.Thread.Local);
        Assert.Equal(0UL, _core.Read(GicCore.Distributor + 0x304));
        Assert.Equal(0x8400UL, _core.Mrs(SystemRegister.IccCtlr));
        _core.Open().Pend(40);
        Assert.Equal(40UL, _core.Mrs(SystemRegister.IccIar1));
    }

    private void EnableSoftwareInterrupt(bool group1)
    {
        for (int index = 0; index < 2; index++)
        {
            _core.Write(GicCore.Private(index) + 0x80, group1 ? 1UL << 5 : 0);
            _core.Write(GicCore.Private(index) + 0x100, 1UL << 5);
        }
    }
}
