using Gunyah.Abi.Vcpus;
using Gunyah.ResourceManager.Configuration;

namespace Gunyah.ResourceManager.Tests.Configuration;

/// <summary>gunyah-rm.md 7.1.</summary>
public class GicSpecifierTests
{
    [Theory]
    [InlineData(32u, InterruptTrigger.EdgeRising)]
    [InlineData(1019u, InterruptTrigger.Level)]
    public void What_is_written_is_read_back(uint intid, InterruptTrigger trigger)
    {
        Assert.True(GicSpecifier.TryGetShared(
            GicSpecifier.ForShared(intid, trigger), out uint read, out InterruptTrigger readTrigger));
        Assert.Equal((intid, trigger), (read, readTrigger));
    }

    [Theory]
    [InlineData(1u, 5u, 4u)]
    [InlineData(0u, 988u, 4u)]
    [InlineData(0u, uint.MaxValue, 1u)]
    [InlineData(0u, 5u, 0u)]
    [InlineData(0u, 5u, 2u)]
    [InlineData(0u, 5u, 8u)]
    public void Another_kind_number_or_trigger_is_none(uint kind, uint number, uint trigger) =>
        Assert.False(GicSpecifier.TryGetShared([kind, number, trigger], out _, out _));

    [Fact]
    public void Two_cells_are_too_few() => Assert.False(GicSpecifier.TryGetShared([0, 5], out _, out _));
}
