using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.MessageQueues;

/// <summary>Message queues (gunyah-abi.md 4.3).</summary>
internal sealed class MessageQueueRoom(HypervisorContext context) : IRoom
{
    private const ulong PushFlag = 1;

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(MessageQueueCalls.Create, context, ObjectType.MessageQueue, MessageQueue.Footprint,
            heap => new MessageQueue(context, heap));
        calls.Bind<MessageQueue>(MessageQueueCalls.Configure, static (in call, queue) => queue.Configure((uint)call.X1));
        calls.BindPeeking<MessageQueue>(MessageQueueCalls.Send, static (in call, queue) =>
        {
            var message = new GuestMessage(call.Caller.Memory, call.X2, call.X1);
            SendResult result = queue.Send(call.Caller, in message, push: (call.X3 & PushFlag) != 0);
            return call.Answer(result.Error, result.NotFull ? 1UL : 0);
        });
        calls.BindPeeking<MessageQueue>(MessageQueueCalls.Receive, static (in call, queue) =>
        {
            var buffer = new GuestBuffer(call.Caller.Memory, call.X1, call.X2);
            ReceiveResult result = queue.Receive(call.Caller, in buffer);
            return call.Answer(result.Error, (ulong)result.Size, result.NotEmpty ? 1UL : 0);
        });
        calls.Bind<MessageQueue>(MessageQueueCalls.Flush, static (in call, queue) =>
        {
            queue.Flush(call.Caller);
            return GunyahError.Ok;
        });
        calls.Bind<MessageQueue>(
            MessageQueueCalls.ConfigureSend, static (in call, queue) => queue.ConfigureSend((uint)call.X1, (uint)call.X2));
        calls.Bind<MessageQueue>(
            MessageQueueCalls.ConfigureReceive, static (in call, queue) => queue.ConfigureReceive((uint)call.X1, (uint)call.X2));
        calls.BindSource<MessageQueue>(
            MessageQueueCalls.BindSendVirq, MessageQueueCalls.UnbindSendVirq, static queue => queue.SendSource);
        calls.BindSource<MessageQueue>(
            MessageQueueCalls.BindReceiveVirq, MessageQueueCalls.UnbindReceiveVirq, static queue => queue.ReceiveSource);
        calls.Messages = new TypedMessages(context);
    }
}
