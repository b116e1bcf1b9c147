using System.Buffers.Binary;

namespace Gunyah.Machine.Tests.Running;

/// <summary>Programs of arm64 code that are written here, word by word.</summary>
internal static partial class BareMetalCode
{
    public const ulong SystemOff = 0x8400_0008;
    public const ulong SystemReset = 0x8400_0009;

    private const ulong Uart = 0x0900_0000;

    /// <summary>Prints a text over the UART and makes a PSCI call by SMC.</summary>
    public static byte[] Print(string text, ulong call)
    {
        uint[] code =
        [
            0x1000_0181, // adr x1, data
            0xF940_0022, // ldr x2, [x1]
            0x1000_01C4, // adr x4, text
            0xF940_0083, // next: ldr x3, [x4]
            0xB400_0083, // cbz x3, done
            0x3900_0043, // strb w3, [x2]
            0x9100_2084, // add x4, x4, #8
            0x17FF_FFFC, // b next
            0xF940_0420, // done: ldr x0, [x1, #8]
            0xD400_0003, // smc #0
            0x1400_0000, // b .
            0xD503_201F, // nop
        ];
        return Image(code, [Uart, call, .. text.Select(static letter => (ulong)letter), 0]);
    }

    /// <summary>
    /// Takes eight bytes from a virtio entropy device into memory, prints how many it got and which interrupts the device
    /// has, and
    /// powers off. It looks at the used ring until something is there.
    /// </summary>
    public static byte[] TakeEntropy(ulong registers, ulong queue, ulong buffer)
    {
        uint[] code =
        [
            0x1000_0561, // adr x1, data
            0xA940_1424, // ldp x4, x5, [x1] ; registers, table
            0xA941_1C26, // ldp x6, x7, [x1, #16] ; uart, call
            0xF940_1028, // ldr x8, [x1, #32] ; buffer
            0x5280_0060, // mov w0, #3
            0xB900_7080, // str w0, [x4, #0x70]
            0x5280_0020, // mov w0, #1
            0xB900_2480, // str w0, [x4, #0x24]
            0xB900_2080, // str w0, [x4, #0x20] ; VERSION_1
            0x5280_0160, // mov w0, #11
            0xB900_7080, // str w0, [x4, #0x70]
            0x5280_0100, // mov w0, #8
            0xB900_3880, // str w0, [x4, #0x38]
            0xB900_8085, // str w5, [x4, #0x80]
            0x1110_00A0, // add w0, w5, #0x400
            0xB900_9080, // str w0, [x4, #0x90]
            0x1120_00A0, // add w0, w5, #0x800
            0xB900_A080, // str w0, [x4, #0xa0]
            0x5280_0020, // mov w0, #1
            0xB900_4480, // str w0, [x4, #0x44]
            0x5280_01E0, // mov w0, #15
            0xB900_7080, // str w0, [x4, #0x70]
            0xF900_00A8, // str x8, [x5] ; descriptor: address
            0xD280_0100, // mov x0, #8
            0xF2C0_0040, // movk x0, #2, lsl #32 ; length 8, flags WRITE
            0xF900_04A0, // str x0, [x5, #8]
            0x5280_0020, // mov w0, #1
            0x9110_00A9, // add x9, x5, #0x400
            0x7900_0520, // strh w0, [x9, #2] ; available index
            0xB900_509F, // str wzr, [x4, #0x50] ; notify
            0x9120_00A9, // add x9, x5, #0x800
            0x7940_0520, // again: ldrh w0, [x9, #2]
            0x34FF_FFE0, // cbz w0, again
            0xB940_0920, // ldr w0, [x9, #8] ; bytes written
            0x1100_C000, // add w0, w0, #'0'
            0x3900_00C0, // strb w0, [x6]
            0xB940_6080, // ldr w0, [x4, #0x60] ; interrupt status
            0x1100_C000, // add w0, w0, #'0'
            0x3900_00C0, // strb w0, [x6]
            0xAA07_03E0, // mov x0, x7
            0xD400_0003, // smc #0
            0x1400_0000, // b .
            0xD503_201F, // nop
        ];
        return Image(code, [registers, queue, Uart, SystemOff, buffer]);
    }

    private static byte[] Image(uint[] code, ulong[] data)
    {
        var image = new byte[(code.Length * 4) + (data.Length * 8)];
        for (int i = 0; i < code.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(i * 4), code[i]);
        for (int i = 0; i < data.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan((code.Length * 4) + (i * 8)), data[i]);
        return image;
    }
}
