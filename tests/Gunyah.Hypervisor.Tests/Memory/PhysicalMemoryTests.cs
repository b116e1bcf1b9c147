using Gunyah.Hypervisor.Memory;

namespace Gunyah.Hypervisor.Tests.Memory;

public class PhysicalMemoryTests
{
    private const ulong Gigabyte = 1 << 30;

    [Fact]
    public void Memory_reads_as_zero_and_is_committed_by_writing()
    {
        var memory = new PhysicalMemory([new(0, 4 * Gigabyte), new(16 * Gigabyte, 4 * Gigabyte)]);
        var bytes = new byte[] { 1, 2, 3 };
        Assert.True(memory.TryRead((4 * Gigabyte) - 3, bytes));
        Assert.Equal([0, 0, 0], bytes);
        Assert.Equal(0, memory.Committed);
        Assert.True(memory.TryWrite((20 * Gigabyte) - 3, [4, 5, 6]));
        Assert.True(memory.TryRead((20 * Gigabyte) - 3, bytes));
        Assert.Equal([4, 5, 6], bytes);
        Assert.Equal(PhysicalMemory.ChunkSize, memory.Committed);
    }

    [Fact]
    public void An_access_may_cross_pieces_but_not_the_end()
    {
        var memory = new PhysicalMemory([new(0x1000, 4 * PhysicalMemory.ChunkSize)]);
        byte[] data = [.. Enumerable.Range(0, 3 * PhysicalMemory.ChunkSize).Select(i => (byte)(i * 31))];
        Assert.True(memory.TryWrite(0x1234, data));
        var read = new byte[data.Length];
        Assert.True(memory.TryRead(0x1234, read));
        Assert.Equal(data, read);
        Assert.True(memory.TryZero(new(0x1234 + 10, (ulong)data.Length - 20)));
        Assert.True(memory.TryRead(0x1234, read));
        Assert.Equal(data[..10], read[..10]);
        Assert.All(read[10..^10], b => Assert.Equal(0, b));
        Assert.Equal(data[^10..], read[^10..]);

        Assert.False(memory.TryRead(0xFFF, new byte[1]));
        Assert.False(memory.TryWrite(0x1000 + (4UL * PhysicalMemory.ChunkSize) - 1, [1, 2]));
        Assert.False(memory.TryRead(ulong.MaxValue, new byte[4]));
        Assert.True(memory.TryRead(0x1000, []));
        Assert.False(memory.TryZero(new(0x1000, ulong.MaxValue)));
    }

    [Fact]
    public void An_access_may_cross_from_one_range_into_its_neighbour_but_not_over_a_gap()
    {
        var memory = new PhysicalMemory([new(0x3000, 0x1000), new(0x1000, 0x1000), new(0x2000, 0x1000), new(0x5000, 0x1000)]);
        Assert.Equal(4, memory.Ranges.Length);
        Assert.True(memory.TryWrite(0x1FFE, [1, 2, 3, 4]));
        var read = new byte[4];
        Assert.True(memory.TryRead(0x1FFE, read));
        Assert.Equal([1, 2, 3, 4], read);
        Assert.False(memory.TryWrite(0x3FFE, [1, 2, 3, 4]));
    }

    [Theory]
    [InlineData(0x1000UL, 0UL, 0x10000UL, 0x1000UL)]
    [InlineData(0x1001UL, 0x1000UL, 0x10000UL, 0x1000UL)]
    [InlineData(0x1000UL, 0x800UL, 0x10000UL, 0x1000UL)]
    [InlineData(0x1000UL, 0x2000UL, 0x2000UL, 0x1000UL)]
    [InlineData(0xFFFF_FFFF_FFFF_F000UL, 0x2000UL, 0UL, 0x1000UL)]
    public void Ranges_that_make_no_sense_are_refused(ulong base1, ulong size1, ulong base2, ulong size2) =>
        Assert.Throws<ArgumentException>(() => new PhysicalMemory([new(base1, size1), new(base2, size2)]));
}
