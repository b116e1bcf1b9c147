using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.Rpc;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Rpc;

public class ResourceManagerClientTests
{
    private const RmMessageId AnyId = RmMessageId.VmGetVmid;
    private static readonly byte[] _ok = [0, 0, 0, 0];

    private readonly FakeVcpu _vcpu = new();
    private readonly FakeServer _server;
    private readonly List<string> _log = [];
    private ResourceManagerClient? _client;
    private GuestContext? _context;

    public ResourceManagerClientTests() => _server = new(_vcpu);

    // T-01, from the client's side: the bytes of gunyah-rm.md 1.10
    [Fact]
    public void A_call_has_the_bytes_of_the_protocol_and_takes_the_reply()
    {
        GuestKernel kernel = Start(async client =>
        {
            RpcReply<VmidReply> reply = await client.CallAsync<EmptyPayload, VmidReply>(RmMessageId.VmGetVmid, default);
            Assert.True(reply.IsOk);
            Assert.Equal(3, reply.Value.Vmid);
            await client.CallAsync(RmMessageId.VmAllocate, new VmidRequest(0));
        });

        Assert.Equal("2101000024000056", Convert.ToHexStringLower(_server.FromGuest.Take()));
        _server.PutFrame(Convert.FromHexString("21020000240000560000000003000000"));
        _vcpu.RunToIdle(kernel);
        Assert.Equal("210101000100005600000000", Convert.ToHexStringLower(_server.FromGuest.Take()));
    }

    [Fact]
    public void Several_calls_are_answered_in_any_order_each_with_its_own_reply()
    {
        GuestKernel kernel = Start(client =>
        {
            for (byte i = 0; i < 5; i++)
            {
                byte number = i;
                _context!.Spawn(async () =>
                {
                    RpcReply reply = await client.CallAsync(AnyId, new[] { number });
                    _log.Add($"{number}:{reply.Data.Span[0]}");
                });
            }
            return Task.CompletedTask;
        });
        _server.Serve();
        Assert.Equal(5, _server.Requests.Select(request => request.Header.Sequence).Distinct().Count());

        foreach ((RpcHeader header, byte[] payload) in Enumerable.Reverse(_server.Requests))
            _server.Reply(header, [.. _ok, payload[0]]);
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["4:4", "3:3", "2:2", "1:1", "0:0"], _log);
        Assert.Equal(0, _client!.Outstanding);
    }

    [Fact]
    public void Fragments_of_two_requests_never_interleave_even_when_the_queue_is_full()
    {
        GuestKernel kernel = Start(client =>
        {
            foreach (byte number in (byte[])[1, 2, 3])
            {
                _context!.Spawn(async () =>
                {
                    RpcReply reply = await client.CallAsync(AnyId, Enumerable.Repeat(number, 3000).ToArray());
                    _log.Add($"{number}:{reply}");
                });
            }
            return Task.CompletedTask;
        });
        _server.OnRequest = (_, _) => _ok;

        Exchange(kernel);

        Assert.Equal(["1:Ok", "2:Ok", "3:Ok"], _log);
        foreach ((byte number, (RpcHeader _, byte[] payload)) in ((byte[])[1, 2, 3]).Zip(_server.Requests))
            Assert.Equal(Enumerable.Repeat(number, 3000), payload);
        int fragments = 3 * RpcFragmenter.CountFor(3000);
        Assert.Equal(
            Enumerable.Range(1, fragments).Select(i => i % (fragments / 3) == 0),
            _server.FromGuest.Pushes!);
    }

    // T-22
    [Fact]
    public void A_reply_with_the_right_sequence_and_another_id_is_ignored()
    {
        GuestKernel kernel = Start(async client => _log.Add($"{await client.CallAsync(AnyId, default)}"));
        _server.Serve();
        RpcHeader header = _server.Requests[0].Header;

        _server.Reply(header with { MessageId = RmMessageId.VmGetOwner }, _ok);
        _server.Reply(header with { Sequence = 99 }, _ok);
        _vcpu.RunToIdle(kernel);
        Assert.Empty(_log);
        Assert.Equal(2UL, _client!.Dropped);

        _server.Reply(header, _ok);
        _vcpu.RunToIdle(kernel);
        Assert.Equal(["Ok"], _log);
    }

    // T-23
    [Fact]
    public void A_notification_inside_a_reply_fails_the_call_and_is_processed()
    {
        GuestKernel kernel = Start(async client =>
        {
            client.Subscribe<VmShutdownNotification>(RmMessageId.VmShutdown, shutdown => _log.Add($"{shutdown.Reason}"));
            _log.Add($"{await client.CallAsync(AnyId, default)}");
        });
        _server.Serve();
        RpcHeader header = _server.Requests[0].Header;
        byte[] large = [.. _ok, .. new byte[600]];

        _server.PutFrame(FakeServer.Fragment(RpcMessageType.Reply, header.Sequence, header.MessageId, large, 0));
        _server.Notify(RmMessageId.VmShutdown, new VmShutdownNotification(VmStopReason.Crash));
        _server.PutFrame(FakeServer.Fragment(RpcMessageType.Reply, header.Sequence, header.MessageId, large, 1));
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["Crash", "Aborted"], _log);
        Assert.Equal(0, _client!.Outstanding);
    }

    // T-25
    [Fact]
    public void The_sequence_numbers_of_notifications_mean_nothing()
    {
        GuestKernel kernel = Start(client =>
        {
            client.Subscribe((id, payload) => _log.Add($"{id} {payload.Length}"));
            return Task.CompletedTask;
        });

        foreach (ushort sequence in (ushort[])[7, 3, 3])
            _server.Put(RpcMessageType.Notification, sequence, RmMessageId.VmStatus, new byte[8]);
        _server.Put(RpcMessageType.Notification, 0, (RmMessageId)0x5610_00FF, new byte[4]);
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["VmStatus 8", "VmStatus 8", "VmStatus 8", $"{0x5610_00FF} 4"], _log);
    }

    // T-26
    [Fact]
    public void A_request_of_14385_bytes_is_refused_and_14384_bytes_make_62_fragments()
    {
        GuestKernel kernel = Start(async client =>
        {
            _log.Add($"{await client.CallAsync(AnyId, new byte[14385])}");
            _log.Add($"{await client.CallAsync(AnyId, new byte[14384])}");
        });
        Assert.Equal(["TooLarge"], _log);
        _server.OnRequest = (_, _) => _ok;

        Exchange(kernel);

        Assert.Equal(["TooLarge", "Ok"], _log);
        Assert.Equal(61, Assert.Single(_server.Requests).Header.AdditionalFragments);
        Assert.Equal(62, _server.FromGuest.Pushes!.Count);
    }

    [Fact]
    public void A_call_that_timed_out_keeps_its_sequence_until_the_late_reply()
    {
        GuestKernel kernel = Start(async client =>
        {
            _log.Add($"{await client.CallAsync(AnyId, default, _context!.Timers.After(TimeSpan.FromSeconds(1)))}");
            for (int i = 0; i < 65_540; i++)
            {
                ValueTask<RpcReply> call = client.CallAsync(AnyId, default);
                if (i % 1000 == 0)
                    _log.Add($"{client.Outstanding}");
                if ((await call).Error != RmError.Busy)
                    _log.Add("wrong reply");
            }
        });
        _server.Serve();
        RpcHeader late = _server.Requests[0].Header;
        _vcpu.Advance(TimeSpan.FromSeconds(1));
        _server.OnRequest = (header, _) =>
        {
            if (header.Sequence == late.Sequence)
                _log.Add("sequence used twice");
            return [5, 0, 0, 0];
        };
        while (Exchange(kernel))
        {
            // Every round answers one call.
        }

        Assert.Equal("TimedOut", _log[0]);
        Assert.All(_log.Skip(1), line => Assert.Equal("2", line));
        Assert.Equal(1, _client!.Outstanding);
        _server.Reply(late, _ok);
        _vcpu.RunToIdle(kernel);
        Assert.Equal(0, _client.Outstanding);
    }

    [Fact]
    public void Every_sequence_can_be_in_use_and_one_call_more_is_refused()
    {
        const int Sequences = ushort.MaxValue + 1;
        GuestKernel kernel = Start(client =>
        {
            for (int i = 0; i <= Sequences; i++)
            {
                int number = i;
                _context!.Spawn(async () => _log.Add($"{number} {await client.CallAsync(AnyId, default)}"));
            }
            return Task.CompletedTask;
        });
        _server.OnRequest = (_, _) => null;
        while (Exchange(kernel))
        {
            // Every round takes what the queue has room for.
        }

        Assert.Equal([$"{Sequences} NoSequence"], _log);
        Assert.Equal(Sequences, _client!.Outstanding);
    }

    [Fact]
    public void A_call_has_a_time_limit_without_being_told_one()
    {
        GuestKernel kernel = Start(async client => _log.Add($"{await client.CallAsync(AnyId, default)}"));

        _vcpu.Advance(ResourceManagerClient.DefaultTimeLimit);
        _vcpu.RunToIdle(kernel);

        Assert.Equal(["TimedOut"], _log);
    }

    [Fact]
    public void A_call_can_be_cancelled_while_it_waits_for_the_lock_for_room_or_for_the_reply()
    {
        using var source = new CancellationTokenSource();
        GuestKernel kernel = Start(async client =>
        {
            _context!.Spawn(async () => _log.Add($"reply {await client.CallAsync(AnyId, default, cancellation: source.Token)}"));
            _context.Spawn(async () =>
                _log.Add($"room {await client.CallAsync(AnyId, new byte[5000], cancellation: source.Token)}"));
            _context.Spawn(async () => _log.Add($"lock {await client.CallAsync(AnyId, default, cancellation: source.Token)}"));
            await _context.YieldAsync();
            source.Cancel();
        });

        Assert.Equal(["lock Cancelled", "reply Cancelled", "room Cancelled"], _log.Order());
        Assert.Equal(1, _client!.Outstanding);
        _server.OnRequest = (_, _) => _ok;
        Exchange(kernel);
        Assert.Equal(0, _client.Outstanding);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_request_given_up_between_fragments_does_not_spoil_the_next()
    {
        GuestKernel kernel = Start(async client =>
        {
            Deadline soon = _context!.Timers.After(TimeSpan.FromSeconds(1));
            _log.Add($"{await client.CallAsync(AnyId, new byte[5000], soon)}");
            _log.Add($"{await client.CallAsync(AnyId, new byte[500])}");
        });
        _vcpu.Advance(TimeSpan.FromSeconds(1));
        _server.OnRequest = (_, payload) => payload.Length == 500 ? _ok : null;

        Exchange(kernel);

        Assert.Equal(["TimedOut", "Ok"], _log);
        Assert.Equal(0, _client!.Outstanding);
    }

    // L-07 is the error word itself here; Linux makes -EBADMSG of it.
    [Theory]
    [InlineData("14000000", "VmState")]
    [InlineData("ffffffff", "Unimplemented")]
    [InlineData("78563412", "305419896")]
    [InlineData("000000", "Malformed")]
    [InlineData("", "Malformed")]
    public void The_error_word_of_the_reply_is_handed_on(string reply, string expected)
    {
        GuestKernel kernel = Start(async client => _log.Add($"{await client.CallAsync(AnyId, default)}"));
        _server.OnRequest = (_, _) => Convert.FromHexString(reply);

        Exchange(kernel);

        Assert.Equal([expected], _log);
    }

    [Fact]
    public void Data_of_another_form_than_asked_for_are_malformed()
    {
        GuestKernel kernel = Start(async client =>
            _log.Add($"{(await client.CallAsync<EmptyPayload, VmidReply>(AnyId, default)).Status}"));
        _server.OnRequest = (_, _) => [.. _ok, 1, 2, 3];

        Exchange(kernel);

        Assert.Equal(["Malformed"], _log);
    }

    [Fact]
    public void Closing_ends_the_calls_that_wait_and_refuses_new_ones()
    {
        Start(async client =>
        {
            _context!.Spawn(async () => _log.Add($"{await client.CallAsync(AnyId, default)}"));
            client.Close();
            _log.Add($"{await client.CallAsync(AnyId, default)}");
        });

        Assert.Equal(["Closed", "Closed"], _log);
        Assert.False(_vcpu.Controller[FakeServer.RxIntid].Enabled);
    }

    [Fact]
    public void A_channel_with_a_client_opens_no_second_link()
    {
        Start(_ =>
        {
            MailboxChannel other = FakeServer.Channel(_context!);
            Assert.Null(ResourceManagerClient.Open(_context!, other));
            Assert.False(other.IsBound);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_subscription_ends_when_it_is_disposed_of_even_from_its_own_handler()
    {
        GuestKernel kernel = Start(client =>
        {
            IDisposable? first = null;
            first = client.Subscribe((_, _) =>
            {
                _log.Add("first");
                first!.Dispose();
            });
            client.Subscribe((_, _) => _log.Add("second"));
            return Task.CompletedTask;
        });

        for (int i = 0; i < 2; i++)
        {
            _server.Notify(RmMessageId.VmShutdown, new VmShutdownNotification(VmStopReason.Shutdown));
            _vcpu.RunToIdle(kernel);
        }

        Assert.Equal(["first", "second", "second"], _log);
    }

    [Fact]
    public void Ten_thousand_random_frames_neither_throw_nor_stop_the_link()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        GuestKernel kernel = Start(async client =>
        {
            while (true)
                await client.CallAsync(AnyId, default);
        });
        for (int i = 0; i < 10_000; i++)
        {
            byte[] frame = new byte[random.Next(1, 241)];
            random.NextBytes(frame);
            if (frame.Length >= 8 && random.Next(4) > 0)
                new RpcHeader((RpcMessageType)random.Next(4), (byte)random.Next(64), (ushort)random.Next(3), AnyId).Write(frame);
            _server.PutFrame(frame);
            _vcpu.RunToIdle(kernel);
            _server.Serve();
        }

        _server.OnRequest = (_, _) => _ok;
        int before = _server.Requests.Count;
        _server.Reply(_server.Requests[^1].Header, _ok);
        Exchange(kernel, rounds: 20);
        Assert.True(_server.Requests.Count > before + 5, $"the link died, seed {seed}");
    }

    private GuestKernel Start(Func<ResourceManagerClient, Task> main)
    {
        var kernel = new GuestKernel(async context =>
        {
            _context = context;
            _client = ResourceManagerClient.Open(context, FakeServer.Channel(context));
            Assert.NotNull(_client);
            await main(_client);
        });
        _vcpu.RunToIdle(kernel);
        return kernel;
    }

    private bool Exchange(GuestKernel kernel, int rounds = 1000)
    {
        _vcpu.RunToIdle(kernel);
        bool any = false;
        for (int i = 0; i < rounds && _server.Serve(); i++)
        {
            any = true;
            _vcpu.RunToIdle(kernel);
        }
        return any;
    }
}
