using System.Runtime.InteropServices;
using Gunyah.Aarch64.Compiling;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Aarch64.Tests.Oracles;

namespace Gunyah.Aarch64.Tests.Compiling;

/// <summary>
/// Random programs of all instructions, compiled at once or after some runs: everything is what the interpreter makes.
/// </summary>
public sealed class CompiledProgramTests
{
    private const int Programs = 120;
    private const int RowsPerProgram = 24;
    private const int RunsPerProgram = 6;
    private const int CodeOffset = 0x1000;
    private const int DataOffset = UserImage.DataMiddle - 0x800;
    private const int DataSize = 0x1000;
    private const ulong DataMiddle = BareCore.RamBase + UserImage.DataMiddle;

    // ldr x27, [x28, #0x7f0]; sub x27, x27, #1; str x27, [x28, #0x7f0]; cbnz x27, the first word
    private static readonly uint[] _again = [0xF943FB9B, 0xD100077B, 0xF903FB9B, 0xB500001B];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_program_does_what_it_does_in_the_interpreter_however_it_is_cut(int threshold)
    {
        int seed = Peers.Seed();
        var random = new Random(seed);
        using var interpreted = new OurCore();
        using var compiled = new OurCore(new HotCode(threshold, isAtOnce: true));
        var program = new RandomProgram(random, forUnicorn: false);
        for (int i = 0; i < Programs; i++)
        {
            program.Make(RowsPerProgram);
            program.Write(interpreted.Memory[CodeOffset..], program.Words.Count);
            for (int run = 0; run < RunsPerProgram; run++)
            {
                Compare(
                    interpreted, compiled, program, random, program.Words.Count + 80, isNew: run == 0,
                    $"seed {seed}, program {i}, run {run}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_loop_does_what_it_does_in_the_interpreter_however_it_is_cut(int threshold)
    {
        int seed = Peers.Seed();
        var random = new Random(seed);
        using var interpreted = new OurCore();
        using var compiled = new OurCore(new HotCode(threshold, isAtOnce: true));
        var program = new RandomProgram(random, forUnicorn: false);
        for (int i = 0; i < Programs; i++)
        {
            program.Make(random.Next(1, RowsPerProgram));
            int count = program.Words.Count;
            program.Write(interpreted.Memory[CodeOffset..], count);
            Span<uint> behind = MemoryMarshal.Cast<byte, uint>(interpreted.Memory[(CodeOffset + count * 4)..]);
            _again.CopyTo(behind);
            int back = -(count + _again.Length - 1);
            behind[_again.Length - 1] |= (uint)back << 5 & 0x00FF_FFE0;
            behind[_again.Length] = A64.Stay;
            Compare(
                interpreted, compiled, program, random, (count + _again.Length) * random.Next(3, 40), isNew: true,
                $"seed {seed}, program {i}");
        }
    }

    /// <summary>Runs it to its end, in pieces of any size, and compares behind each.</summary>
    private static void Compare(
        OurCore interpreted, OurCore compiled, RandomProgram program, Random random, int count, bool isNew, string where)
    {
        RegisterFile mine = program.Registers(DataMiddle);
        mine.Pc = BareCore.RamBase + CodeOffset;
        RegisterFile others = mine;
        random.NextBytes(interpreted.Memory.Slice(DataOffset, DataSize));
        interpreted.Memory.CopyTo(compiled.Memory);
        for (int left = count, piece; left > 0; left -= piece)
        {
            piece = random.Next(3) == 0 ? random.Next(1, 20) : random.Next(2) == 0 ? random.Next(1, 300) : left;
            piece = Math.Min(piece, left);
            interpreted.Run(ref mine, piece, isNew);
            compiled.Run(ref others, piece, isNew);
            isNew = false;
            string[] found = [.. others.Differences(mine)];
            string words = found.Length == 0 ? "" : string.Join(" ", program.Words.Select(static word => $"{word:x8}"));
            Assert.True(found.Length == 0, $"{where}: {string.Join("; ", found)}: {words}");
        }

        Assert.True(interpreted.Memory.SequenceEqual(compiled.Memory), $"{where}: memory");
    }
}
