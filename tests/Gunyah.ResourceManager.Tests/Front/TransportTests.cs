using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Links;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Front;

/// <summary>Conformance cases of gunyah-rm.md 11.1, as far as they concern the server.</summary>
public class TransportTests
{
    private static readonly byte[] _getVmid = Convert.FromHexString("2101000024000056");
    private static readonly byte[] _getVmidReply = Convert.FromHexString("21020000240000560000000003000000");

    private readonly TestMachine _machine = new();

    private RpcProbe Hlos => _machine.Hlos;

    [Fact]
    public void T01_a_request_is_answered_with_its_sequence_number_and_id()
    {
        Hlos.SendFrame(_getVmid);
        Hlos.Drain();
        Assert.Equal(_getVmidReply, Assert.Single(Hlos.Frames));
    }

    [Fact]
    public void T02_a_message_shorter_than_a_header_is_ignored()
    {
        Hlos.SendFrame(_getVmid.AsSpan(0, 7));
        Hlos.SendFrame(_getVmid);
        Hlos.Drain();
        Assert.Equal("0000000003000000", Assert.Single(Hlos.Inbox).Hex);
    }

    [Theory]
    [InlineData("21FD000024000056")] // T-04: 63 additional fragments
    [InlineData("2103000024000056")] // T-07: a notification
    [InlineData("2102000024000056")] // T-08: a reply
    [InlineData("2100000024000056")] // a continuation of nothing
    [InlineData("2201000024000056")] // another API version
    [InlineData("1101000024000056")] // another header length
    public void T04_T07_T08_what_is_no_request_is_not_answered(string frame)
    {
        Hlos.SendFrame(Convert.FromHexString(frame));
        Hlos.Drain();
        Assert.Empty(Hlos.Inbox);
        Assert.Equal(RmError.Ok, Hlos.Call(RmMessageId.VmGetVmid).Error);
    }

    [Fact]
    public void T05_a_payload_where_there_should_be_none_is_an_error()
    {
        Assert.Equal(RmError.MsgInvalid, Hlos.Call(RmMessageId.VmGetVmid, 0, 0, 0, 0).Error);
    }

    [Fact]
    public void T10_a_new_request_ends_an_unfinished_one()
    {
        byte[][] first = Fragments(RmMessageId.MemShare, 9, 500);
        Hlos.SendFrame(first[0]);
        Hlos.SendFrame(_getVmid);
        Hlos.SendFrame(first[1]);
        Hlos.SendFrame(first[2]);
        Hlos.Drain();
        Assert.Equal(RmMessageId.VmGetVmid, Assert.Single(Hlos.Inbox).Id);
    }

    [Fact]
    public void T11_T13_a_continuation_of_something_else_is_ignored()
    {
        byte[][] request = Fragments(RmMessageId.MemShare, 9, 500);
        Hlos.SendFrame(request[0]);
        Hlos.SendFrame(Fragments(RmMessageId.MemShare, 10, 500)[1]);
        Hlos.SendFrame(Fragments(RmMessageId.MemShare, 9, 300)[1]);
        Hlos.SendFrame(Fragments(RmMessageId.MemLend, 9, 500)[1]);
        Hlos.SendFrame(request[1]);
        Hlos.SendFrame(request[2]);
        Hlos.Drain();
        Received reply = Assert.Single(Hlos.Inbox);
        Assert.Equal((9, RmMessageId.MemShare), (reply.Sequence, reply.Id));
    }

    [Fact]
    public void T14_a_payload_of_232_bytes_is_one_fragment()
    {
        byte[] frame = Assert.Single(Fragments(RmMessageId.VmSetCrashMsg, 1, 232));
        Assert.Equal(0x01, frame[1]);
        Hlos.SendFrame(frame);
        Hlos.Drain();
        Assert.Single(Hlos.Inbox);
    }

    [Fact]
    public void T16_a_long_reply_is_cut_into_fragments_of_232_bytes()
    {
        string bells = string.Concat(Enumerable.Range(0, 10).Select(i =>
            $"bell-{i} {{ vdevice-type = \"doorbell\"; label = <{i}>; peer-default; }};"));
        SecondaryVm vm = SecondaryVm.Allocate(_machine);
        vm.Lend(new() { Vdevices = bells });
        vm.Configure();
        vm.Initialise();

        Hlos.Call(RmMessageId.VmGetHypResources, new VmidRequest(vm.Vmid));
        int length = 4 + 4 + (11 * default(HypervisorResource).EncodedLength);
        Assert.Equal([240, 240, 8 + length - (2 * 232)], Hlos.Frames.Select(frame => frame.Length));
        Assert.Equal([0x0A, 0x08, 0x08], Hlos.Frames.Select(frame => (int)frame[1]));
    }

    [Fact]
    public void An_id_that_nobody_serves_is_unimplemented()
    {
        Hlos.Send(7, (RmMessageId)0x560000FF, []);
        Hlos.Drain();
        Assert.Equal("21020700FF000056FFFFFFFF", Convert.ToHexString(Assert.Single(Hlos.Frames)));
    }

    [Fact]
    public void T17_a_full_queue_stops_a_reply_and_room_lets_it_go_on_with_the_same_fragment()
    {
        // Nine requests without reading: the queue to the primary VM holds eight replies, the ninth waits.
        for (ushort i = 0; i < 9; i++)
            Hlos.Send(i, RmMessageId.VmGetVmid, []);
        _machine.Platform.RunUntilIdle();
        Hlos.Drain();
        Assert.Equal(Enumerable.Range(0, 9), Hlos.Inbox.Select(message => (int)message.Sequence));
    }

    [Fact]
    public void T19_T20_of_too_many_notifications_the_oldest_are_lost_and_a_reply_goes_before_them()
    {
        var machine = new TestMachine(options: new() { Profile = Profile.Reference });
        RpcProbe hlos = machine.Hlos;
        byte[] recall = RecallToItself(hlos);
        const int count = 300;
        for (ushort i = 0; i < count; i++)
            hlos.Send(i, RmMessageId.MemNotify, recall);
        hlos.Drain();

        // Four of each fill the queue; one more notification is in flight. Of the replies only the last is left.
        Received[] rest = [.. hlos.Inbox.Skip(9)];
        Assert.Equal((RpcMessageType.Reply, (ushort)(count - 1)), (rest[0].Type, rest[0].Sequence));
        Received[] notifications = rest[1..];
        Assert.All(notifications, message => Assert.Equal(RpcMessageType.Notification, message.Type));
        Assert.Equal(RpcLink.MaxPendingNotifications, notifications.Length);
        Assert.Equal(Enumerable.Range(count - 256, 256), notifications.Select(message => (int)message.Sequence));
    }

    [Fact]
    public void A_vm_that_does_not_read_is_not_read_from_and_loses_nothing()
    {
        byte[] recall = RecallToItself(Hlos);
        int sent = 0;
        while (TrySend())
            _machine.Platform.RunUntilIdle();
        bool TrySend()
        {
            var frame = new byte[RpcLimits.FragmentSize];
            int size = new RpcFragmenter(RpcMessageType.Request, (ushort)sent, RmMessageId.MemNotify, recall).Write(0, frame);
            bool isSent = Hlos.Vcpu.Send(new(0), frame.AsSpan(0, size)).Error == GunyahError.Ok;
            sent += isSent ? 1 : 0;
            return isSent;
        }

        // Eight in its own queue, and those whose notifications and replies fill the other queue.
        Assert.InRange(sent, 9, 30);
        Hlos.Drain();
        Assert.Equal(Enumerable.Range(0, sent), Hlos.Inbox.Where(message => message.Type == RpcMessageType.Reply)
            .Select(message => (int)message.Sequence));
        Assert.Equal(sent, Hlos.TakeNotifications().Length);
    }

    [Fact]
    public void T25_notifications_to_all_vms_are_one_series()
    {
        SecondaryVm first = SecondaryVm.Launch(_machine, memory: 0x5000_0000);
        SecondaryVm second = SecondaryVm.Launch(_machine, memory: 0x5100_0000);
        Hlos.TakeNotifications();
        first.Link.Drain();
        ushort Ask(SecondaryVm vm)
        {
            Assert.Equal(RmError.Ok, Hlos.Error(RmMessageId.VmStop,
                new VmStopRequest(vm.Vmid, VmStopFlags.None, VmStopReason.Shutdown)));
            vm.Link.Drain();
            Received notice = Assert.Single(vm.Link.TakeNotifications());
            Assert.Equal((RmMessageId.VmShutdown, "00000000"), (notice.Id, notice.Hex));
            return notice.Sequence;
        }

        int at = Ask(first);
        Assert.Equal(at + 1, Ask(second));
        Assert.Equal(at + 2, Ask(first));
    }

    /// <summary>A request that makes the Resource Manager notify the caller itself, and then reply.</summary>
    private static byte[] RecallToItself(RpcProbe hlos)
    {
        uint handle = hlos.Call<MemoryCreateRequest, MemoryHandleReply>(
            RmMessageId.MemShare,
            new(MemoryType.Normal, MemoryCreateFlags.None, 1, [new(3, MemoryRights.All)], [new(0x6000_0000, 0x1000)],
                default)).Handle;
        return new MemoryNotifyRequest(handle, MemoryNotifyKind.Recall, 0, [new(3)]).ToBytes();
    }

    private static byte[][] Fragments(RmMessageId id, ushort sequence, int length)
    {
        var fragmenter = new RpcFragmenter(RpcMessageType.Request, sequence, id, new byte[length]);
        var frames = new byte[fragmenter.Count][];
        var frame = new byte[RpcLimits.FragmentSize];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = frame[..fragmenter.Write(i, frame)];
        return frames;
    }
}
