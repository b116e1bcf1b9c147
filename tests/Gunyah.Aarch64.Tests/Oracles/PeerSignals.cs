using System.Buffers.Binary;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Which signal each of many words raises in <c>qemu-aarch64</c>, all in one process.</summary>
internal static class PeerSignals
{
    /// <summary>The signal of an instruction that there is not.</summary>
    public const byte IllegalInstruction = 4;

    /// <summary>How many words one process can be asked about.</summary>
    public const int Most = 90_000;

    private const int Entry = 0x1000;
    private const int FirstWord = 0x1_0000;
    private const int Results = 0xE_0000;
    private const int GeneralRegisters = 31;
    private const uint Nop = 0xD503_201F;

    /// <summary>
    /// Puts a handler of SIGILL, SIGSEGV, SIGBUS and SIGTRAP on a stack of its own, and goes to what is asked. The handler notes
    /// the signal for the word, and goes on behind it. A word has a place of eight bytes.
    /// </summary>
    private static readonly uint[] _program =
    [
        0x10000380, // adr x0, stack
        0xD2800001, // mov x1, #0
        0xD2801088, // mov x8, #132 (sigaltstack)
        0xD4000001, // svc #0
        0xD2800013, // mov x19, #0
        0x100002B4, // next: adr x20, signals
        0x38736A80, // ldrb w0, [x20, x19]
        0x10000361, // adr x1, action
        0xD2800002, // mov x2, #0
        0xD2800103, // mov x3, #8
        0xD28010C8, // mov x8, #134 (rt_sigaction)
        0xD4000001, // svc #0
        0x91000673, // add x19, x19, #1
        0xF100127F, // cmp x19, #4
        0x54FFFEE1, // b.ne next
        0xD2A8003C, // mov x28, #0x40010000
        0xD61F0380, // br x28
        0xF940DC43, // handler: ldr x3, [x2, #440] (ucontext.uc_mcontext.pc)
        0xD2A80024, // mov x4, #0x40010000
        0xCB040064, // sub x4, x3, x4
        0xD343FC84, // lsr x4, x4, #3
        0xD2A801C5, // mov x5, #0x400e0000
        0x382468A0, // strb w0, [x5, x4]
        0x91001063, // add x3, x3, #4
        0xF900DC43, // str x3, [x2, #440]
        0xD65F03C0, // ret
        0x05070B04, // signals: .byte 4, 11, 7, 5
        Nop,
        0x400D0000, 0, 0, 0, 0x10000, 0, // stack: its address, flags and size
        0x40001044, 0, 0x48000004, 0, 0, 0, 0, 0, // action: handler; SA_SIGINFO, SA_ONSTACK and SA_NODEFER
    ];

    /// <summary>Runs words one after the other, with nothing but zeros in the general registers at first.</summary>
    /// <param name="words">At most <see cref="Most"/>; none may branch, or do something to the process.</param>
    /// <returns>The signal of each, 0 for one that runs.</returns>
    public static ReadOnlySpan<byte> Of(IReadOnlyList<uint> words)
    {
        // In front of them stands what clears the registers, in two words a place as well.
        const int Before = (GeneralRegisters + 1) / 2;
        var image = new byte[BareCore.RamSize];
        Put(image, Entry, _program);
        for (int register = 0; register < GeneralRegisters + 1; register++)
            Put(image, FirstWord + register * sizeof(uint), [register < GeneralRegisters ? 0xD280_0000 | (uint)register : Nop]);
        int next = FirstWord + Before * 2 * sizeof(uint);
        foreach (uint word in words)
        {
            Put(image, next, [word, Nop]);
            next += 2 * sizeof(uint);
        }

        Put(image, next, [.. QemuUser.Write(BareCore.RamBase + Results, Before + words.Count), .. QemuUser.Exit]);
        (byte[] output, int status) = QemuUser.Run(image, Entry);
        Assert.True(
            status == 0 && output.Length == Before + words.Count,
            $"the process ends with {status} and {output.Length} bytes of {Before + words.Count}");
        return output.AsSpan(Before);
    }

    private static void Put(byte[] image, int at, ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at + i * sizeof(uint)), words[i]);
    }
}
