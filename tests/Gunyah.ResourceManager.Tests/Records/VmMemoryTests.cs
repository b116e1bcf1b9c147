using Gunyah.Abi.Memory;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Records;

namespace Gunyah.ResourceManager.Tests.Records;

public class VmMemoryTests
{
    [Theory]
    [InlineData(0x1F_F000UL, 0x10_1000UL)]
    [InlineData(0x20_0000UL, 0x20_0000UL)]
    public void A_region_that_fills_a_large_block_begins_at_one(ulong size, ulong expected) =>
        Assert.Equal(expected, new VmMemory(new(0x10_1000, 0x100_0000)).FindFree(size));

    [Theory]
    [InlineData(0x1000UL, true)]
    [InlineData(0x2000UL, false)]
    public void A_promise_may_end_where_the_addresses_end(ulong size, bool fits) =>
        Assert.Equal(fits, New(out _).TryReserve(GuestAddressSpace.End - 0x1000, size));

    [Fact]
    public void Promises_are_taken_back_from_the_first_on()
    {
        Acceptance acceptance = New(out VmMemory memory);
        Assert.True(acceptance.TryReserve(0x1000, 0x1000) && acceptance.TryReserve(0x2000, 0x1000)
            && acceptance.TryReserve(0x3000, 0x1000));
        acceptance.Unreserve(1);
        Assert.Equal([new(0x1000, 0x1000)], memory.Used.Ranges);
        Assert.True(acceptance.TryReserve(0x2000, 0x2000));
        Assert.Equal(2, acceptance.Ranges.Count);
    }

    private static Acceptance New(out VmMemory memory)
    {
        memory = new VmMemory(new(0, GuestAddressSpace.End));
        return new(0x80, memory, isContiguous: false, new ObjectLedger(null!));
    }
}
