using System.Buffers.Binary;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Concurrency;

/// <summary>Counters that several cores count up: nothing gets lost, whatever keeps them apart.</summary>
public sealed class LockTests
{
    private const string HowOften = "GUNYAH_LOCK_ROUNDS";
    private const int FewRounds = 2_000;
    private const int Cores = 4;

    private static readonly Dictionary<string, uint[]> _ways = new()
    {
        // again: ldxr x8, [x0]; add x8, x8, #1; stxr w9, x8, [x0]; cbnz w9, again
        ["LDXR and STXR"] = [0xC85F_7C08, 0x9100_0508, 0xC809_7C08, 0x35FF_FFA9],
        // again: ldaxr x8, [x0]; add x8, x8, #1; stlxr w9, x8, [x0]; cbnz w9, again
        ["LDAXR and STLXR"] = [0xC85F_FC08, 0x9100_0508, 0xC809_FC08, 0x35FF_FFA9],
        // ldr x8, [x0]; again: mov x9, x8; add x10, x8, #1; casal x9, x10, [x0]; cmp x9, x8; mov x8, x9; b.ne again
        ["CAS"] = [0xF940_0008, 0xAA08_03E9, 0x9100_050A, 0xC8E9_FC0A, 0xEB08_013F, 0xAA09_03E8, 0x54FF_FF61],
        // ldadd x6, x8, [x0]
        ["LDADD"] = [0xF826_0008],
        // spin: ldaxr w8, [x1]; cbnz w8, spin; stxr w9, w6, [x1]; cbnz w9, spin; ldr x8, [x0]; add x8, x8, #1; str x8, [x0];
        // stlr wzr, [x1]
        ["a lock by exclusives"] =
            [0x885F_FC28, 0x35FF_FFE8, 0x8809_7C26, 0x35FF_FFA9, 0xF940_0008, 0x9100_0508, 0xF900_0008, 0x889F_FC3F],
        // spin: mov w8, wzr; casa w8, w6, [x1]; cbnz w8, spin; ldr x8, [x0]; add x8, x8, #1; str x8, [x0]; stlr wzr, [x1]
        ["a lock by CAS"] = [0x2A1F_03E8, 0x88E8_7C26, 0x35FF_FFC8, 0xF940_0008, 0x9100_0508, 0xF900_0008, 0x889F_FC3F],
        // ldadda w6, w8, [x1]: a ticket; spin: ldar w9, [x2]; cmp w8, w9; b.ne spin; ldr x10, [x0]; add x10, x10, #1;
        // str x10, [x0]; add w9, w9, #1; stlr w9, [x2]
        ["a lock by tickets"] =
        [
            0xB8A6_0028, 0x88DF_FC49, 0x6B09_011F, 0x54FF_FFC1, 0xF940_000A, 0x9100_054A, 0xF900_000A, 0x1100_0529, 0x889F_FC49,
        ],
        // spin: swpa w6, w8, [x1]; cbnz w8, spin; counting; dmb ish; str wzr, [x1]
        ["a lock by SWP and a barrier"] =
            [0xB8A6_8028, 0x35FF_FFE8, 0xF940_0008, 0x9100_0508, 0xF900_0008, 0xD503_3BBF, 0xB900_003F],
    };

    public static TheoryData<string> Ways => new(_ways.Keys);

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable(HowOften), out int many) ? many : FewRounds;

    [Theory, MemberData(nameof(Ways))]
    public void Nothing_that_is_counted_gets_lost(string way)
    {
        // With tickets each round waits for one certain core, which may not run at all just then.
        int rounds = way.Contains("tickets", StringComparison.Ordinal) ? Rounds / 10 : Rounds;
        using var machine = new SharedMachine(0x2_0000);
        machine.Run([.. Enumerable.Repeat(new Body(_ways[way], rounds, Counter, Counter + 0x100, Counter + 0x200), Cores)]);
        Assert.Equal((ulong)(Cores * rounds), Value(machine, Counter));
    }

    /// <summary>All ways that need no lock at once, on one counter.</summary>
    [Fact]
    public void Ways_of_counting_go_together()
    {
        using var machine = new SharedMachine(0x2_0000);
        string[] ways = ["LDXR and STXR", "CAS", "LDADD", "LDAXR and STLXR"];
        machine.Run([.. ways.Select(way => new Body(_ways[way], Rounds, Counter))]);
        Assert.Equal((ulong)(4 * Rounds), Value(machine, Counter));
    }

    /// <summary>Both halves of a pair are counted as one, by exclusives and by CASP.</summary>
    [Fact]
    public void Pairs_are_counted_as_one()
    {
        // again: ldxp x8, x9, [x0]; add x8, x8, #1; add x9, x9, #1; stxp w10, x8, x9, [x0]; cbnz w10, again
        uint[] exclusives = [0xC87F_2408, 0x9100_0508, 0x9100_0529, 0xC82A_2408, 0x35FF_FF8A];
        // ldxp x8, x9, [x0]; again: mov x10, x8; mov x11, x9; add x12, x8, #1; add x13, x9, #1; caspal x8, x9, x12, x13, [x0];
        // cmp x8, x10; ccmp x9, x11, #0, eq; b.ne again
        uint[] swaps =
            [0xC87F_2408, 0xAA08_03EA, 0xAA09_03EB, 0x9100_050C, 0x9100_052D, 0x4868_FC0C, 0xEB0A_011F, 0xFA4B_0120, 0x54FF_FF21];
        using var machine = new SharedMachine(0x2_0000);
        machine.Run(
            new(exclusives, Rounds, Counter), new(swaps, Rounds, Counter), new(exclusives, Rounds, Counter),
            new(swaps, Rounds, Counter));
        Assert.Equal((ulong)(4 * Rounds), Value(machine, Counter));
        Assert.Equal((ulong)(4 * Rounds), Value(machine, Counter + 8));
    }

    /// <summary>Atomic bytes do not disturb each other, nor an exclusive of the doubleword around them.</summary>
    [Fact]
    public void Bytes_of_one_doubleword_are_counted_by_themselves()
    {
        // ldaddb w6, w8, [x0]
        uint[] bytes = [0x3826_0008];
        // again: ldxr x8, [x0]; add x8, x8, x1; stxr w9, x8, [x0]; cbnz w9, again
        uint[] word = [0xC85F_7C08, 0x8B01_0108, 0xC809_7C08, 0x35FF_FFA9];
        using var machine = new SharedMachine(0x2_0000);
        machine.Run(
            new(bytes, Rounds, Counter), new(bytes, Rounds, Counter + 1), new(bytes, Rounds, Counter + 2),
            new(word, Rounds, Counter, 1ul << 32));
        Span<byte> counters = machine.At(Counter);
        byte expected = (byte)Rounds;
        Assert.Equal((expected, expected, expected), (counters[0], counters[1], counters[2]));
        Assert.Equal((uint)Rounds, BinaryPrimitives.ReadUInt32LittleEndian(counters[4..]));
    }

    /// <summary>Invalidations for all cores, each waited for, while others do the same and count.</summary>
    [Fact]
    public void Cores_that_wait_for_each_others_TLBs_go_on()
    {
        uint[] invalidates = [A64.Sys("TLBI VMALLE1IS", 31), A64.DsbIsh, A64.Isb, 0xF826_0008];
        using var machine = new SharedMachine(0x2_0000);
        int rounds = Rounds / 10;
        machine.Run(
            new(invalidates, rounds, Counter), new(invalidates, rounds, Counter), new(_ways["CAS"], rounds, Counter),
            new(_ways["a lock by tickets"], rounds, Counter + 0x100, Counter + 0x200, Counter + 0x300));
        Assert.Equal((ulong)(3 * rounds), Value(machine, Counter));
        Assert.Equal((ulong)rounds, Value(machine, Counter + 0x100));
    }

    private static ulong Counter => SharedMachine.Data;

    private static ulong Value(SharedMachine machine, ulong address) =>
        BinaryPrimitives.ReadUInt64LittleEndian(machine.At(address));
}
