using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Tests.Platform;

public class PoolTests
{
    [Fact]
    public void Interrupts_are_given_from_the_lowest_and_never_where_the_board_has_a_device()
    {
        var pool = new VirqPool(960, 963, [961]);
        Assert.True(pool.TryTakeAny(out uint first));
        Assert.True(pool.TryTakeAny(out uint second));
        Assert.Equal((960u, 962u), (first, second));
        Assert.False(pool.TryTake(962));
        Assert.True(pool.TryTake(37));
        Assert.True(pool.TryTakeAny(out _));
        Assert.False(pool.TryTakeAny(out uint none));
        Assert.Equal(0u, none);
        pool.Return(960);
        Assert.True(pool.TryTakeAny(out uint again));
        Assert.Equal(960u, again);
    }

    [Fact]
    public void A_vmid_that_was_returned_is_the_next_one_again()
    {
        var pool = new VmidPool();
        Assert.True(pool.TryTakeAny(out ushort first) && pool.TryTakeAny(out _));
        pool.Return(first);
        Assert.True(pool.TryTakeAny(out ushort again));
        Assert.Equal(first, again);
        Assert.True(pool.TryTake(31));
        Assert.False(pool.TryTake(32));
    }

    [Fact]
    public void Work_is_done_in_order_and_wakes_only_who_sleeps()
    {
        int woken = 0;
        var work = new WorkQueue(() => woken++);
        var done = new List<int>();
        work.Post(() =>
        {
            done.Add(1);
            work.Post(() => done.Add(3));
        });
        work.Post(() => done.Add(2));
        Assert.Equal(1, woken);
        while (work.TryRunOne())
        {
            // Each round does one step.
        }
        Assert.Equal([1, 2, 3], done);
        Assert.True(work.IsEmpty);
        work.Post(() => { });
        Assert.Equal(2, woken);
    }
}
