using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Interpreting;

/// <summary>
/// Data processing of general registers. What is expected was printed by a program of the same instructions that ran on
/// <c>qemu-aarch64 -cpu max</c> 7.2; X0 to X3 and the flags were set as here before each.
/// </summary>
public sealed unsafe class IntegerTests
{
    [Theory]
    [InlineData(0xB17FFC20, 0x80000007F2233567, 0x8)] // adds x0, x1, #4095, lsl #12
    [InlineData(0x71000420, 0xF1234566, 0xA)] // subs w0, w1, #1
    [InlineData(0x9200F020, 0x551014545, 0x2)] // and x0, x1, #0x5555555555555555
    [InlineData(0x72089C20, 0xF1004500, 0x8)] // ands w0, w1, #0xff00ff00
    [InlineData(0x12800020, 0xFFFFFFFE, 0x2)] // movn w0, #1
    [InlineData(0xF2D579A0, 0x1111ABCD33334444, 0x2)] // movk x0, #0xabcd, lsl #32
    [InlineData(0x93442C20, 0x56, 0x2)] // sbfx x0, x1, #4, #8
    [InlineData(0x131C1C20, 0x670, 0x2)] // sbfiz w0, w1, #4, #8
    [InlineData(0xB3783C20, 0x1111222233456744, 0x2)] // bfi x0, x1, #8, #16
    [InlineData(0x33085C20, 0x33332345, 0x2)] // bfxil w0, w1, #8, #16
    [InlineData(0xD37CFC20, 0x8, 0x2)] // ubfx x0, x1, #60, #4
    [InlineData(0x53010020, 0x80000000, 0x2)] // lsl w0, w1, #31
    [InlineData(0x93C11020, 0x780000007F123456, 0x2)] // ror x0, x1, #4
    [InlineData(0x13822020, 0x67000000, 0x2)] // extr w0, w1, w2, #8
    [InlineData(0xEA621020, 0x8000000051234566, 0x8)] // bics x0, x1, x2, lsr #4
    [InlineData(0x2AE22020, 0xF3FFFFFF, 0x2)] // orn w0, w1, w2, ror #8
    [InlineData(0xCB229020, 0x80000007F1234397, 0x2)] // sub x0, x1, w2, sxtb #4
    [InlineData(0x2B222420, 0xF12345A1, 0x8)] // adds w0, w1, w2, uxth #1
    [InlineData(0xFA020020, 0x8000000DF123454A, 0x8)] // sbcs x0, x1, x2
    [InlineData(0xFA421025, 0x1111222233334444, 0x8)] // ccmp x1, x2, #5, ne
    [InlineData(0x3A5F082F, 0x1111222233334444, 0xF)] // ccmn w1, #31, #15, eq
    [InlineData(0x5A821420, 0xF1234567, 0x2)] // csneg w0, w1, w2, ne
    [InlineData(0x9A820420, 0xFFFFFFFA0000001E, 0x2)] // csinc x0, x1, x2, eq
    [InlineData(0x9AC20C20, 0x15555554, 0x2)] // sdiv x0, x1, x2
    [InlineData(0x1AC20820, 0x850AA1E, 0x2)] // udiv w0, w1, w2
    [InlineData(0x1AC22820, 0xFFFFFFFF, 0x2)] // asr w0, w1, w2
    [InlineData(0x9AC22C20, 0x891A2B3C0000003F, 0x2)] // ror x0, x1, x2
    [InlineData(0x9AC25C20, 0xA1BE4116, 0x2)] // crc32cx w0, w1, x2
    [InlineData(0x1AC24020, 0xB021BB67, 0x2)] // crc32b w0, w1, w2
    [InlineData(0xDAC00020, 0xE6A2C48FE0000001, 0x2)] // rbit x0, x1
    [InlineData(0x5AC00420, 0x23F16745, 0x2)] // rev16 w0, w1
    [InlineData(0xDAC00820, 0x7000080674523F1, 0x2)] // rev32 x0, x1
    [InlineData(0xDAC01420, 0x0, 0x2)] // cls x0, x1
    [InlineData(0x5AC01020, 0x0, 0x2)] // clz w0, w1
    [InlineData(0x9B028C20, 0x27F6E4EB38ACF144, 0x2)] // msub x0, x1, x2, x3
    [InlineData(0x9B220C20, 0x1234565DAAAAA9A, 0x2)] // smaddl x0, w1, w2, x3
    [InlineData(0x9BA28C20, 0x123454C38ACF144, 0x2)] // umsubl x0, w1, w2, x3
    [InlineData(0x9B427C20, 0x2FFFFFFC1, 0x2)] // smulh x0, x1, x2
    [InlineData(0x9BC27C20, 0x80000004F1234545, 0x2)] // umulh x0, x1, x2
    public void An_instruction_computes_what_it_computes_elsewhere(uint word, ulong result, uint flags)
    {
        using var core = new BareCore();
        core.Load(word);
        core.X(0) = 0x1111_2222_3333_4444;
        core.X(1) = 0x8000_0007_F123_4567;
        core.X(2) = 0xFFFF_FFFA_0000_001D;
        core.X(3) = 0x0123_4567_89AB_CDEF;
        core.State->Nzcv = 0x2000_0000;
        core.Run(1);
        Assert.Equal((result, flags), (core.X(0), core.State->Nzcv >> 28));
    }

    [Theory]
    [InlineData(0x9AC20C20, 0x8000_0000_0000_0000, ulong.MaxValue, 0x8000_0000_0000_0000)] // sdiv x0, x1, x2
    [InlineData(0x1AC20C20, 0x8000_0000, 0xFFFF_FFFF, 0x8000_0000)] // sdiv w0, w1, w2
    [InlineData(0x9AC20C20, 5, 0, 0)]
    [InlineData(0x9AC20820, 5, 0, 0)] // udiv x0, x1, x2
    [InlineData(0x1AC20820, 5, 0x1_0000_0000, 0)] // udiv w0, w1, w2
    public void A_division_without_quotient_gives_what_the_architecture_says(uint word, ulong first, ulong second, ulong result)
    {
        using var core = new BareCore();
        core.Load(word);
        core.X(1) = first;
        core.X(2) = second;
        core.Run(1);
        Assert.Equal(result, core.X(0));
    }

    [Fact]
    public void Register_31_is_zero_or_the_stack_pointer_as_the_instruction_says()
    {
        using var core = new BareCore();
        // add sp, sp, #16; adds xzr, x1, #1; and sp, x1, #-16; add sp, sp, x2; orr x3, xzr, x2; sub x4, xzr, x2
        core.Load(0x910043FF, 0xB100043F, 0x927CEC3F, 0x8B2263FF, 0xAA0203E3, 0xCB0203E4);
        core.X(1) = 0x1234;
        core.X(2) = 0x10;
        core.State->X[State.Slot.Sp] = 0x1000;
        core.Run(2);
        Assert.Equal(0x1010ul, core.State->X[State.Slot.Sp]);
        core.Run(2);
        Assert.Equal(0x1240ul, core.State->X[State.Slot.Sp]);
        core.Run(2);
        Assert.Equal((0x10ul, 0xFFFF_FFFF_FFFF_FFF0, 0ul), (core.X(3), core.X(4), core.X(31)));
    }
}
