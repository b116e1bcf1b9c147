using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Interpreting;

/// <summary>A comparison and its branch are two instructions, whoever runs them.</summary>
public sealed unsafe class FusedPairTests
{
    // subs x0, x0, #1; b.ne -4; add x1, x1, #1; mov x0, #3; b -16
    private static readonly uint[] _loop = [0xF1000400, 0x54FFFFE1, 0x91000421, 0xD2800060, 0x17FFFFFC];

    [Fact]
    public void A_run_that_ends_within_a_pair_has_run_its_first_half()
    {
        using var single = new BareCore();
        single.Load(_loop);
        single.X(0) = 3;
        for (int count = 1; count < 60; count++)
        {
            single.Run(1);
            using var core = new BareCore();
            core.Load(_loop);
            core.X(0) = 3;
            core.Run(count);
            Assert.Equal((single.State->Pc, single.X(0), single.X(1)), (core.State->Pc, core.X(0), core.X(1)));
            Assert.Equal(single.State->Nzcv, core.State->Nzcv);
            Assert.Equal(count, core.Core.Executed);
        }
    }

    [Theory]
    [InlineData(0x7100043F, 0u, 0x54000041)] // cmp w1, #1; b.ne +8
    [InlineData(0x6A01003F, 0u, 0x54000044)] // tst w1, w1; b.mi +8
    [InlineData(0xAB01003F, 1u, 0x54000040)] // cmn x1, x1; b.eq +8
    [InlineData(0xF240003F, 1u, 0x54000040)] // tst x1, #1; b.eq +8
    public void A_pair_goes_where_its_halves_go(uint computation, ulong value, uint branch)
    {
        using var whole = new BareCore();
        using var halves = new BareCore();
        foreach (BareCore core in new[] { whole, halves })
        {
            core.Load(computation, branch, 0xD503201F, 0xD503201F);
            core.X(1) = value;
        }

        whole.Run(2);
        halves.Run(1);
        halves.Run(1);
        Assert.Equal((halves.State->Pc, halves.State->Nzcv), (whole.State->Pc, whole.State->Nzcv));
    }
}
