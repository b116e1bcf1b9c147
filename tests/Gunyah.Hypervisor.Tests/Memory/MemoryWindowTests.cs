using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>An access near the last one, after everything that may have changed what the last one found.</summary>
public class MemoryWindowTests
{
    private const ulong Window = MovingMemory.Window;

    private readonly TestMachine _machine = new();

    public static TheoryData<string> Ways => [.. MovingMemory.Ways];

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_was_taken_away_is_neither_read_nor_written_there_any_more(string way)
    {
        var guest = new TestGuest(_machine, "guest", static (_, _) => default);
        var memory = new MovingMemory(_machine, guest.Space);
        byte[] bytes = [7];
        Assert.True(guest.Port.TryWrite(Window, bytes) && guest.Port.TryRead(Window, bytes));
        memory.Take(way);
        Assert.Equal(way == "remap", guest.Port.TryWrite(Window, [9]));
        bytes[0] = 0;
        Assert.Equal(way == "remap", guest.Port.TryRead(Window, bytes));
        Assert.Equal(way == "remap" ? 9 : 0, bytes[0]);
        Assert.True(_machine.Hypervisor.PhysicalMemory.TryRead(MovingMemory.Physical, bytes));
        Assert.NotEqual(9, bytes[0]);
        memory.GiveBack(way);
        Assert.True(guest.Port.TryWrite(Window, [8]) && guest.Port.TryRead(Window, bytes));
        Assert.Equal(8, bytes[0]);
    }

    [Fact]
    public void Memory_that_may_only_be_read_is_not_written_after_a_read()
    {
        const ulong Address = 0x8000_0000;
        CapId extent = _machine.Extent(0, Page.Size);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Address, MemoryAccess.Read));
        _machine.Hypervisor.PhysicalMemory.TryWrite(TestMachine.RamBase + TestMachine.RootSize, [5]);
        byte[] bytes = [0];
        Assert.True(_machine.Root.TryRead(Address, bytes) && _machine.Root.TryRead(Address, bytes));
        Assert.Equal(5, bytes[0]);
        Assert.False(_machine.Root.TryWrite(Address, bytes));
    }

    /// <summary>Each access begins where the last one went; the pieces of host memory and the mapping end on the way.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(240)]
    [InlineData(4096)]
    public void Accesses_side_by_side_read_what_was_written_up_to_the_end_of_the_mapping(int size)
    {
        const ulong Address = 0x8000_0000;
        const ulong Size = 2 * PhysicalMemory.ChunkSize;
        CapId extent = _machine.Extent(3 * Page.Size, Size);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, Address, MemoryAccess.All));
        byte[] written = new byte[size];
        byte[] read = new byte[size];
        int step = Math.Max(size, 61);
        ulong at = Address;
        for (byte i = 1; at + (ulong)size <= Address + Size; at += (ulong)step, i++)
        {
            Array.Fill(written, i);
            Assert.True(_machine.Root.TryWrite(at, written) && _machine.Root.TryRead(at, read));
            Assert.Equal(written, read);
        }

        at = Address + Size - (ulong)size;
        Assert.True(_machine.Root.TryWrite(at, written) && _machine.Root.TryRead(at, read));
        Assert.False(_machine.Root.TryWrite(at + 1, written) || _machine.Root.TryRead(at + 1, read));
        Assert.False(_machine.Root.TryRead(ulong.MaxValue, read));
    }
}
