using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.MessageQueues;

/// <summary>Cases MQ-nn are those of gunyah-abi.md 6.2.</summary>
public abstract class MessageQueueCases(CallingEngine engine)
{
    private readonly TestMachine _machine = new(engine: engine);

    [Theory] // MQ-01
    [InlineData(0UL, 16UL)]
    [InlineData(256UL, 16UL)]
    [InlineData(4UL, 0UL)]
    [InlineData(4UL, 1024UL)]
    public void A_configuration_out_of_bounds_keeps_the_earlier_one(ulong depth, ulong size)
    {
        CapId queue = _machine.Create(ObjectType.MessageQueue);
        TestMachine.Ok(_machine.Port.MessageQueueConfigure(queue, 2, 8));
        Assert.Equal(GunyahError.ArgumentInvalid, Configure(queue, depth, size));
        TestMachine.Ok(_machine.Port.Activate(queue));
        Assert.Equal((2, 8), Shape());
    }

    [Fact]
    public void The_largest_queue_has_255_messages_of_1023_bytes() // MQ-02
    {
        CapId queue = _machine.Create(ObjectType.MessageQueue);
        TestMachine.Ok(Configure(queue, 255, 1023));
        TestMachine.Ok(_machine.Port.Activate(queue));
        var message = new byte[1023];
        message[1022] = 7;
        for (int i = 0; i < 255; i++)
            Assert.Equal((GunyahError.Ok, i < 254 ? 1UL : 0), _machine.Send(queue, message));
        Assert.Equal(message, _machine.Receive(queue).Message);
    }

    [Fact]
    public void A_failed_activation_is_final() // MQ-04
    {
        CapId queue = _machine.Create(ObjectType.MessageQueue);
        Assert.Equal(GunyahError.ObjectConfig, _machine.Port.Activate(queue));
        Assert.Equal(GunyahError.ObjectState, Configure(queue, 4, 16));
        Assert.Equal(GunyahError.ObjectState, _machine.Port.Activate(queue));
        Assert.Equal(GunyahError.ObjectState, _machine.Send(queue, [1]).Error);
    }

    [Fact]
    public void An_active_queue_takes_no_configuration() => // MQ-05
        Assert.Equal(GunyahError.ObjectState, Configure(_machine.Queue(4, 16), 4, 16));

    [Fact]
    public void The_upper_half_of_the_create_info_is_ignored() // MQ-07
    {
        CapId queue = _machine.Create(ObjectType.MessageQueue);
        TestMachine.Ok(_machine.Error(MessageQueueCalls.Configure, queue.Value, 4 | (16 << 16) | (1UL << 40)));
    }

    [Fact]
    public void A_send_tells_whether_another_message_fits() // MQ-08, MQ-10
    {
        CapId queue = _machine.Queue(2, 16);
        InterruptTaker taker = _machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, 40, InterruptTrigger.EdgeRising);
        Assert.Equal((GunyahError.Ok, 1UL), _machine.Send(queue, [1, 2, 3]));
        Assert.Equal(1, _machine.CountOf(queue));
        Assert.Equal((GunyahError.Ok, 0UL), _machine.Send(queue, [4, 5]));
        taker.Take(40);
        Assert.Equal((GunyahError.MessageQueueFull, 0UL), _machine.Send(queue, [6], flags: 1));
        Assert.Equal(2, _machine.CountOf(queue));
        Assert.Equal(0, taker.Take(40));
    }

    [Fact]
    public void A_full_queue_is_reported_before_the_message_is_looked_at() // MQ-11
    {
        CapId queue = _machine.Queue(1, 16);
        _machine.Send(queue, [1]);
        GuestRegisters r = _machine.Trap(MessageQueueCalls.Send, queue.Value, 9999, TestMachine.Unmapped);
        Assert.Equal(61UL, r.X[0]);
        Assert.Equal(0UL, r.X[1]);
    }

    [Fact]
    public void A_receive_leaves_the_rest_of_the_buffer_alone() // MQ-13
    {
        CapId queue = _machine.Queue(4, 16);
        _machine.Send(queue, [1, 2, 3]);
        Assert.True(_machine.Port.TryWrite(TestMachine.Buffer, Enumerable.Repeat((byte)0xEE, 64).ToArray()));
        Assert.Equal(3UL, _machine.Receive(queue, 64).Size);
        var buffer = new byte[64];
        Assert.True(_machine.Port.TryRead(TestMachine.Buffer, buffer));
        Assert.Equal([1, 2, 3], buffer[..3]);
        Assert.All(buffer[3..], b => Assert.Equal(0xEE, b));
    }

    [Theory] // MQ-14
    [InlineData(Profile.Documented, 20UL)]
    [InlineData(Profile.Reference, 0UL)]
    public void A_message_that_does_not_fit_stays_in_the_queue(Profile profile, ulong error)
    {
        var machine = new TestMachine(profile, engine: engine);
        CapId queue = machine.Queue(4, 16);
        machine.Send(queue, [1, 2, 3, 4, 5, 6, 7, 8]);
        GuestRegisters r = machine.Trap(MessageQueueCalls.Receive, queue.Value, TestMachine.Buffer, 4);
        Assert.Equal([error, 0UL, 1UL], [r.X[0], r.X[1], r.X[2]]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], machine.Receive(queue, 8).Message);
    }

    [Theory] // MQ-16
    [InlineData(Profile.Documented, 22UL)]
    [InlineData(Profile.Reference, 0UL)]
    public void A_send_from_unmapped_memory_queues_nothing_and_interrupts_nobody(Profile profile, ulong error)
    {
        var machine = new TestMachine(profile, engine: engine);
        CapId queue = machine.Queue(4, 16);
        InterruptTaker taker = machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, 40, InterruptTrigger.EdgeRising);
        GuestRegisters r = machine.Trap(MessageQueueCalls.Send, queue.Value, 8, TestMachine.Unmapped, 1);
        Assert.Equal([error, 1UL], [r.X[0], r.X[1]]);
        Assert.Equal(0, machine.CountOf(queue));
        Assert.Equal(0, taker.Take(40));
    }

    /// <summary>Table 4.3.4; its row of stage 1 is that of <see cref="Memory.VirtualAddressTests"/>.</summary>
    [Theory]
    [InlineData(0UL, TestMachine.Buffer, 2UL)]
    [InlineData(17UL, TestMachine.Buffer, 2UL)]
    [InlineData(16UL, ulong.MaxValue - 7, 20UL)]
    [InlineData(16UL, TestMachine.RamBase + TestMachine.RootSize - 8, 22UL)]
    [InlineData(16UL, TestMachine.RamBase - 8, 22UL)]
    public void A_send_that_cannot_copy_says_why(ulong size, ulong address, ulong error)
    {
        CapId queue = _machine.Queue(4, 16);
        Assert.Equal(error, _machine.Trap(MessageQueueCalls.Send, queue.Value, size, address).X[0]);
        Assert.Equal(0, _machine.CountOf(queue));
    }

    [Theory]
    [InlineData(0UL, TestMachine.Buffer, 2UL)]
    [InlineData(16UL, ulong.MaxValue - 1, 20UL)]
    [InlineData(16UL, ulong.MaxValue - 7, 22UL)]
    [InlineData(16UL, TestMachine.Unmapped, 22UL)]
    [InlineData(16UL, TestMachine.RamBase + TestMachine.RootSize - 2, 22UL)]
    public void A_receive_that_cannot_copy_says_why_and_keeps_the_message(ulong size, ulong address, ulong error)
    {
        CapId queue = _machine.Queue(4, 16);
        _machine.Send(queue, [1, 2, 3]);
        GuestRegisters r = _machine.Trap(MessageQueueCalls.Receive, queue.Value, address, size);
        Assert.Equal([error, 0UL, 1UL], [r.X[0], r.X[1], r.X[2]]);
        Assert.Equal(1, _machine.CountOf(queue));
    }

    [Fact]
    public void A_buffer_may_reach_into_unmapped_memory_if_its_message_does_not()
    {
        CapId queue = _machine.Queue(4, 16);
        _machine.Send(queue, [1, 2, 3]);
        ulong end = TestMachine.RamBase + TestMachine.RootSize;
        Assert.Equal(0UL, _machine.Trap(MessageQueueCalls.Receive, queue.Value, end - 3, 64).X[0]);
    }

    /// <summary>Only the message's size counts (gunyah-abi.md 4.3.4).</summary>
    [Fact]
    public void A_buffer_may_wrap_behind_a_message_that_fits()
    {
        CapId queue = _machine.Queue(2, 16);
        _machine.Send(queue, [1, 2, 3]);
        (GunyahError error, ulong size, ulong notEmpty, byte[] message) = _machine.Receive(queue, ulong.MaxValue);
        Assert.Equal((GunyahError.Ok, 3UL, 0UL), (error, size, notEmpty));
        Assert.Equal([1, 2, 3], message);
    }

    [Fact]
    public void A_receive_into_read_only_memory_is_denied_and_a_send_from_it_is_not()
    {
        CapId extent = _machine.Extent(0, 0x1000);
        TestMachine.Ok(_machine.Port.Map(_machine.Boot.AddressSpace, extent, 0x8000_0000, MemoryAccess.Read));
        CapId queue = _machine.Queue(4, 16);
        Assert.Equal(0UL, _machine.Trap(MessageQueueCalls.Send, queue.Value, 4, 0x8000_0000).X[0]);
        Assert.Equal(30UL, _machine.Trap(MessageQueueCalls.Receive, queue.Value, 0x8000_0000, 16).X[0]);
    }

    [Theory] // MQ-32, MQ-34
    [InlineData(0UL, 0xFFFF_FFFFUL, 1UL)]
    [InlineData(5UL, 0xFFFF_FFFFUL, 1UL)]
    [InlineData(0UL, 0UL, 0xFFFF_FFFFUL)]
    [InlineData(4UL, 0xFFFF_FFFFUL, 0UL)]
    [InlineData(0xFFFF_FFFFUL, 0xFFFF_FFFFUL, 0UL)]
    [InlineData(0xABCD_0000_FFFF_FFFEUL, 0x1234_FFFF_FFFFUL, 0UL)]
    public void The_receive_threshold_is_a_count_of_messages(ulong threshold, ulong delay, ulong error) =>
        Assert.Equal(error, _machine.Trap(MessageQueueCalls.ConfigureReceive, _machine.Queue(4, 16).Value, threshold, delay,
        ulong.MaxValue).X[0]);

    [Theory] // MQ-34, MQ-35
    [InlineData(1UL, 100UL, 0xFFFF_FFFFUL)]
    [InlineData(4UL, 0xFFFF_FFFFUL, 1UL)]
    [InlineData(0xFFFF_FFFEUL, 0xFFFF_FFFFUL, 1UL)]
    [InlineData(3UL, 0xFFFF_FFFFUL, 0UL)]
    [InlineData(0xFFFF_FFFFUL, 0xFFFF_FFFFUL, 0UL)]
    public void The_send_threshold_is_below_the_depth(ulong threshold, ulong delay, ulong error) =>
        Assert.Equal(error, _machine.Trap(MessageQueueCalls.ConfigureSend, _machine.Queue(4, 16).Value, threshold, delay,
        ulong.MaxValue).X[0]);

    [Fact]
    public void A_capability_for_one_side_is_refused_on_the_other() // MQ-44, MQ-53
    {
        CapId queue = _machine.Queue(4, 16);
        CapId sender = _machine.Copy(queue, MessageQueueRights.Send);
        ulong vic = _machine.Boot.Vic.Value;
        Assert.Equal(GunyahError.Ok, _machine.Send(sender, [1]).Error);
        Assert.Equal(GunyahError.InsufficientRights,
            _machine.Error(MessageQueueCalls.Receive, sender.Value, TestMachine.Buffer, 16));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(MessageQueueCalls.Flush, sender.Value));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(MessageQueueCalls.BindSendVirq, sender.Value, vic, 40));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(MessageQueueCalls.BindReceiveVirq, sender.Value, vic, 40));
    }

    [Theory] // MQ-55
    [InlineData(Profile.Documented, 1UL)]
    [InlineData(Profile.Reference, 0UL)]
    public void Reserved_send_flags_are_refused_as_documented_and_ignored_as_implemented(Profile profile, ulong error)
    {
        var machine = new TestMachine(profile, engine: engine);
        CapId queue = machine.Queue(4, 16);
        machine.Send(queue, [1]);
        InterruptTaker taker = machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, 40, InterruptTrigger.EdgeRising);
        Assert.Equal(error, (ulong)machine.Send(queue, [1], 0xFFFF_FFFE).Error);
        Assert.Equal(0, taker.Take(40)); // No push.
        Assert.Equal(GunyahError.Ok, machine.Send(queue, [1], 0xFFFF_FFFF_0000_0001).Error);
        Assert.Equal(1, taker.Take(40));
    }

    [Fact]
    public void Messages_keep_their_order_and_content_around_the_ring() // MQ-56
    {
        CapId queue = _machine.Queue(3, 8);
        for (byte i = 0; i < 10; i++)
        {
            byte[] message = [i, (byte)(i * 3), (byte)(255 - i)];
            Assert.Equal(GunyahError.Ok, _machine.Send(queue, message).Error);
            Assert.Equal(message, _machine.Receive(queue).Message);
        }

        Assert.Equal(GunyahError.MessageQueueEmpty, _machine.Receive(queue).Error);
    }

    [Fact]
    public void The_heap_pays_for_the_buffer_and_an_activation_without_heap_fails()
    {
        var machine = new TestMachine(heap: 160 * 1024);
        CapId queue = machine.Create(ObjectType.MessageQueue);
        TestMachine.Ok(machine.Port.MessageQueueConfigure(queue, 255, 1023));
        ulong before = machine.Hypervisor.Inspection.HeapUsed;
        Assert.Equal(GunyahError.NoMemory, machine.Port.Activate(queue));
        Assert.Equal(before, machine.Hypervisor.Inspection.HeapUsed);
        machine.Delete(queue);
        Assert.True(machine.Hypervisor.Inspection.HeapUsed < before);
    }

    private GunyahError Configure(CapId queue, ulong depth, ulong size) =>
        _machine.Error(MessageQueueCalls.Configure, queue.Value, depth | (size << 16));

    private (int Depth, int Size) Shape()
    {
        var statistics = _machine.Hypervisor.Inspection.MessageQueues().Single();
        return (statistics.Depth, statistics.MaxMessageSize);
    }
}

/// <inheritdoc/>
public class MessageQueueTests() : MessageQueueCases(CallingEngine.Host);

/// <inheritdoc/>
public class MessageQueueOnKernelTests() : MessageQueueCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class MessageQueueOnCodeTests() : MessageQueueCases(CallingEngine.Code);
