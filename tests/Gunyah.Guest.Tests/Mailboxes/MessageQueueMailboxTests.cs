using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Mailboxes;

public class MessageQueueMailboxTests
{
    private const uint TxIntid = 960;
    private const uint RxIntid = 961;

    private readonly FakeVcpu _vcpu = new();
    private readonly FakeQueue _tx;
    private readonly FakeQueue _rx;
    private readonly List<string> _log = [];

    public MessageQueueMailboxTests()
    {
        _tx = _vcpu.AddQueue(1, new(depth: 3));
        _rx = _vcpu.AddQueue(2, new(depth: 8));
        _tx.NotFull = () => _vcpu.Controller.Assert(TxIntid);
        _rx.NotEmpty = () => _vcpu.Controller.Assert(RxIntid);
    }

    private static MessageQueueEndpoint Transmit => new(new(1), TxIntid);

    private static MessageQueueEndpoint Receive => new(new(2), RxIntid);

    [Fact]
    public void Messages_go_out_with_their_content_and_the_push_flag_asked_for()
    {
        _tx.Pushes = [];
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new());
            Assert.True((await channel.SendAsync(new byte[] { 1, 2 })).IsSent);
            Assert.True((await channel.SendAsync(new byte[] { 3 }, push: true)).IsSent);
            Assert.Equal(new MailboxCounters(Sent: 2, Received: 0, FullHits: 0), channel.Counters);
        });
        Assert.Equal([1, 2], _tx.Take());
        Assert.Equal([3], _tx.Take());
        Assert.Equal([false, true], _tx.Pushes);
    }

    // L-01
    [Fact]
    public void After_a_send_that_filled_the_queue_the_next_waits_for_the_transmit_interrupt()
    {
        GuestKernel kernel = Run(
            async context =>
            {
                MailboxChannel channel = Bind(context, new());
                for (byte i = 0; i < 4; i++)
                {
                    Assert.True((await channel.SendAsync(new[] { i })).IsSent);
                    _log.Add($"sent {i}");
                }
                Assert.Equal(2UL, channel.Counters.FullHits);
            },
            completes: false);
        Assert.Equal(["sent 0", "sent 1", "sent 2"], _log);
        Assert.Equal(0, _tx.Refusals);

        _tx.NotFull = null;
        _tx.Take();
        _vcpu.RunToIdle(kernel);
        Assert.Equal(3, _log.Count);

        _vcpu.Controller.Assert(TxIntid);
        _vcpu.RunToIdle(kernel);
        Assert.Equal("sent 3", _log[^1]);
    }

    [Fact]
    public void A_message_that_met_a_full_queue_is_the_one_sent_when_there_is_room()
    {
        for (byte i = 0; i < 3; i++)
            _tx.Put(i);
        GuestKernel kernel = Run(
            async context =>
            {
                MailboxChannel channel = Bind(context, new());
                Assert.True((await channel.SendAsync(new byte[] { 10 })).IsSent);
                Assert.Equal(2UL, channel.Counters.FullHits);
            },
            completes: false);
        Assert.Equal(1, _tx.Refusals);

        Assert.Equal([0], _tx.Take());
        _vcpu.RunToIdle(kernel);

        Assert.True(kernel.IsMainCompleted);
        Assert.Equal([1], _tx.Take());
        Assert.Equal([2], _tx.Take());
        Assert.Equal([10], _tx.Take());
    }

    [Fact]
    public void A_spurious_transmit_interrupt_sends_nothing_twice()
    {
        for (byte i = 0; i < 3; i++)
            _tx.Put(i);
        GuestKernel kernel = Run(async context => await Bind(context, new()).SendAsync(new byte[] { 10 }), completes: false);

        for (int i = 0; i < 3; i++)
        {
            _vcpu.Controller.Assert(TxIntid);
            _vcpu.RunToIdle(kernel);
        }

        Assert.False(kernel.IsMainCompleted);
        Assert.Equal(3, _tx.Count);
    }

    [Fact]
    public void Messages_of_several_tasks_go_out_in_the_order_of_the_calls()
    {
        GuestKernel kernel = Run(context =>
        {
            MailboxChannel channel = Bind(context, new());
            for (byte i = 0; i < 20; i++)
            {
                byte[] message = [i];
                context.Spawn(async () => Assert.True((await channel.SendAsync(message)).IsSent));
            }
            return Task.CompletedTask;
        });

        for (byte i = 0; i < 20; i++)
        {
            Assert.Equal([i], _tx.Take());
            _vcpu.RunToIdle(kernel);
        }
    }

    [Fact]
    public void A_send_that_timed_out_was_not_sent_and_never_is()
    {
        MailboxChannel? channel = null;
        GuestKernel kernel = Run(
            async context =>
            {
                channel = Bind(context, new());
                await Fill(channel);
                _log.Add((await channel.SendAsync(new byte[] { 99 },
                    deadline: context.Timers.After(TimeSpan.FromMilliseconds(1)))).ToString());
            },
            completes: false);

        _vcpu.Advance(TimeSpan.FromMilliseconds(1));
        _vcpu.RunToIdle(kernel);

        Assert.Equal([new MailboxResult(MailboxStatus.TimedOut).ToString()], _log);
        AssertNeverSent(kernel, channel!, 99);
    }

    [Fact]
    public void A_send_that_was_cancelled_was_not_sent_and_never_is()
    {
        MailboxChannel? channel = null;
        using var source = new CancellationTokenSource();
        GuestKernel kernel = Run(async context =>
        {
            channel = Bind(context, new());
            await Fill(channel);
            context.Spawn(async () =>
            {
                await context.YieldAsync();
                source.Cancel();
            });
            _log.Add((await channel.SendAsync(new byte[] { 99 }, cancellation: source.Token)).ToString());
            _log.Add((await channel.SendAsync(new byte[] { 99 }, cancellation: source.Token)).ToString());
        });

        Assert.Equal(Enumerable.Repeat(new MailboxResult(MailboxStatus.Cancelled).ToString(), 2), _log);
        AssertNeverSent(kernel, channel!, 99);
    }

    [Fact]
    public void A_send_after_its_deadline_or_with_a_cancelled_token_sends_nothing_even_with_room()
    {
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new());
            MailboxResult late = await channel.SendAsync(new byte[] { 1 }, deadline: context.Timers.After(TimeSpan.Zero));
            MailboxResult cancelled = await channel.SendAsync(new byte[] { 1 }, cancellation: new CancellationToken(true));
            Assert.Equal((MailboxStatus.TimedOut, MailboxStatus.Cancelled), (late.Status, cancelled.Status));
        });
        Assert.Equal(0, _tx.Count);
    }

    [Fact]
    public void The_clients_time_limit_counts_where_a_send_brings_none()
    {
        GuestKernel kernel = Run(
            async context =>
            {
                MailboxChannel channel = Bind(context, new() { TxTimeout = TimeSpan.FromMilliseconds(2) });
                await Fill(channel);
                _log.Add($"{(await channel.SendAsync(new byte[] { 99 })).Status}");
            },
            completes: false);

        _vcpu.Advance(TimeSpan.FromMilliseconds(2));
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["TimedOut"], _log);
    }

    [Fact]
    public void A_client_that_does_not_block_hears_full_and_later_tx_done()
    {
        GuestKernel kernel = Run(async context =>
        {
            MailboxChannel channel = Bind(context, new() { TxBlock = false, TxDone = _ => _log.Add("tx done") });
            await Fill(channel);
            Assert.Equal(MailboxStatus.Full, (await channel.SendAsync(new byte[] { 99 })).Status);
        });
        Assert.Empty(_log);

        _tx.Take();
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["tx done"], _log);
        Assert.Equal(2, _tx.Count);
    }

    // L-02
    [Fact]
    public void One_receive_interrupt_takes_every_message_in_order()
    {
        GuestKernel kernel = Run(context =>
        {
            Bind(context, new() { RxCallback = (_, message) => _log.Add(Convert.ToHexString(message)) });
            return Task.CompletedTask;
        });
        _rx.Put(1);
        _rx.Put(2, 2);
        _rx.Put(3, 3, 3);

        _vcpu.RunToIdle(kernel);

        Assert.Equal(["01", "0202", "030303"], _log);
        Assert.Equal([RxIntid], _vcpu.Controller.Acknowledged);
    }

    [Fact]
    public void Messages_from_before_the_binding_are_received_without_an_interrupt()
    {
        _rx.NotEmpty = null;
        _rx.Put(7);

        Run(context =>
        {
            MailboxChannel channel = Bind(context, new() { RxCallback = (_, message) => _log.Add(Convert.ToHexString(message)) });
            Assert.Empty(_log);
            return Task.CompletedTask;
        });

        Assert.Equal(["07"], _log);
    }

    [Fact]
    public void A_sender_that_never_stops_does_not_keep_the_receiver_in_its_handler()
    {
        int received = 0;
        bool taskRan = false;
        GuestKernel kernel = Run(context =>
        {
            Bind(context, new()
            {
                RxCallback = (_, _) =>
                {
                    received++;
                    if (!taskRan)
                        _rx.Send([1], false);
                },
            });
            context.Interrupts.Request(50, InterruptTrigger.EdgeRising, () => taskRan = true);
            return Task.CompletedTask;
        });
        _rx.Put(1);
        kernel.Run(_vcpu, 3);
        Assert.InRange(received, 1, 1024);

        _vcpu.Controller.Assert(50);
        _vcpu.RunToIdle(kernel);

        Assert.Equal(0, _rx.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_direction_may_be_missing(bool transmit)
    {
        Run(async context =>
        {
            MailboxChannel channel = new MessageQueueMailbox(context, transmit ? Transmit : null,
                transmit ? null : Receive).Channel;
            Assert.True(channel.Bind(new() { RxCallback = (_, _) => _log.Add("received") }));
            MailboxResult result = await channel.SendAsync(new byte[] { 1 });
            Assert.Equal(
                transmit ? new MailboxResult(MailboxStatus.Sent) : new(MailboxStatus.Refused, GunyahError.Unimplemented), result);
            Assert.Equal(transmit, _vcpu.Controller[TxIntid].Enabled);
            Assert.Equal(!transmit, _vcpu.Controller[RxIntid].Enabled);
        });
    }

    [Fact]
    public void A_refusal_of_the_hypervisor_is_handed_on_and_blocks_nothing()
    {
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new());
            Assert.Equal(new(MailboxStatus.Refused, GunyahError.ArgumentSize), await channel.SendAsync(new byte[241]));
            Assert.Equal(new(MailboxStatus.Refused, GunyahError.ArgumentSize), await channel.SendAsync(Array.Empty<byte>()));
            Assert.True((await channel.SendAsync(new byte[240])).IsSent);
            Assert.Equal(1UL, channel.Counters.Sent);
        });
    }

    [Fact]
    public void More_messages_than_one_turn_handles_all_arrive_from_one_interrupt()
    {
        const int count = 600;
        FakeQueue deep = _vcpu.AddQueue(2, new(depth: count));
        for (int i = 0; i < count; i++)
            deep.Put(1);
        int received = 0;
        Run(context =>
        {
            Bind(context, new() { RxCallback = (_, _) => received++ });
            return Task.CompletedTask;
        });
        Assert.Equal(count, received);
    }

    [Fact]
    public void A_receive_that_hides_a_failed_copy_brings_no_message()
    {
        _rx.HidesFailedCopies = true;
        _rx.Put(7);
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new() { RxCallback = (_, message) => _log.Add($"{message.Length} bytes") });
            await context.YieldAsync();
            await context.YieldAsync();
            Assert.Equal(0UL, channel.Counters.Received);
        });
        Assert.Empty(_log);
        Assert.Equal(1, _rx.Count);
    }

    [Fact]
    public void A_queue_that_is_empty_is_no_receive_error()
    {
        Run(async context =>
        {
            var mailbox = new MessageQueueMailbox(context, null, Receive);
            Assert.True(mailbox.Channel.Bind(new()));
            await context.YieldAsync();
            await context.YieldAsync();
            Assert.Equal(GunyahError.Ok, mailbox.ReceiveError);
        });
    }

    [Fact]
    public void The_next_client_does_not_inherit_that_the_queue_was_full()
    {
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new() { TxBlock = false });
            while ((await channel.SendAsync(new byte[] { 1 })).IsSent)
            {
                // Until it is full.
            }
            channel.Free();
            _tx.NotFull = null;
            _tx.Take();
            Assert.True(channel.Bind(new() { TxBlock = false }));
            Assert.True((await channel.SendAsync(new byte[] { 2 })).IsSent);
        });
    }

    [Fact]
    public void Room_that_a_waiting_message_takes_is_not_told_to_the_client()
    {
        int told = 0;
        GuestKernel kernel = Run(
            async context =>
            {
                MailboxChannel channel = Bind(context, new() { TxDone = _ => told++ });
                for (byte i = 0; i < 4; i++)
                    Assert.True((await channel.SendAsync(new[] { i })).IsSent);
            },
            completes: false);
        _tx.Take();
        _vcpu.RunToIdle(kernel);
        Assert.True(kernel.IsMainCompleted);
        Assert.Equal(0, told);

        _tx.Take();
        _vcpu.RunToIdle(kernel);
        Assert.Equal(1, told);
    }

    [Fact]
    public void A_receive_error_other_than_empty_is_kept_for_inspection()
    {
        Run(async context =>
        {
            var mailbox = new MessageQueueMailbox(context, null, new(new(77), RxIntid));
            Assert.True(mailbox.Channel.Bind(new()));
            await context.YieldAsync();
            Assert.Equal(GunyahError.CapNull, mailbox.ReceiveError);
        });
    }

    [Fact]
    public void Freeing_a_channel_ends_waiting_sends_and_gives_the_interrupts_back()
    {
        Run(async context =>
        {
            MailboxChannel channel = Bind(context, new());
            Assert.False(channel.Bind(new()));
            await Fill(channel);
            ValueTask<MailboxResult> waiting = channel.SendAsync(new byte[] { 99 });
            channel.Free();
            channel.Free();
            Assert.Equal(MailboxStatus.Closed, (await waiting).Status);
            Assert.Equal(MailboxStatus.Closed, (await channel.SendAsync(new byte[] { 99 })).Status);
            Assert.False(_vcpu.Controller[TxIntid].Enabled || _vcpu.Controller[RxIntid].Enabled);
            Assert.True(channel.Bind(new()));
        });
        Assert.Equal(3, _tx.Count);
    }

    [Fact]
    public void Freeing_the_channel_from_its_receive_callback_takes_no_further_message()
    {
        GuestKernel kernel = Run(context =>
        {
            Bind(context, new() { RxCallback = (channel, _) => channel.Free() });
            return Task.CompletedTask;
        });
        _rx.Put(1);
        _rx.Put(2);

        _vcpu.RunToIdle(kernel);

        Assert.Equal(1, _rx.Count);
    }

    [Theory]
    [InlineData(TxIntid)]
    [InlineData(RxIntid)]
    public void A_taken_interrupt_refuses_the_binding_and_changes_nothing(uint taken)
    {
        Run(context =>
        {
            using InterruptRegistration other = context.Interrupts.Request(taken, InterruptTrigger.Level, () => { });
            MailboxChannel channel = new MessageQueueMailbox(context, Transmit, Receive).Channel;
            Assert.False(channel.Bind(new()));
            Assert.False(channel.IsBound);
            Assert.False(_vcpu.Controller[taken == TxIntid ? RxIntid : TxIntid].Enabled);
            Assert.True(_vcpu.Controller[taken].Enabled);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing_once_warm()
    {
        long before = 0;
        int received = 0;
        byte[] message = new byte[240];
        GuestKernel kernel = Run(
            async context =>
            {
                MailboxChannel channel =
                    Bind(context, new() { RxCallback = (_, _) => received++, TxTimeout = TimeSpan.FromSeconds(1) });
                while (true)
                {
                    if (!(await channel.SendAsync(message, push: true)).IsSent)
                        return;
                }
            },
            completes: false);
        var buffer = new byte[240];
        _vcpu.Controller.Acknowledged.EnsureCapacity(10_000);
        _vcpu.Controller.Ended.EnsureCapacity(10_000);

        for (int round = 0; round < 2000; round++)
        {
            if (round == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            _tx.Receive(buffer);
            _rx.Send(message, false);
            kernel.Run(_vcpu, 100);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(kernel.IsMainCompleted);
        Assert.Equal(2000, received);
        Assert.Equal(0, allocated);
    }

    private static MailboxChannel Bind(GuestContext context, MailboxClient client)
    {
        var mailbox = new MessageQueueMailbox(context, Transmit, Receive);
        Assert.True(mailbox.Channel.Bind(client));
        Assert.Same(mailbox.Channel, Assert.Single(mailbox.Channels));
        return mailbox.Channel;
    }

    private async Task Fill(MailboxChannel channel)
    {
        while (_tx.Count < _tx.Depth)
            Assert.True((await channel.SendAsync(new byte[] { 1 })).IsSent);
    }

    private void AssertNeverSent(GuestKernel kernel, MailboxChannel channel, byte message)
    {
        ulong sent = channel.Counters.Sent;
        while (_tx.Count > 0)
        {
            Assert.NotEqual([message], _tx.Take());
            _vcpu.RunToIdle(kernel);
        }
        Assert.Equal(sent, channel.Counters.Sent);
    }

    private GuestKernel Run(Func<GuestContext, Task> main, bool completes = true)
    {
        var kernel = new GuestKernel(main);
        _vcpu.RunToIdle(kernel);
        Assert.Equal(completes, kernel.IsMainCompleted);
        return kernel;
    }
}
