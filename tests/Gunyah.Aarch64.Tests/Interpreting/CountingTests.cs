using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Interpreting;

/// <summary>However code is cut into blocks, so many instructions are so many.</summary>
public sealed unsafe class CountingTests
{
    // add x0, x0, #1; add x1, x1, #1; cbnz x2, -8; b -12
    private static readonly uint[] _loop = [0x91000400, 0x91000421, 0xB5FFFFC2, 0x17FFFFFD];

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 3)]
    public void A_loop_runs_exactly_as_many_instructions_as_it_is_given(ulong taken, int length)
    {
        for (int count = 1; count < 40; count++)
        {
            using var core = new BareCore();
            core.Load(_loop);
            core.X(2) = taken;
            core.Run(count);
            ulong rounds = (ulong)(count / length);
            int rest = count % length;
            Assert.Equal(rounds + (rest > 0 ? 1u : 0), core.X(0));
            Assert.Equal(rounds + (rest > 1 ? 1u : 0), core.X(1));
            Assert.Equal(BareCore.RamBase + (ulong)(rest * 4), core.State->Pc);
        }
    }

    [Fact]
    public void Runs_cut_in_pieces_give_what_one_run_gives()
    {
        using var whole = new BareCore();
        using var pieces = new BareCore();
        whole.Load(_loop);
        pieces.Load(_loop);
        whole.Run(1000);
        for (int left = 1000, piece = 1; left > 0; left -= piece, piece = Math.Min(left, piece % 7 + 1))
            pieces.Run(Math.Min(piece, left));
        Assert.Equal(whole.X(0), pieces.X(0));
        Assert.Equal(whole.X(1), pieces.X(1));
        Assert.Equal(whole.State->Pc, pieces.State->Pc);
    }
}
