namespace Gunyah.Machine.Tests.Running;

internal static partial class BareMetalCode
{
    /// <summary>How many cores <see cref="Race"/> runs on.</summary>
    public const int RacingCores = 4;

    /// <summary>How often each of them comes past.</summary>
    public const int RacingRounds = 60;

    /// <summary>
    /// Turns on three more cores. All four write their numbers into one list, in the order in which they come, and wait as long
    /// as the counter happens to say; the first prints the list, a line of digits, and powers off.
    /// </summary>
    public static byte[] Race()
    {
        const ulong CpuOn = 0xC400_0003;
        const ulong CpuOff = 0x8400_0002;
        const int Counters = 2;
        const int Room = RacingCores * RacingRounds / 8 + 4;
        uint[] code =
        [
            0x1000_0613, // adr x19, data
            0xD280_0034, // mov x20, #0x1
            0xF940_0660, // on: ldr x0, [x19, #8]
            0xAA14_03E1, // mov x1, x20
            0x1000_0102, // adr x2, secondary
            0xD280_0003, // mov x3, #0x0
            0xD400_0003, // smc #0x0
            0x9100_0694, // add x20, x20, #0x1
            0xF100_129F, // cmp x20, #0x4
            0x54FF_FF21, // b.ne on
            0xD280_0015, // mov x21, #0x0
            0x1400_0004, // b work
            0xD538_00B5, // secondary: mrs x21, mpidr_el1
            0x9240_1EB5, // and x21, x21, #0xff
            0x1000_0453, // adr x19, data
            0x9100_8277, // work: add x23, x19, #0x20
            0x9101_0278, // add x24, x19, #0x40
            0x9100_C2B9, // add x25, x21, #0x30
            0x5280_0021, // mov w1, #0x1
            0xD280_0796, // mov x22, #0x3c
            0xB8E1_02E2, // round: ldaddal w1, w2, [x23]
            0x3822_6B19, // strb w25, [x24, x2]
            0xD53B_E043, // mrs x3, cntvct_el0
            0x9240_1463, // and x3, x3, #0x3f
            0xD100_0463, // spin: sub x3, x3, #0x1
            0xB6FF_FFE3, // tbz x3, #63, spin
            0xF100_06D6, // subs x22, x22, #0x1
            0x54FF_FF21, // b.ne round
            0x9100_A27A, // add x26, x19, #0x28
            0xB8E1_0342, // ldaddal w1, w2, [x26]
            0xB400_0075, // cbz x21, wait
            0xF940_0E60, // ldr x0, [x19, #24]
            0xD400_0003, // smc #0x0
            0x88DF_FF42, // wait: ldar w2, [x26]
            0x7100_105F, // cmp w2, #0x4
            0x54FF_FFC1, // b.ne wait
            0xF940_0265, // ldr x5, [x19]
            0x3840_1706, // print: ldrb w6, [x24], #1
            0x3400_0066, // cbz w6, off
            0x3900_00A6, // strb w6, [x5]
            0x17FF_FFFD, // b print
            0x5280_0146, // off: mov w6, #0xa
            0x3900_00A6, // strb w6, [x5]
            0xF940_0A60, // ldr x0, [x19, #16]
            0xD400_0003, // smc #0x0
            0x1400_0000, // b .
            0xD503_201F, // nop
            0xD503_201F, // nop
        ];
        return Image(code, [Uart, CpuOn, SystemOff, CpuOff, .. new ulong[Counters + 2 + Room]]);
    }
}
