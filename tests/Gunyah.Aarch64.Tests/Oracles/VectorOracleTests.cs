using System.Buffers.Binary;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Floating point and Advanced SIMD beside Unicorn, instruction by instruction, over every row of the table.</summary>
public sealed unsafe class VectorOracleTests
{
    private const string HowMany = "GUNYAH_A64_INSTRUCTIONS";
    private const int FewInstructions = 12_000;

    /// <summary>How many instructions run between two comparisons.</summary>
    private const int Together = 12;

    private const ulong CodeStart = BareCore.RamBase;
    private const ulong DataStart = BareCore.RamBase + 0x4_0000;
    private const int DataSize = 0x4_0000;

    private static EncodingRow[] Computing { get; } =
        [.. Encodings.All.Where(static row => row.Feature != Feature.Base && !IsMemory(row))];

    private static EncodingRow[] Accessing { get; } =
        [.. Encodings.All.Where(static row => row.Feature != Feature.Base && IsMemory(row))];

    [Fact]
    public void Instructions_that_compute_do_what_they_do_in_Unicorn() => Compare(Computing, Together);

    [Fact]
    public void Loads_and_stores_do_what_they_do_in_Unicorn() => Compare(Accessing, 1);

    private static void Compare(EncodingRow[] rows, int together)
    {
        if (!Unicorn.IsInstalled)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", "libunicorn2 is not installed");
            Assert.Fail("libunicorn2 is not installed; CI must have it");
        }

        int total = int.TryParse(Environment.GetEnvironmentVariable(HowMany), out int many) ? many : FewInstructions;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("GUNYAH_SEED"), out int given) ? given : Environment.TickCount;
        var random = new Random(seed);
        using var ours = new OurCore();
        byte[] memory = GC.AllocateArray<byte>((int)BareCore.RamSize, pinned: true);
        using var peer = new Unicorn(BareCore.RamBase, memory);
        var words = new uint[together];
        var failures = new SortedDictionary<string, (int Count, string First)>();
        int compared = 0;
        for (int done = 0; done < total; done += together)
        {
            for (int i = 0; i < together; i++)
                words[i] = RandomWord(rows[(done + i) % rows.Length], random);
            var before = default(RegisterFile);
            RandomOperands.Fill(ref before, random);
            if (together == 1)
                Aim(ref before, words[0], random);
            random.NextBytes(memory.AsSpan(0x4_0000 - 256, 512));
            int count;
            string? difference = Difference(ours, peer, memory, before, words, out bool ran);
            compared += ran ? together : 0;
            if (difference is null)
                continue;
            // The shortest run that differs has the culprit at its end.
            for (count = 1; count < together; count++)
            {
                if (Difference(ours, peer, memory, before, words.AsSpan(0, count), out _) is not { } shorter)
                    continue;
                difference = shorter;
                break;
            }

            uint word = words[count - 1];
            string name = Decoder.All.Find(word)!.Mnemonic;
            failures.TryGetValue(name, out (int Count, string First) known);
            failures[name] = (known.Count + 1, known.First ?? $"{word:x8} FPCR {before.Fpcr:x8}: {difference}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} instructions compared, seed {seed}");
        string lines = string.Join("\n", failures.Select(f => $"{f.Key} ({f.Value.Count}): {f.Value.First}"));
        Assert.True(failures.Count == 0, $"{failures.Count} rows differ, seed {seed}:\n{lines}");
        Assert.True(compared > total / 2, $"only {compared} instructions could be compared");
    }

    private static string? Difference(
        OurCore ours, Unicorn peer, byte[] memory, in RegisterFile before, ReadOnlySpan<uint> words, out bool ran)
    {
        RegisterFile mine = before;
        mine.Pc = CodeStart;
        if (mine.X[31] == 0)
            mine.X[31] = DataStart + 64;
        RegisterFile others = mine;
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(ours.Memory[(i * 4)..], words[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(memory.AsSpan(i * 4), words[i]);
        }

        Span<byte> myData = ours.Memory.Slice(0x2_0000, DataSize);
        Span<byte> othersData = memory.AsSpan(0x2_0000, DataSize);
        othersData.CopyTo(myData);
        bool didRun = ours.Run(ref mine, words.Length);
        ran = peer.Run(ref others, words.Length);
        if (!didRun || !ran)
        {
            return didRun == ran ? null : $"ours {(didRun ? "runs" : "faults")}, the peer's does not";
        }

        string[] found = [.. mine.Differences(others)];
        if (found.Length > 0)
        {
            RegisterFile start = before;
            var word = new Word(words[^1]);
            string operands =
                $"n={Text(start, word.Rn)} m={Text(start, word.Rm)} d={Text(start, word.Rd)} a={Text(start, word.Ra)}";
            return $"{string.Join("; ", found)} ({operands})";
        }

        return myData.SequenceEqual(othersData) ? null : "memory";
    }

    private static string Text(in RegisterFile registers, int number) =>
        $"{registers.V[number * 2 + 1]:x16}_{registers.V[number * 2]:x16}";

    /// <summary>Points the base register into the data, and keeps an index register small.</summary>
    private static void Aim(ref RegisterFile registers, uint word, Random random)
    {
        var fields = new Word(word);
        registers.X[31] = DataStart + (ulong)random.Next(256);
        if (fields.Rm != 31)
            registers.X[fields.Rm] = (ulong)random.Next(-64, 64);
        registers.X[fields.Rn] = DataStart + (ulong)random.Next(4096);
    }

    private static uint RandomWord(EncodingRow row, Random random)
    {
        for (int attempt = 0; attempt < 100_000; attempt++)
        {
            uint word = (uint)random.NextInt64(1L << 32) & ~row.Mask | row.Value;
            if (Decoder.All.Find(word) != row)
                continue;
            // What the architecture leaves open: two loads into one register.
            var fields = new Word(word);
            if (row.Operation.ToString().StartsWith("LoadVectorPair", StringComparison.Ordinal) && fields.Rt == fields.Rt2)
                continue;
            return word;
        }

        throw new InvalidOperationException($"no word finds the row {row}");
    }

    private static bool IsMemory(EncodingRow row) =>
        row.Operation.ToString() is { } name
        && (name.StartsWith("Load", StringComparison.Ordinal) || name.StartsWith("Store", StringComparison.Ordinal));
}
