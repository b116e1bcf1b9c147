using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Exceptions;

/// <summary>What a core does when an instruction cannot go on, and how software comes back.</summary>
public sealed unsafe class ExceptionTests : IDisposable
{
    private const ulong Vectors = BareCore.RamBase + 0x8000;

    private readonly BareCore _core = new();

    public ExceptionTests() => CoreState.Sys(_core.State, Register.Vbar) = Vectors;

    public void Dispose() => _core.Dispose();

    [Theory]
    [InlineData(1u, 1u, 0x200u)]
    [InlineData(1u, 0u, 0x0u)]
    [InlineData(0u, 0u, 0x400u)]
    public void An_exception_goes_to_the_vector_of_where_it_came_from(uint el, uint spSel, uint offset)
    {
        Be(el, spSel);
        _core.Load(A64.Svc(7));
        _core.Run(1);
        Assert.Equal(Vectors + offset, _core.State->Pc);
        Assert.Equal((1u, 1u, 0x3C0u), (_core.State->El, _core.State->SpSel, _core.State->Daif));
        Assert.Equal(0x5600_0007ul, Sys(Register.Esr));
        Assert.Equal(BareCore.RamBase + 4, Sys(Register.Elr));
        Assert.Equal(el << 2 | spSel, Sys(Register.Spsr) & 0xF);
    }

    /// <summary>Where SCTLR_EL1.A is set, what an address must be a multiple of is the size of an element, not of all.</summary>
    [Theory]
    [InlineData(0xB940_0020u, 4)] // ldr w0, [x1]
    [InlineData(0xF900_0020u, 8)] // str x0, [x1]
    [InlineData(0x7840_0020u, 2)] // ldurh w0, [x1]
    [InlineData(0x3940_0020u, 1)] // ldrb w0, [x1]
    [InlineData(0xA940_0820u, 8)] // ldp x0, x2, [x1]
    [InlineData(0x2900_0820u, 4)] // stp w0, w2, [x1]
    [InlineData(0xF840_0820u, 8)] // ldtr x0, [x1]
    [InlineData(0x3DC0_0020u, 16)] // ldr q0, [x1]
    [InlineData(0xAD00_0820u, 16)] // stp q0, q2, [x1]
    [InlineData(0x4C40_2820u, 4)] // ld1 {v0.4s-v3.4s}, [x1]
    [InlineData(0x4C40_7020u, 1)] // ld1 {v0.16b}, [x1]
    [InlineData(0x4C00_8C20u, 8)] // st2 {v0.2d-v1.2d}, [x1]
    [InlineData(0x0D40_4020u, 2)] // ld1 {v0.h}[0], [x1]
    [InlineData(0x4D40_C820u, 4)] // ld1r {v0.4s}, [x1]
    public void Accesses_that_are_not_aligned_fault_where_that_is_checked(uint word, int element)
    {
        const ulong Data = BareCore.RamBase + 0x1_0000;
        const ulong AlignmentFault = 0x21;
        CoreState.Sys(_core.State, Register.Cpacr) = 3ul << 20;
        Be(1, 1);
        _core.Load(word);
        for (ulong offset = 0; offset < 16; offset++)
        {
            foreach (bool isChecked in (bool[])[true, false])
            {
                CoreState.Sys(_core.State, Register.Sctlr) = isChecked ? 2u : 0;
                _core.Core.Mmu.InvalidateAll();
                // The second access finds what the first one may have left.
                for (int time = 0; time < 2; time++)
                {
                    Be(1, 1);
                    CoreState.Sys(_core.State, Register.Esr) = 0;
                    _core.State->Pc = BareCore.RamBase;
                    _core.X(1) = Data + offset;
                    _core.Run(1);
                    bool faults = isChecked && offset % (ulong)element != 0;
                    Assert.Equal(faults ? AlignmentFault : 0, Sys(Register.Esr) & 0x3F);
                    Assert.Equal(faults ? Vectors + 0x200 : BareCore.RamBase + 4, _core.State->Pc);
                    if (faults)
                        Assert.Equal(Data + offset, Sys(Register.Far));
                }
            }
        }
    }

    [Fact]
    public void An_instruction_that_does_not_exist_is_reported_at_its_own_address()
    {
        _core.Load(A64.Nop, A64.Udf);
        _core.Run(2);
        Assert.Equal(BareCore.RamBase + 4, Sys(Register.Elr));
        Assert.Equal(0x0200_0000ul, Sys(Register.Esr));
    }

    [Fact]
    public void ERET_restores_what_an_exception_saved()
    {
        Be(el: 0, spSel: 0);
        _core.State->Nzcv = 0xA000_0000;
        _core.State->Daif = 0;
        _core.X(Slot.Sp) = 0x1234;
        _core.Load(A64.Svc(0), A64.Add(1, 1, 5));
        _core.Run(1);
        Assert.NotEqual(0x1234ul, _core.X(Slot.Sp));
        _core.Load(A64.Eret);
        Assert.Equal(StopReason.Poll, _core.Run(1));
        Assert.Equal((0u, 0u, 0u), (_core.State->El, _core.State->SpSel, _core.State->Daif));
        Assert.Equal((0xA000_0000, 0x1234ul), (_core.State->Nzcv, _core.X(Slot.Sp)));
        _core.Run(1);
        Assert.Equal(5ul, _core.X(1));
    }

    [Theory]
    [InlineData(2ul)]
    [InlineData(8ul)]
    [InlineData(0x10ul)]
    [InlineData(0xDul)]
    public void An_impossible_return_is_an_illegal_state_exception_at_its_target(ulong mode)
    {
        CoreState.Sys(_core.State, Register.Spsr) = mode;
        CoreState.Sys(_core.State, Register.Elr) = BareCore.RamBase + 0x100;
        _core.Load(A64.Eret);
        _core.Run(1);
        Assert.Equal(1u, _core.State->El);
        _core.Run(1);
        Assert.Equal(0x3A00_0000ul, Sys(Register.Esr));
        Assert.Equal(BareCore.RamBase + 0x100, Sys(Register.Elr));
        Assert.Equal(0u, _core.State->Il);
    }

    [Fact]
    public void A_program_counter_between_words_faults_with_its_address()
    {
        _core.X(3) = BareCore.RamBase + 0x102;
        _core.Load(A64.Br(3));
        _core.Run(2);
        Assert.Equal(0x8A00_0000ul, Sys(Register.Esr));
        Assert.Equal(BareCore.RamBase + 0x102, Sys(Register.Far));
        Assert.Equal(BareCore.RamBase + 0x102, Sys(Register.Elr));
    }

    [Theory]
    [InlineData("VBAR_EL1")]
    [InlineData("SCTLR_EL1")]
    [InlineData("MIDR_EL1")]
    [InlineData("CurrentEL")]
    [InlineData("SP_EL0")]
    [InlineData("TPIDR_EL1")]
    public void Registers_of_EL1_do_not_exist_for_EL0(string register)
    {
        Be(el: 0, spSel: 0);
        _core.Load(A64.Mrs(1, register));
        _core.X(1) = 77;
        _core.Run(1);
        Assert.Equal(0x0200_0000ul, Sys(Register.Esr));
        Assert.Equal(77ul, _core.X(1));
    }

    [Theory]
    [InlineData(0ul, true)]
    [InlineData(1ul << 20, true)]
    [InlineData(3ul << 20, false)]
    public void EL0_reads_FPSR_only_where_floating_point_is_not_trapped(ulong cpacr, bool traps)
    {
        CoreState.Sys(_core.State, Register.Cpacr) = cpacr;
        Be(el: 0, spSel: 0);
        _core.Load(A64.Mrs(1, "FPSR"));
        _core.Run(1);
        Assert.Equal(traps ? 0x1FE0_0000ul : 0, Sys(Register.Esr));
    }

    [Fact]
    public void SP_EL0_is_another_register_while_SP_EL1_is_selected()
    {
        _core.X(Slot.Sp) = 0x1000;
        _core.X(5) = 0x2000;
        _core.Load(A64.Msr("SP_EL0", 5), A64.Mrs(6, "SP_EL0"), A64.Add(7, 31, 0), 0xD50040BF, A64.Add(8, 31, 0));
        _core.Run(5);
        Assert.Equal((0x2000ul, 0x1000ul, 0x2000ul), (_core.X(6), _core.X(7), _core.X(8)));
    }

    [Fact]
    public void WFI_and_WFE_stop_the_core_behind_them_and_an_event_ends_a_wait()
    {
        _core.Load(A64.Wfi, A64.Wfe, A64.Sev, A64.Wfe, A64.Add(1, 1, 1));
        Assert.Equal((StopReason.WaitForInterrupt, BareCore.RamBase + 4), (_core.Run(10), _core.State->Pc));
        Assert.Equal((StopReason.WaitForEvent, BareCore.RamBase + 8), (_core.Run(10), _core.State->Pc));
        _core.State->Event = 1;
        _core.Run(3);
        Assert.Equal(1ul, _core.X(1));
    }

    [Fact]
    public void A_hypercall_from_EL0_is_undefined()
    {
        Be(el: 0, spSel: 0);
        _core.Load(A64.Hvc(0));
        Assert.Equal(StopReason.Continue, _core.Run(1));
        Assert.Equal(0x0200_0000ul, Sys(Register.Esr));
    }

    [Fact]
    public void A_hypercall_stops_behind_it_with_its_immediate()
    {
        _core.Load(A64.Hvc(0x601B));
        Assert.Equal(StopReason.Hypercall, _core.Run(10));
        Assert.Equal((0x601B, BareCore.RamBase + 4), (_core.Core.Immediate, _core.State->Pc));
        Assert.Equal(1, _core.Core.Executed);
    }

    private void Be(uint el, uint spSel)
    {
        Aarch64.Exceptions.ExceptionLevel.SelectStack(_core.State, el, spSel);
        Aarch64.Exceptions.ExceptionLevel.Changed(_core.State, _core.Core.Mmu);
    }

    private ulong Sys(Register register) => CoreState.Sys(_core.State, register);
}
