using Gunyah.Abi.Rpc;
using static Gunyah.Abi.Rpc.RpcMessageType;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>The byte-exact examples of gunyah-rm.md 1.10: what we write is what stands there.</summary>
public class ReferenceExampleTests
{
    [Fact]
    public void T_01_a_GET_VMID_request_and_its_reply()
    {
        Expect("21 01 00 00 24 00 00 56", Wire.Message(Request, 0, RmMessageId.VmGetVmid, default(EmptyPayload)));
        Expect("21 02 00 00 24 00 00 56  00 00 00 00 03 00 00 00", Wire.Reply(0, RmMessageId.VmGetVmid, new VmidReply(3)));
    }

    [Fact]
    public void An_ALLOCATE_request_for_any_VM_and_its_reply()
    {
        Expect("21 01 01 00 01 00 00 56  00 00 00 00", Wire.Message(Request, 1, RmMessageId.VmAllocate, new VmidRequest(0)));
        Expect("21 02 01 00 01 00 00 56  00 00 00 00 80 00 00 00", Wire.Reply(1, RmMessageId.VmAllocate, new VmidReply(0x80)));
    }

    [Fact]
    public void The_reply_to_an_unknown_message()
    {
        byte[] payload = new byte[RmReply.ErrorSize];
        RmReply.Write(payload, RmError.Unimplemented);
        byte[] frame = Assert.Single(Wire.Fragments(Reply, 7, (RmMessageId)0x5600_00FF, payload));
        Expect("21 02 07 00 FF 00 00 56  FF FF FF FF", frame);
    }

    [Fact]
    public void A_STATUS_notification() => Expect(
        "21 03 05 00 08 00 10 56  80 00 00 00 03 00 00 00",
        Wire.Message(Notification, 5, RmMessageId.VmStatus, new VmStatusNotification(0x80, VmState.Running, OsState.None, 0)));

    [Fact]
    public void An_EXITED_notification_of_a_forced_stop() => Expect(
        "21 03 06 00 01 00 10 56  80 00 07 00 04 00 00 00 00 00 00 00",
        Wire.Message(
            Notification,
            6,
            RmMessageId.VmExited,
            new VmExitedNotification(0x80, VmExitType.VmStopForced, VmExitFlags.None, VmExitCode.Normal)));

    [Fact]
    public void A_forced_STOP_request() => Expect(
        "21 01 08 00 05 00 00 56  80 00 01 00 03 00 00 00",
        Wire.Message(Request, 8, RmMessageId.VmStop, new VmStopRequest(0x80, VmStopFlags.Force, VmStopReason.ForcedStop)));

    [Fact]
    public void A_LEND_request()
    {
        byte[] frame = Wire.Message(
            Request,
            2,
            RmMessageId.MemLend,
            new MemoryCreateRequest(
                MemoryType.Normal,
                MemoryCreateFlags.None,
                Label: 0,
                Acl: [new AclEntry(0x80, MemoryRights.All)],
                Sgl: [new SglEntry(0x8800_0000, 128 << 20)],
                Attributes: []));
        Expect(
            """
            21 01 02 00 12 00 00 51  00 00 00 00 00 00 00 00  01 00 00 00 80 00 07 00
            01 00 00 00 00 00 00 88 00 00 00 00 00 00 00 08 00 00 00 00  00 00 00 00
            """,
            frame);
    }

    [Fact]
    public void A_CONFIG_IMAGE_request() => Expect(
        """
        21 01 03 00 09 00 00 56  80 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 E0 07 00 00 00 00  00 00 01 00 00 00 00 00
        """,
        Wire.Message(
            Request,
            3,
            RmMessageId.VmConfigImage,
            new VmConfigImageRequest(0x80, AuthenticationType.None, 0, 0, 0, 0x7E0_0000, 0x1_0000)));

    [Fact]
    public void The_three_headers_of_a_500_byte_SHARE_request()
    {
        List<byte[]> frames = Wire.Fragments(Request, 9, RmMessageId.MemShare, new byte[500]);
        string[] headers = ["2109090013000051", "2108090013000051", "2108090013000051"];
        Assert.Equal(headers, frames.Select(frame => Wire.Hex(frame.AsSpan(0, RpcHeader.Size))));
        Assert.Equal([232, 232, 36], frames.Select(frame => frame.Length - RpcHeader.Size));
    }

    [Fact]
    public void The_first_header_of_the_largest_message()
    {
        foreach (RpcMessageType type in new[] { Request, Reply, Notification })
            Assert.Equal((byte)type + 0xF8, Wire.Fragments(type, 0, RmMessageId.MemShare, new byte[RpcLimits.MaxPayload])[0][1]);
    }

    [Fact]
    public void A_GET_HYP_RESOURCES_reply_with_one_doorbell()
    {
        var doorbell = new HypervisorResource(ResourceType.Doorbell, 0, 0, 5, 0x2A, 0, 970, 0, 0);
        byte[] frame = Wire.Reply(4, RmMessageId.VmGetHypResources, new HypervisorResourcesReply([doorbell]));
        Expect(
            """
            21 02 04 00 20 00 00 56  00 00 00 00 01 00 00 00  01 00 00 00 00 00 00 00 05 00 00 00 2A 00 00 00 00 00 00 00
            00 00 00 00 CA 03 00 00  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            """,
            frame);
        Assert.Equal(60, frame.Length);
    }

    private static void Expect(string hex, byte[] frame) => Assert.Equal(Wire.Hex(Wire.Bytes(hex)), Wire.Hex(frame));
}
