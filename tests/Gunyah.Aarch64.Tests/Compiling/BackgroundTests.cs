using Gunyah.Aarch64.Compiling;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Compiling;

/// <summary>What a thread in the background compiles, or fails to.</summary>
public sealed class BackgroundTests
{
    /// <summary>So that a broken compiler hangs the test no longer.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_counts_on_whether_its_code_can_be_made_or_not(bool fails)
    {
        using var tried = new ManualResetEventSlim();
        var compiler = new HotCode(4, isAtOnce: false, plan =>
        {
            tried.Set();
            return fails ? throw new MissingMethodException("no way to code") : RegionCompiler.Compile(plan);
        });
        using var core = new BareCore(compiler);
        core.Load(0x9100_0400, 0x17FF_FFFF); // add x0, x0, #1; b .-4
        core.Run(2_000);
        Assert.True(tried.Wait(_limit, TestContext.Current.CancellationToken));
        core.Run(2_000);
        Assert.Equal(2_000UL, core.X(0));
    }
}
