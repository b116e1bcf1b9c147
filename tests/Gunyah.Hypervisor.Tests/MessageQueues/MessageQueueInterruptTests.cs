using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.MessageQueues;

/// <summary>Cases MQ-nn are those of gunyah-abi.md 6.2.</summary>
public abstract class MessageQueueInterruptCases(CallingEngine engine)
{
    private const uint Rx = 40;
    private const uint Tx = 41;
    private const InterruptTrigger Edge = InterruptTrigger.EdgeRising;
    private const InterruptTrigger Level = InterruptTrigger.Level;

    private readonly TestMachine _machine = new(engine: engine);

    [Fact]
    public void Three_messages_into_an_empty_queue_interrupt_once() // MQ-17
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Edge);
        Fill(queue, 3);
        Assert.Equal(1, taker.Take(Rx));
    }

    [Fact]
    public void Each_passage_from_empty_interrupts_again() // MQ-19
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Edge);
        Fill(queue, 1);
        Assert.Equal(1, taker.Take(Rx));
        _machine.Receive(queue);
        Fill(queue, 1);
        Assert.Equal(1, taker.Take(Rx));
    }

    [Fact]
    public void A_push_interrupts_past_the_threshold() // MQ-20
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Edge);
        Fill(queue, 1);
        taker.Take(Rx);
        Fill(queue, 1);
        Assert.Equal(0, taker.Take(Rx));
        _machine.Send(queue, [1], flags: 1);
        Assert.Equal(1, taker.Take(Rx));
    }

    [Fact]
    public void A_level_comes_back_after_every_end_until_the_queue_is_drained() // MQ-22
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        Fill(queue, 1);
        Assert.Equal(3, taker.Take(Rx, atMost: 3));
        _machine.Receive(queue);
        Assert.Equal(1, taker.Take(Rx)); // It was pending again before the drain.
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void Draining_before_the_acknowledge_leaves_one_spurious_delivery() // MQ-23
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        taker.Gic.SetPriorityMask(0);
        Fill(queue, 1);
        _machine.Receive(queue);
        taker.Gic.SetPriorityMask(0xFF);
        Assert.Equal(1, taker.Take(Rx));
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void A_threshold_of_three_interrupts_at_exactly_three() // MQ-25, MQ-26
    {
        (CapId queue, InterruptTaker taker) = Receiver(8, Edge);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 3));
        Fill(queue, 2);
        Assert.Equal(0, taker.Take(Rx));
        Fill(queue, 1);
        Assert.Equal(1, taker.Take(Rx));
        Fill(queue, 1);
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void Setting_the_receive_threshold_looks_at_the_count() // MQ-28
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Edge);
        Fill(queue, 2);
        taker.Take(Rx);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 2));
        Assert.Equal(1, taker.Take(Rx));
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 2)); // The same value kicks again.
        Assert.Equal(1, taker.Take(Rx));
    }

    [Fact]
    public void Raising_the_receive_threshold_withdraws_a_level() // MQ-29
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        Fill(queue, 2);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 3));
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void The_maximum_threshold_never_looks_and_its_value_spelled_out_does() // MQ-30, MQ-31
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Edge);
        Fill(queue, 4);
        taker.Take(Rx);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 0xFFFF_FFFE));
        Assert.Equal(0, taker.Take(Rx));
        TestMachine.Ok(_machine.Port.MessageQueueConfigureReceive(queue, 4));
        Assert.Equal(1, taker.Take(Rx));
    }

    [Fact]
    public void An_unchanged_send_threshold_asserts_nothing() // MQ-35
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Edge);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureSend(queue, 0xFFFF_FFFF));
        Assert.Equal(0, taker.Take(Tx));
        TestMachine.Ok(_machine.Port.MessageQueueConfigureSend(queue, 2));
        Assert.Equal(1, taker.Take(Tx));
    }

    [Fact]
    public void Only_leaving_the_full_state_interrupts_the_sender() // MQ-37
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Edge);
        Fill(queue, 4);
        _machine.Receive(queue);
        Assert.Equal(1, taker.Take(Tx));
        _machine.Receive(queue);
        Assert.Equal(0, taker.Take(Tx));
    }

    [Fact]
    public void A_queue_that_was_never_full_does_not_interrupt_its_sender() // MQ-38
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Edge);
        Fill(queue, 2);
        _machine.Receive(queue);
        Assert.Equal(0, taker.Take(Tx));
    }

    [Fact]
    public void A_queue_of_depth_one_interrupts_its_sender_at_every_receive() // MQ-40
    {
        (CapId queue, InterruptTaker taker) = Sender(1, Edge);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal((GunyahError.Ok, 0UL), _machine.Send(queue, [1]));
            _machine.Receive(queue);
            Assert.Equal(1, taker.Take(Tx));
        }
    }

    [Fact]
    public void A_level_for_the_sender_storms_while_there_is_room() // MQ-41
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Level);
        Fill(queue, 4);
        for (int i = 0; i < 4; i++)
            _machine.Receive(queue);
        Assert.Equal(5, taker.Take(Tx, atMost: 5));
    }

    [Fact]
    public void Flushing_an_empty_queue_interrupts_nobody() // MQ-43
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Edge);
        TestMachine.Ok(_machine.Port.MessageQueueFlush(queue));
        Assert.Equal(0, taker.Take(Tx));
    }

    [Theory]
    [InlineData(Profile.Documented, 0)]
    [InlineData(Profile.Reference, 1)]
    public void A_flush_interrupts_the_sender_only_in_the_reference_profile(Profile profile, int deliveries)
    {
        var machine = new TestMachine(profile, engine: engine);
        CapId queue = machine.Queue(4, 16);
        machine.Bind(MessageQueueCalls.BindSendVirq, queue, Tx, Edge);
        InterruptTaker taker = machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, Rx, Level);
        machine.Send(queue, [1]);
        TestMachine.Ok(machine.Port.MessageQueueFlush(queue));
        Assert.Equal(deliveries, taker.Take(Tx));
        Assert.Equal(0, taker.Take(Rx));
        Assert.Equal(0, machine.CountOf(queue));
    }

    [Fact]
    public void A_bound_side_cannot_be_bound_again() // MQ-46
    {
        (CapId queue, _) = Receiver(4, Edge);
        Assert.Equal(GunyahError.VirqBound, _machine.Port.MessageQueueBindReceive(queue, _machine.Boot.Vic, Rx));
        Assert.Equal(GunyahError.VirqBound, _machine.Port.MessageQueueBindReceive(queue, _machine.Boot.Vic, 50));
    }

    [Fact]
    public void A_taken_interrupt_is_busy_and_leaves_the_queue_free() // MQ-47
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        TestMachine.Ok(_machine.Port.DoorbellBind(doorbell, _machine.Boot.Vic, Rx));
        CapId queue = _machine.Queue(4, 16);
        Assert.Equal(GunyahError.Busy, _machine.Port.MessageQueueBindReceive(queue, _machine.Boot.Vic, Rx));
        TestMachine.Ok(_machine.Port.MessageQueueBindReceive(queue, _machine.Boot.Vic, 41));
    }

    [Fact]
    public void Unbinding_what_is_not_bound_succeeds() // MQ-49
    {
        CapId queue = _machine.Queue(4, 16);
        TestMachine.Ok(_machine.Port.MessageQueueUnbindReceive(queue));
        TestMachine.Ok(_machine.Port.MessageQueueUnbindSend(queue));
    }

    [Fact]
    public void Unbinding_withdraws_the_level_and_frees_the_number() // MQ-50
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        Fill(queue, 1);
        TestMachine.Ok(_machine.Port.MessageQueueUnbindReceive(queue));
        TestMachine.Ok(_machine.Port.DoorbellBind(_machine.Active(ObjectType.Doorbell), _machine.Boot.Vic, Rx));
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void A_queue_that_goes_frees_its_interrupts() // MQ-52
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        TestMachine.Ok(_machine.Port.MessageQueueBindSend(queue, _machine.Boot.Vic, Tx));
        Fill(queue, 2);
        _machine.Delete(queue);
        Assert.Equal(0, taker.Take(Rx));
        CapId next = _machine.Queue(4, 16);
        TestMachine.Ok(_machine.Port.MessageQueueBindReceive(next, _machine.Boot.Vic, Rx));
        TestMachine.Ok(_machine.Port.MessageQueueBindSend(next, _machine.Boot.Vic, Tx));
        Assert.Equal(2, _machine.Hypervisor.Inspection.BoundInterrupts);
    }

    [Fact]
    public void Binding_never_looks_at_the_condition()
    {
        CapId queue = _machine.Queue(4, 16);
        Fill(queue, 2);
        InterruptTaker taker = _machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, Rx, Level);
        Assert.Equal(0, taker.Take(Rx));
    }

    [Fact]
    public void A_send_threshold_below_the_count_withdraws_the_interrupt()
    {
        (CapId queue, InterruptTaker taker) = Sender(4, Level);
        Fill(queue, 2);
        TestMachine.Ok(_machine.Port.MessageQueueConfigureSend(queue, 2));
        TestMachine.Ok(_machine.Port.MessageQueueConfigureSend(queue, 1));
        Assert.Equal(0, taker.Take(Tx));
    }

    [Fact]
    public void A_flush_withdraws_the_receivers_interrupt()
    {
        (CapId queue, InterruptTaker taker) = Receiver(4, Level);
        Fill(queue, 1);
        TestMachine.Ok(_machine.Port.MessageQueueFlush(queue));
        Assert.Equal(0, taker.Take(Rx));
    }

    private (CapId Queue, InterruptTaker Taker) Receiver(ushort depth, InterruptTrigger trigger)
    {
        CapId queue = _machine.Queue(depth, 16);
        return (queue, _machine.Bind(MessageQueueCalls.BindReceiveVirq, queue, Rx, trigger));
    }

    private (CapId Queue, InterruptTaker Taker) Sender(ushort depth, InterruptTrigger trigger)
    {
        CapId queue = _machine.Queue(depth, 16);
        return (queue, _machine.Bind(MessageQueueCalls.BindSendVirq, queue, Tx, trigger));
    }

    private void Fill(CapId queue, int count)
    {
        for (int i = 0; i < count; i++)
            Assert.Equal(GunyahError.Ok, _machine.Send(queue, [1, 2]).Error);
    }
}

/// <inheritdoc/>
public class MessageQueueInterruptTests() : MessageQueueInterruptCases(CallingEngine.Host);

/// <inheritdoc/>
public class MessageQueueInterruptOnKernelTests() : MessageQueueInterruptCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class MessageQueueInterruptOnCodeTests() : MessageQueueInterruptCases(CallingEngine.Code);
