using System.Buffers.Binary;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Memory;

/// <summary>Stage 1 of address translation as software at EL1 and EL0 sees it.</summary>
public sealed unsafe class TranslationTests : IDisposable
{
    private const ulong Vectors = BareCore.RamBase + 0x8000;
    private const ulong Table0 = BareCore.RamBase + 0x1_0000;
    private const ulong Data = BareCore.RamBase + 0x4_0000;
    private const ulong LowPage = 0x40_0000;
    private const ulong HighPage = 0xFFFF_FF80_0040_0000;

    // Valid page, access flag, normal memory; read and write at EL1.
    private const ulong Page = 0x703;
    private const ulong UserPage = Page | 1 << 6;
    private const ulong ReadOnly = 1 << 7;
    private const ulong NotGlobal = 1 << 11;
    private const ulong NoExecute = 3ul << 53;

    private readonly BareCore _core = new();
    private ulong _nextTable = Table0 + 0x2000;

    public TranslationTests()
    {
        CoreState* state = _core.State;
        CoreState.Sys(state, Register.Vbar) = Vectors;
        CoreState.Sys(state, Register.Ttbr0) = Table0;
        CoreState.Sys(state, Register.Ttbr1) = Table0 + 0x1000;
        // 39 bits each half, 16-bit ASIDs, 36 bits of output.
        CoreState.Sys(state, Register.Tcr) = 25 | 25 << 16 | 1ul << 32 | 1ul << 36;
        CoreState.Sys(state, Register.Mair) = 0xFF;
        // RAM maps itself, in blocks of 2 MiB.
        Map(BareCore.RamBase, BareCore.RamBase, 0x701, level: 2);
        CoreState.Sys(state, Register.Sctlr) |= 1;
        _core.Core.Mmu.InvalidateAll();
    }

    public void Dispose() => _core.Dispose();

    [Theory]
    [InlineData(LowPage)]
    [InlineData(HighPage)]
    public void Both_halves_translate_by_their_own_tables(ulong address)
    {
        Map(address, Data, Page);
        Word(Data + 8) = 0x1122;
        (_core.X(7), _core.X(8)) = (address + 8, 0x55);
        _core.Load(A64.Ldr(6, 7), A64.Str(8, 7), A64.Ldr(9, 7));
        _core.Run(3);
        Assert.Equal((0x1122ul, 0x55ul, 0x55ul), (_core.X(6), _core.X(9), Word(Data + 8)));
    }

    [Theory]
    [InlineData(0ul, 0x9600_0007ul, 3)]
    [InlineData(Page & ~0x400ul, 0x9600_000Bul, 3)]
    [InlineData(Page | 0x10_0000_0000ul, 0x9600_0003ul, 3)]
    [InlineData(0ul, 0x9600_0006ul, 2)]
    [InlineData(0ul, 0x9600_0005ul, 1)]
    public void A_load_that_faults_says_why_and_at_which_level(ulong entry, ulong syndrome, int level)
    {
        Map(LowPage, 0, entry, level);
        _core.X(7) = LowPage + 16;
        _core.Load(A64.Ldr(6, 7));
        _core.Run(1);
        Assert.Equal(syndrome, Sys(Register.Esr));
        Assert.Equal((LowPage + 16, BareCore.RamBase), (Sys(Register.Far), Sys(Register.Elr)));
    }

    [Theory]
    [InlineData(Page | ReadOnly, 1u, 0x9600_004Ful)]
    [InlineData(Page, 0u, 0x9200_004Ful)]
    [InlineData(UserPage | ReadOnly, 0u, 0x9200_004Ful)]
    [InlineData(UserPage, 0u, 0ul)]
    [InlineData(Page, 1u, 0ul)]
    public void A_store_needs_a_page_that_may_be_written_there(ulong entry, uint el, ulong syndrome)
    {
        Map(LowPage, Data, entry);
        Map(0x50_0000, Data + 0x1000, UserPage | ReadOnly);
        Code(Data + 0x1000, A64.Str(8, 7), A64.Stay);
        (_core.X(7), _core.X(8), _core.State->Pc) = (LowPage, 0x99, 0x50_0000);
        Be(el);
        _core.Run(1);
        Assert.Equal(syndrome, Sys(Register.Esr));
        Assert.Equal(syndrome == 0 ? 0x99ul : 0, Word(Data));
    }

    [Fact]
    public void EL1_reaches_user_pages_only_without_PAN()
    {
        Map(LowPage, Data, UserPage);
        _core.X(7) = LowPage;
        _core.Load(A64.Ldr(6, 7), 0xD500419F, A64.Ldr(6, 7)); // MSR PAN, #1 between.
        _core.Run(2);
        Assert.Equal(0ul, Sys(Register.Esr));
        _core.Run(1);
        Assert.Equal(0x9600_000Ful, Sys(Register.Esr));
    }

    [Fact]
    public void EL1_does_not_run_what_EL0_may_write()
    {
        Map(LowPage, Data, UserPage);
        Code(Data, A64.Nop);
        _core.State->Pc = LowPage;
        _core.Run(1);
        Assert.Equal(0x8600_000Ful, Sys(Register.Esr));
        Assert.Equal(LowPage, Sys(Register.Far));
    }

    [Fact]
    public void A_page_that_must_not_be_executed_is_not()
    {
        Map(LowPage, Data, Page | NoExecute);
        _core.State->Pc = LowPage + 8;
        _core.Run(1);
        Assert.Equal((0x8600_000Ful, LowPage + 8), (Sys(Register.Esr), Sys(Register.Elr)));
    }

    [Fact]
    public void An_address_beyond_the_region_faults_at_level_0_unless_its_top_byte_is_ignored()
    {
        Map(LowPage, Data, Page);
        Word(Data) = 42;
        _core.X(7) = LowPage | 0x5Aul << 56;
        _core.Load(A64.Ldr(6, 7));
        _core.Run(1);
        Assert.Equal(0x9600_0004ul, Sys(Register.Esr));
        CoreState.Sys(_core.State, Register.Tcr) |= 1ul << 37;
        _core.State->Pc = BareCore.RamBase;
        _core.Run(1);
        Assert.Equal(42ul, _core.X(6));
    }

    [Fact]
    public void An_access_across_two_pages_reads_both_and_writes_neither_if_one_faults()
    {
        Map(LowPage, Data, Page);
        Map(LowPage + 0x1000, Data + 0x3000, Page);
        Word(Data + 0xFF8) = 0x1111_1111_2222_2222;
        Word(Data + 0x3000) = 0x3333_3333_4444_4444;
        (_core.X(7), _core.X(8)) = (LowPage + 0xFFC, ulong.MaxValue);
        _core.Load(A64.Ldr(6, 7), A64.Str(8, 7));
        _core.Run(1);
        Assert.Equal(0x4444_4444_1111_1111ul, _core.X(6));
        Map(LowPage + 0x1000, Data + 0x3000, Page | ReadOnly);
        _core.Core.Mmu.InvalidateAll();
        _core.Run(1);
        Assert.Equal((0x9600_004Ful, LowPage + 0x1000), (Sys(Register.Esr), Sys(Register.Far)));
        Assert.Equal(0x1111_1111_2222_2222ul, Word(Data + 0xFF8));
    }

    [Theory]
    [InlineData("TLBI VAE1IS")]
    [InlineData("TLBI VAALE1")]
    [InlineData("TLBI VMALLE1")]
    [InlineData("TLBI ASIDE1IS")]
    public void What_TLBI_names_is_looked_up_again(string instruction)
    {
        Map(LowPage, Data, Page | NotGlobal);
        Word(Data) = 1;
        Word(Data + 0x1000) = 2;
        _core.X(7) = LowPage;
        _core.X(8) = instruction.Contains("VA", StringComparison.Ordinal) ? LowPage >> 12 : 0;
        _core.Load(A64.Ldr(1, 7), A64.Ldr(2, 7), A64.Sys(instruction, 8), A64.Ldr(3, 7));
        _core.Run(1);
        Map(LowPage, Data + 0x1000, Page | NotGlobal);
        _core.Run(3);
        Assert.Equal((1ul, 1ul, 2ul), (_core.X(1), _core.X(2), _core.X(3)));
    }

    [Fact]
    public void TLBI_of_any_address_in_a_block_forgets_the_whole_block()
    {
        Map(0x60_0000, BareCore.RamBase, 0x701, level: 2);
        Word(Data) = 1;
        _core.X(7) = 0x60_0000 + (Data - BareCore.RamBase);
        _core.X(8) = 0x60_0000 >> 12;
        _core.Load(A64.Ldr(1, 7), A64.Sys("TLBI VAE1IS", 8), A64.Ldr(3, 7));
        _core.Run(1);
        Map(0x60_0000, 0, 0, level: 2);
        _core.Run(2);
        Assert.Equal(1ul, _core.X(1));
        Assert.Equal(0x9600_0006ul, Sys(Register.Esr));
    }

    [Fact]
    public void ASIDs_keep_their_entries_apart()
    {
        Map(LowPage, Data, Page | NotGlobal);
        Word(Data) = 1;
        Word(Data + 0x1000) = 2;
        _core.X(7) = LowPage;
        _core.X(8) = Table0 | 5ul << 48;
        _core.X(9) = Table0;
        _core.Load(A64.Ldr(1, 7), A64.Msr("TTBR0_EL1", 8), A64.Isb, A64.Ldr(2, 7), A64.Msr("TTBR0_EL1", 9), A64.Isb,
            A64.Ldr(3, 7));
        _core.Run(1);
        Map(LowPage, Data + 0x1000, Page | NotGlobal);
        _core.Run(6);
        Assert.Equal((1ul, 2ul, 1ul), (_core.X(1), _core.X(2), _core.X(3)));
    }

    [Fact]
    public void Changed_code_runs_after_IC_and_ISB()
    {
        Map(LowPage, Data, Page);
        Code(Data, A64.Add(1, 1, 1), A64.Br(20));
        (_core.X(10), _core.X(9)) = (LowPage, LowPage);
        _core.X(20) = BareCore.RamBase + 4;
        _core.Load(A64.Br(10), A64.Sys("IC IVAU", 9), A64.DsbIsh, A64.Isb, A64.Br(10));
        _core.Run(3);
        Code(Data, A64.Add(1, 1, 0x10));
        _core.Run(5);
        Assert.Equal(0x11ul, _core.X(1));
    }

    [Theory]
    [InlineData(Page, "AT S1E1W", 0ul)]
    [InlineData(Page | ReadOnly, "AT S1E1W", 0x1Ful)]
    [InlineData(Page, "AT S1E0R", 0x1Ful)]
    [InlineData(0ul, "AT S1E1R", 0xFul)]
    public void AT_answers_in_PAR(ulong entry, string instruction, ulong fault)
    {
        Map(LowPage, Data, entry);
        _core.X(1) = LowPage + 0x123;
        _core.Load(A64.Sys(instruction, 1));
        _core.Run(1);
        ulong par = Sys(Register.Par);
        Assert.Equal(fault, par & 0x7F);
        if (fault == 0)
            Assert.Equal(0xFF00_0000_0000_0000 | Data, par & ~0xFFFul);
    }

    [Fact]
    public void DC_ZVA_clears_a_block_and_no_more()
    {
        Map(LowPage, Data, Page);
        _core.Pages.At(Data)[..4096].Fill(0xAA);
        _core.X(1) = LowPage + 0x923;
        _core.Load(A64.Sys("DC ZVA", 1));
        _core.Run(1);
        Assert.All(_core.Pages.At(Data)[..2048].ToArray(), static value => Assert.Equal(0xAA, value));
        Assert.All(_core.Pages.At(Data)[2048..4096].ToArray(), static value => Assert.Equal(0, value));
    }

    private ref ulong Word(ulong address) =>
        ref System.Runtime.InteropServices.MemoryMarshal.AsRef<ulong>(_core.Pages.At(address));

    private void Code(ulong address, params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(_core.Pages.At(address + (ulong)(i * 4)), words[i]);
    }

    /// <summary>Writes an entry, making the tables above it; 39 bits begin at level 1.</summary>
    private void Map(ulong address, ulong to, ulong attributes, int level = 3)
    {
        ulong table = (address >> 63) != 0 ? Table0 + 0x1000 : Table0;
        for (int at = 1; ; at++)
        {
            ref ulong entry = ref Word(table + (address >> (39 - 9 * at) & 511) * 8);
            if (at == level)
            {
                entry = to | attributes;
                return;
            }

            if (entry == 0)
            {
                entry = _nextTable | 3;
                _nextTable += 0x1000;
            }

            table = entry & ~0xFFFul;
        }
    }

    private void Be(uint el)
    {
        Aarch64.Exceptions.ExceptionLevel.SelectStack(_core.State, el, el);
        Aarch64.Exceptions.ExceptionLevel.Changed(_core.State, _core.Core.Mmu);
    }

    private ulong Sys(Register register) => CoreState.Sys(_core.State, register);
}
