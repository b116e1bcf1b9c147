using System.Buffers.Binary;
using System.Globalization;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// What the table calls undefined raises SIGILL in <c>qemu-aarch64 -cpu max</c>, or belongs to an extension that the ID registers
/// deny. Words of floating point and vectors are not asked about here.
/// </summary>
public sealed class UndefinedWordTests
{
    private const string HowMany = "GUNYAH_A64_WORDS";
    private const long FewWords = 200_000;
    private const int Entry = 0x1000;
    private const int FirstWord = 0x1_0000;
    private const int WordsTogether = 90_000;
    private const int Results = 0xE_0000;
    private const byte IllegalInstruction = 4;

    // HLT of this number is a call of the debugger's in QEMU.
    private const uint Semihosting = 0xD45E_0000;

    private const uint Nop = 0xD503_201F;

    /// <summary>
    /// Puts a handler of SIGILL, SIGSEGV, SIGBUS and SIGTRAP on a stack of its own, and goes to the first word. The handler
    /// notes the signal for the word, and goes on behind it.
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

    [Fact]
    public void What_the_table_calls_undefined_is_illegal_in_QEMU_or_of_an_extension_that_is_denied()
    {
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        long total = long.TryParse(Environment.GetEnvironmentVariable(HowMany), out long many) ? many : FewWords;
        int seed = Peers.Seed();
        var random = new Random(seed);
        long asked = 0;
        var words = new List<uint>();
        for (long done = 0; done < total; done++)
        {
            var word = (uint)random.NextInt64(1L << 32);
            if (IsUndefined(word) && !IsVector(word) && !DeniedExtensions.All.Any(row => row.Matches(word)))
                words.Add(word);
            if (words.Count < WordsTogether && done != total - 1)
                continue;
            AssertIllegal(words, seed);
            asked += words.Count;
            words.Clear();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} of {total} words are illegal, seed {seed}");
        Assert.NotEqual(0, asked);
    }

    private static void AssertIllegal(List<uint> words, int seed)
    {
        var image = new byte[BareCore.RamSize];
        Write(image, Entry, _program);
        int next = FirstWord;
        foreach (uint word in words)
        {
            Write(image, next, [word, Nop]);
            next += 2 * sizeof(uint);
        }

        // Writes the results, and ends.
        Write(image, next,
        [
            0xD2800020, // mov x0, #1
            0xD2A801C1, // mov x1, #0x400e0000
            0xD2A00022, 0xF2900002, // mov x2, #0x18000
            0xD2800808, // mov x8, #64 (write)
            0xD4000001, // svc #0
            0xD2800000, // mov x0, #0
            0xD2800BA8, // mov x8, #93 (exit)
            0xD4000001, // svc #0
        ]);
        (byte[] output, int status) = QemuUser.Run(image, Entry);
        Assert.True(status == 0 && output.Length >= words.Count, $"the process ends with {status}, seed {seed}");
        string[] found =
        [
            .. words.Where((_, i) => output[i] != IllegalInstruction).Order().Distinct().Take(50)
                .Select(static word => word.ToString("x8", CultureInfo.InvariantCulture)),
        ];
        Assert.True(found.Length == 0, $"not illegal there, seed {seed}: {string.Join(" ", found)}");
    }

    private static bool IsUndefined(uint word) =>
        word != Semihosting && Decoder.All.Find(word) is null or { Operation: Operation.Undefined or Operation.HaltDebug };

    /// <summary>Data processing of vectors, and loads and stores of vector registers.</summary>
    private static bool IsVector(uint word) => (word >> 25 & 7) == 7 || ((word >> 25 & 5) == 4 && (word >> 26 & 1) != 0);

    private static void Write(byte[] image, int at, ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at + i * sizeof(uint)), words[i]);
    }
}
