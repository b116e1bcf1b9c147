using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// All instructions that EL0 has beside Unicorn and <c>qemu-aarch64</c>: random programs over every row of the table, and all of
/// the state.
/// </summary>
public sealed class ProgramOracleTests
{
    private const string HowMany = "GUNYAH_A64_INSTRUCTIONS";
    private const int FewInstructions = 40_000;
    private const int RowsPerProgram = 24;
    private const int CodeOffset = 0x1000;
    private const int DataOffset = UserImage.DataMiddle - 0x800;
    private const int DataSize = 0x1000;
    private const ulong DataMiddle = BareCore.RamBase + UserImage.DataMiddle;

    private static long Total =>
        long.TryParse(Environment.GetEnvironmentVariable(HowMany), out long many) ? many : FewInstructions;

    [Fact]
    public void Random_programs_do_what_they_do_in_Unicorn()
    {
        Peers.Require(Unicorn.IsInstalled, "libunicorn2");
        int seed = Peers.Seed();
        var random = new Random(seed);
        byte[] memory = GC.AllocateArray<byte>((int)BareCore.RamSize, pinned: true);
        using var peer = new Unicorn(BareCore.RamBase, memory);
        using var ours = new OurCore();
        var program = new RandomProgram(random, forUnicorn: true);
        var failures = new SortedDictionary<string, (int Count, string First)>();
        for (long compared = 0; compared < Total; compared += RowsPerProgram)
        {
            program.Make(RowsPerProgram);
            random.NextBytes(memory.AsSpan(DataOffset, DataSize));
            RegisterFile before = program.Registers(DataMiddle);
            before.Pc = BareCore.RamBase + CodeOffset;
            byte[] data = memory.AsSpan(DataOffset, DataSize).ToArray();
            if (Difference(ours, peer, memory, before, program, RowsPerProgram) is not null)
            {
                Note(failures, program, rows =>
                {
                    data.CopyTo(memory.AsSpan(DataOffset));
                    return Difference(ours, peer, memory, before, program, rows);
                });
            }
        }

        Finish(failures, seed);
    }

    [Fact]
    public void Random_programs_do_what_they_do_in_QEMU()
    {
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        int seed = Peers.Seed();
        var random = new Random(seed);
        using var ours = new OurCore();
        var failures = new SortedDictionary<string, (int Count, string First)>();
        for (long compared = 0; compared < Total;)
        {
            var image = new UserImage(random);
            var programs = new List<(RandomProgram Program, RegisterFile Before)>();
            for (; image.HasRoom && compared < Total; compared += RowsPerProgram)
            {
                var program = new RandomProgram(random, forUnicorn: false);
                program.Make(RowsPerProgram);
                programs.Add((program, program.Registers(DataMiddle)));
                image.Add(program, RowsPerProgram, programs[^1].Before);
            }

            if (image.Compare(ours) is not { } difference)
                continue;
            Assert.True(difference.Index < programs.Count, $"{difference.Difference}, seed {seed}");
            (RandomProgram culprit, RegisterFile before) = programs[difference.Index];
            Note(failures, culprit, rows =>
            {
                var small = new UserImage(random);
                small.Add(culprit, rows, before);
                return small.Compare(ours)?.Difference;
            });
        }

        Finish(failures, seed);
    }

    private static string? Difference(
        OurCore ours, Unicorn peer, byte[] memory, in RegisterFile before, RandomProgram program, int rows)
    {
        int count = program.Steps[rows - 1].End;
        program.Write(memory.AsSpan(CodeOffset), count);
        memory.AsSpan().CopyTo(ours.Memory);
        RegisterFile mine = before;
        RegisterFile others = before;
        // The branch to itself behind the program takes what is left where a branch skipped something.
        ours.Run(ref mine, count + 1);
        bool ran = peer.Run(ref others, count + 1);
        string[] found = [.. mine.Differences(others)];
        if (found.Length > 0)
            return string.Join("; ", found);
        if (!ran || mine.Pc != before.Pc + (ulong)(count * 4))
            return $"the program ends at {mine.Pc:x}";
        int at = ours.Memory[..memory.Length].CommonPrefixLength(memory);
        return at == memory.Length ? null : $"memory at {at - UserImage.DataMiddle:x}";
    }

    /// <summary>Notes the row with which a program begins to differ.</summary>
    private static void Note(
        SortedDictionary<string, (int Count, string First)> failures, RandomProgram program, Func<int, string?> differenceOf)
    {
        int rows = 1;
        string? difference = null;
        while (rows <= program.Steps.Count && (difference = differenceOf(rows)) is null)
            rows++;
        if (difference is null)
        {
            failures["(only together)"] = (1, string.Join(" ", program.Words.Select(static word => $"{word:x8}")));
            return;
        }

        (int end, EncodingRow row) = program.Steps[rows - 1];
        int start = rows == 1 ? 1 : program.Steps[rows - 2].End;
        failures.TryGetValue(row.Mnemonic, out (int Count, string First) known);
        string words = string.Join(" ", program.Words.Skip(start).Take(end - start).Select(static word => $"{word:x8}"));
        failures[row.Mnemonic] = (known.Count + 1, known.First ?? $"{words}: {difference}");
    }

    private static void Finish(SortedDictionary<string, (int Count, string First)> failures, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Total} instructions compared, seed {seed}");
        Assert.True(
            failures.Count == 0,
            $"{failures.Count} rows differ, seed {seed}:\n"
            + string.Join("\n", failures.Select(static f => $"{f.Key} ({f.Value.Count}): {f.Value.First}")));
    }
}
