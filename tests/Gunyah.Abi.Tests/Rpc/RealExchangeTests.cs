using System.Globalization;
using System.Text.RegularExpressions;
using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>
/// Replies and notifications of the real, open-source Resource Manager (tests/vectors/real/rpc-launch.txt): what it sent is
/// understood, and written again byte for byte.
/// </summary>
public partial class RealExchangeTests
{
    private static readonly List<Call> _calls = Read();

    [Fact]
    public void The_recording_has_all_nine_calls_and_their_names_are_those_of_our_table()
    {
        Assert.Equal(9, _calls.Count);
        Assert.All(_calls, call => Assert.StartsWith(RmMessages.NameOf(call.Id), call.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_identity_of_the_primary_VM_is_understood_and_written_the_same()
    {
        VmGetIdReply reply = Same<VmGetIdReply>(RmMessageId.VmGetId);
        Assert.Equal(
            [
                new VmIdentity(VmIdentityType.Guid, new RpcText(new byte[16])),
                new VmIdentity(VmIdentityType.Name, "HLOS"),
                new VmIdentity(VmIdentityType.SignAuth, "N/A"),
            ],
            reply.Identities);
    }

    [Fact]
    public void The_eight_resources_of_the_secondary_VM_are_understood_and_written_the_same()
    {
        RpcList<HypervisorResource> resources = Same<HypervisorResourcesReply>(RmMessageId.VmGetHypResources).Resources;
        Assert.Equal(
            [
                new HypervisorResource(ResourceType.VirtualCpu, 0, 0, 0, 3, 0, 962, 0, 0),
                new HypervisorResource(ResourceType.VirtualCpu, 0, 0, 1, 4, 0, 963, 0, 0),
                new HypervisorResource(ResourceType.DoorbellSource, 0x80, 0, 1, 5, 0, 0, 0, 0),
                new HypervisorResource(ResourceType.Doorbell, 0x80, 0, 2, 6, 0, 964, 0, 0),
                new HypervisorResource(ResourceType.MessageQueueReceive, 0x80, 0, 3, 7, 0, 965, 0, 0),
                new HypervisorResource(ResourceType.MessageQueueSend, 0x80, 0, 4, 8, 0, 966, 0, 0),
                new HypervisorResource(ResourceType.MessageQueueSend, 0x80, 0, 5, 9, 0, 967, 0, 0),
                new HypervisorResource(ResourceType.MessageQueueReceive, 0x80, 0, 5, 10, 0, 968, 0, 0),
            ],
            resources);
        Assert.Equal([true, true, false, true, true, true, true, true], resources.Select(resource => resource.HasVirq));
    }

    [Fact]
    public void VMID_handle_and_state_are_understood_and_written_the_same()
    {
        Assert.Equal(new VmidReply(0x80), Same<VmidReply>(RmMessageId.VmAllocate));
        Assert.Equal(new MemoryHandleReply(0), Same<MemoryHandleReply>(RmMessageId.MemShare));
        Assert.Equal(new VmStateReply(VmState.Running, OsState.None, 0), Same<VmStateReply>(RmMessageId.VmGetState));
    }

    [Theory]
    [InlineData(RmMessageId.VmConfigImage, VmState.Init)]
    [InlineData(RmMessageId.VmInit, VmState.Ready)]
    [InlineData(RmMessageId.VmStart, VmState.Running)]
    public void The_status_that_precedes_a_reply_is_understood_and_written_the_same(RmMessageId id, VmState state)
    {
        Call call = _calls.Single(call => call.Id == id);
        Assert.Equal(RmError.Ok, call.Error);
        Assert.Equal(RmMessageId.VmStatus, call.NotificationId);
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(call.Notification, out VmStatusNotification status));
        Assert.Equal(new VmStatusNotification(0x80, state, OsState.None, 0), status);
        Assert.Equal(call.Notification, status.ToBytes());
    }

    [Fact]
    public void Asking_for_the_resources_of_VM_0_was_refused_without_data()
    {
        Call call = _calls.Single(call => call.Name == "VM_GET_HYP_RESOURCES(0)");
        Assert.Equal((RmError.ArgumentInvalid, 0), (call.Error, call.Reply.Length));
    }

    [Fact]
    public void A_reply_of_the_recording_survives_fragments_and_reassembly()
    {
        Call call = _calls.Single(call => call.Reply.Length > RpcLimits.ContentSize);
        byte[] payload = [0, 0, 0, 0, .. call.Reply];
        var client = new RpcReassembler(RpcRole.Client);
        List<byte[]> frames = Wire.Fragments(RpcMessageType.Reply, 6, call.Id, payload);
        Assert.Equal(2, frames.Count);
        client.Accept(frames[0]);
        Assert.Equal(RpcArrivalKind.Complete, client.Accept(frames[1]).Kind);
        Assert.True(RmReply.TryRead(client.Payload, out RmError error, out HypervisorResourcesReply reply));
        Assert.Equal(RmError.Ok, error);
        Assert.Equal(8, reply.Resources.Count);
    }

    private static T Same<T>(RmMessageId id)
        where T : struct, IRpcPayload<T>
    {
        Call call = _calls.Single(call => call.Id == id && call.Error == RmError.Ok);
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(call.Reply, out T value));
        Assert.Equal(Wire.Hex(call.Reply), Wire.Hex(value.ToBytes()));
        return value;
    }

    private static List<Call> Read()
    {
        string text = File.ReadAllText(Checkout.RealVector("rpc-launch.txt"));
        var calls = new List<Call>();
        foreach (Match match in OneCall().Matches(text))
        {
            var call = new Call(
                match.Groups["name"].Value,
                (RmMessageId)Number(match.Groups["id"].Value),
                (RmError)Number(match.Groups["err"].Value),
                Wire.Bytes(match.Groups["reply"].Value),
                (RmMessageId)Number("0" + match.Groups["nid"].Value),
                Wire.Bytes(match.Groups["notif"].Value));
            // Their own length counts the error word: a test that read too little of the file would fail here.
            Assert.Equal(Number(match.Groups["len"].Value), (uint)(RmReply.ErrorSize + call.Reply.Length));
            calls.Add(call);
        }

        return calls;
    }

    private static uint Number(string hex) => uint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        RPC[ ](?<name>\S+)[ ]id=(?<id>\w+)[ ]send=0\s+
        (NOTIF[ ]id=(?<nid>\w+)(?<notif>(\s+[0-9a-f]{2}\b)+)\s+)?
        err=(?<err>\w+)[ ]len=(?<len>\w+)
        (\s+reply(?<reply>(\s+[0-9a-f]{2}\b)+))?
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OneCall();

    private sealed record Call(
        string Name, RmMessageId Id, RmError Error, byte[] Reply, RmMessageId NotificationId, byte[] Notification);
}
