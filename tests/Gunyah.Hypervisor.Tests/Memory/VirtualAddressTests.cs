using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Memory;

/// <summary>Guest addresses in calls behind an engine's stage 1 (gunyah-abi.md 4.3.4).</summary>
public class VirtualAddressTests
{
    /// <summary>Two pages side by side as the kernel sees them; their memory lies apart and the other way round.</summary>
    private const ulong First = 0xFFFF_8000_0000_1000;
    private const ulong Second = First + Page.Size;
    private const ulong FirstMemory = TestMachine.RamBase + 0x9000;
    private const ulong SecondMemory = TestMachine.RamBase + 0x3000;
    private const ulong ReadOnly = 0x8000_0000;

    private readonly TestMachine _machine = new();
    private readonly TestStageOne _stageOne = new();
    private readonly CapId _queue;

    public VirtualAddressTests()
    {
        _queue = _machine.Queue(4, 64);
        _stageOne.Map(First, FirstMemory);
        _stageOne.Map(Second, SecondMemory);
        _machine.Root.Memory.StageOne = _stageOne;
        CapId extent = _machine.Extent(0, 0x1000);
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, extent, ReadOnly, MemoryAccess.Read));
    }

    [Fact]
    public void A_message_and_a_buffer_may_cross_into_a_page_that_lies_apart()
    {
        byte[] message = [.. Enumerable.Range(1, 48).Select(i => (byte)i)];
        Assert.True(_machine.Root.TryWrite(FirstMemory + Page.Size - 32, message.AsSpan(0, 32)));
        Assert.True(_machine.Root.TryWrite(SecondMemory, message.AsSpan(32)));
        Assert.Equal((0UL, 1), (Send(Second - 32, 48), Count));

        Assert.Equal((0UL, 48UL), Receive(Second - 5, 64));
        byte[] head = new byte[5];
        byte[] rest = new byte[43];
        Assert.True(_machine.Root.TryRead(FirstMemory + Page.Size - 5, head));
        Assert.True(_machine.Root.TryRead(SecondMemory, rest));
        Assert.Equal(message, head.Concat(rest));
        byte[] beyond = new byte[5];
        Assert.True(_machine.Root.TryRead(FirstMemory + Page.Size, beyond));
        Assert.Equal(new byte[5], beyond);
    }

    [Fact]
    public void Every_page_is_asked_for_once_and_only_pages_of_the_message()
    {
        Assert.Equal(0UL, Send(First + 8, 16));
        Assert.Equal([First + 8], _stageOne.Asked);
        _stageOne.Asked.Clear();
        Assert.Equal((0UL, 16UL), Receive(Second - 16, 64));
        Assert.Equal([Second - 16], _stageOne.Asked);
        _stageOne.Asked.Clear();
        Assert.Equal(0UL, Send(Second - 1, 2));
        Assert.Equal([Second - 1, Second], _stageOne.Asked);
    }

    [Theory]
    [InlineData(StageOneFault.Translation, 1UL)]
    [InlineData(StageOneFault.AccessFlag, 1UL)]
    [InlineData(StageOneFault.Permission, 1UL)]
    [InlineData(StageOneFault.AddressSize, 1UL)]
    [InlineData(StageOneFault.WalkPermission, 30UL)]
    [InlineData(StageOneFault.WalkTranslation, 22UL)]
    public void A_fault_of_stage_1_in_a_later_page_is_told_and_changes_nothing(StageOneFault fault, ulong error)
    {
        Assert.Equal(0UL, Send(First, 16));
        _stageOne.Map(Second, SecondMemory, fault, fault);
        Assert.Equal((error, 1), (Send(Second - 8, 16), Count));
        Assert.True(_machine.Root.TryWrite(FirstMemory + Page.Size - 8, [9, 9, 9, 9, 9, 9, 9, 9]));
        Assert.Equal((error, 0UL), Receive(Second - 8, 16));
        byte[] bytes = new byte[8];
        Assert.True(_machine.Root.TryRead(FirstMemory + Page.Size - 8, bytes));
        Assert.Equal([9, 9, 9, 9, 9, 9, 9, 9], bytes);
        Assert.Equal(1, Count);
    }

    [Fact]
    public void A_send_needs_read_and_a_receive_write_of_both_stages()
    {
        _stageOne.Map(First, FirstMemory, onWrite: StageOneFault.Permission);
        Assert.Equal(0UL, Send(First, 16));
        Assert.Equal((1UL, 0UL), Receive(First, 16));
        _stageOne.Map(First, ReadOnly);
        Assert.Equal(0UL, Send(First, 16));
        Assert.Equal((30UL, 0UL), Receive(First, 16));
        _stageOne.Map(First, TestMachine.Unmapped);
        Assert.Equal(22UL, Send(First, 16));
        Assert.Equal((22UL, 0UL), Receive(First, 16));
    }

    /// <summary>The copy goes page by page: the first page that faults decides, whichever stage that is.</summary>
    [Theory]
    [InlineData(TestMachine.Unmapped, FirstMemory, StageOneFault.Permission, 22UL)]
    [InlineData(ReadOnly, FirstMemory, StageOneFault.Permission, 30UL)]
    [InlineData(FirstMemory, TestMachine.Unmapped, StageOneFault.Permission, 1UL)]
    [InlineData(FirstMemory, ReadOnly, StageOneFault.None, 30UL)]
    [InlineData(FirstMemory, TestMachine.Unmapped, StageOneFault.None, 22UL)]
    public void The_first_fault_decides(ulong first, ulong second, StageOneFault later, ulong error)
    {
        Assert.Equal(0UL, Send(First, 16));
        _stageOne.Map(First, first);
        _stageOne.Map(Second, second, onWrite: later);
        Assert.Equal((error, 0UL), Receive(Second - 8, 16));
    }

    [Fact]
    public void A_range_that_wraps_is_refused_before_anything_is_translated()
    {
        _stageOne.Map(ulong.MaxValue & ~(Page.Size - 1), FirstMemory);
        _stageOne.Map(0, SecondMemory);
        Assert.Equal(20UL, Send(ulong.MaxValue - 7, 16));
        Assert.Empty(_stageOne.Asked);
        Assert.Equal(0UL, Send(ulong.MaxValue - 31, 16));
    }

    [Fact]
    public void A_long_range_crosses_as_many_pages_as_it_has()
    {
        byte[] bytes = [.. Enumerable.Range(0, 40_000).Select(i => (byte)(i / 7))];
        for (ulong i = 0; i < 12; i++)
            _stageOne.Map(0x7000_0000 + (i * Page.Size), TestMachine.RamBase + 0x2_0000 + ((11 - i) * 2 * Page.Size));
        TestMachine.Ok(_machine.Root.Memory.WriteVirtual(0x7000_0123, bytes));
        byte[] read = new byte[bytes.Length];
        TestMachine.Ok(_machine.Root.Memory.ReadVirtual(0x7000_0123, read));
        Assert.Equal(bytes, read);
        Assert.True(_machine.Root.TryRead(TestMachine.RamBase + 0x2_0000 + (22 * Page.Size) + 0x123, read.AsSpan(0, 1)));
        Assert.Equal(bytes[0], read[0]);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Root.Memory.ReadVirtual(0x7000_0123 + (3 * Page.Size), read));
    }

    private int Count => _machine.CountOf(_queue);

    private ulong Send(ulong address, ulong size) =>
        _machine.Trap(MessageQueueCalls.Send, _queue.Value, size, address).X[0];

    private (ulong Error, ulong Size) Receive(ulong address, ulong size)
    {
        GuestRegisters r = _machine.Trap(MessageQueueCalls.Receive, _queue.Value, address, size);
        return (r.X[0], r.X[1]);
    }
}
