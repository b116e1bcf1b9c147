using System.Text.RegularExpressions;
using Gunyah.Abi;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Mailboxes;
using Gunyah.Guest.VmManager;

namespace Gunyah.Guest.Tests.VmManager;

public partial class VmResourcesTests
{
    [Fact]
    public void The_resources_of_the_real_launch_are_sorted_by_kind_and_label()
    {
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(RecordedReply(), out HypervisorResourcesReply reply));

        VmResources resources = VmResources.From(reply.Resources);

        Assert.Equal([new(0, new(3), 0x3c2), new(1, new(4), 0x3c3)], resources.Vcpus);
        Assert.Equal([new(1, new(5))], resources.DoorbellSources);
        Assert.Equal([new(2, new(6), 0x3c4)], resources.Doorbells);
        Assert.Equal([new(3, Endpoint(7, 0x3c5))], resources.ReceiveQueues);
        Assert.Equal([new(4, Endpoint(8, 0x3c6))], resources.SendQueues);
        Assert.Equal([new(5, Endpoint(9, 0x3c7), Endpoint(10, 0x3c8))], resources.QueuePairs);
    }

    private static MessageQueueEndpoint Endpoint(ulong cap, uint intid) => new(new CapId(cap), intid);

    /// <summary>The data of the VM_GET_HYP_RESOURCES reply that succeeded.</summary>
    private static byte[] RecordedReply()
    {
        string text = Vectors.Text("rpc-launch.txt");
        string after = text[text.IndexOf("RPC VM_GET_HYP_RESOURCES id", StringComparison.Ordinal)..];
        string block = after[(after.IndexOf("reply\n", StringComparison.Ordinal) + "reply\n".Length)..after.IndexOf(
            "RPC VM_START", StringComparison.Ordinal)];
        return [.. HexByte().Matches(block).Select(match => Convert.ToByte(match.Value, 16))];
    }

    [GeneratedRegex(@"\b[0-9a-f]{2}\b")]
    private static partial Regex HexByte();
}
