using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.MessageQueues;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.MessageQueues;

/// <summary>A hypervisor without the room of message queues.</summary>
public class WithoutQueuesTests
{
    private readonly TestMachine _machine = new();

    [Fact]
    public void Without_message_queues_the_typed_face_has_none_either()
    {
        CapId queue = _machine.Queue(4, 16);
        _machine.Hypervisor.Rooms.Open(_machine.Hypervisor.Rooms.All.Where(room => room is not MessageQueueRoom));
        Assert.Equal(GunyahError.Unimplemented, _machine.Root.Send(queue, [1]).Error);
        Assert.Equal(GunyahError.Unimplemented, _machine.Root.Receive(queue, new byte[16]).Error);
        Assert.Equal(GunyahError.Unimplemented, _machine.Root.MessageQueueFlush(queue));
    }
}
