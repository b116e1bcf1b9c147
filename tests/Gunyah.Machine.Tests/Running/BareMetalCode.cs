using System.Buffers.Binary;

namespace Gunyah.Machine.Tests.Running;

/// <summary>Programs of arm64 code that are written here, word by word.</summary>
internal static class BareMetalCode
{
    public const ulong SystemOff = 0x8400_0008;
    public const ulong SystemReset = 0x8400_0009;

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
        ulong[] data = [0x0900_0000, call, .. text.Select(static letter => (ulong)letter), 0];
        var image = new byte[(code.Length * 4) + (data.Length * 8)];
        for (int i = 0; i < code.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(i * 4), code[i]);
        for (int i = 0; i < data.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan((code.Length * 4) + (i * 8)), data[i]);
        return image;
    }
}
