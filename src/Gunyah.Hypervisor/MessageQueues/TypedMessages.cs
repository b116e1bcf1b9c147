using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.MessageQueues;

/// <summary>Send and receive by the typed face: one look-up, as the rows say, the queue's gate, no allocation.</summary>
internal sealed class TypedMessages(HypervisorContext context) : IMessageFace
{
    private static readonly HypercallInput _sender = MessageQueueCalls.Send.Inputs[0];
    private static readonly HypercallInput _receiver = MessageQueueCalls.Receive.Inputs[0];

    /// <inheritdoc/>
    public SendResult Send(ICaller caller, CapId cap, ReadOnlySpan<byte> message, bool push)
    {
        GunyahError error = Resolve(caller, cap, in _sender, out MessageQueue? queue);
        SendResult result = new(error, NotFull: false);
        if (queue is not null)
            result = queue.Send(caller, new HostMessage(message), push);

        Trace(caller, MessageQueueCalls.Send, cap, result.Error, result.NotFull ? 1UL : 0);
        return result;
    }

    /// <inheritdoc/>
    public ReceiveResult Receive(ICaller caller, CapId cap, Span<byte> buffer)
    {
        GunyahError error = Resolve(caller, cap, in _receiver, out MessageQueue? queue);
        ReceiveResult result = new(error, 0, NotEmpty: false);
        if (queue is not null)
            result = queue.Receive(caller, new HostBuffer(buffer));

        Trace(caller, MessageQueueCalls.Receive, cap, result.Error, (ulong)result.Size);
        return result;
    }

    private static GunyahError Resolve(ICaller caller, CapId cap, in HypercallInput input, out MessageQueue? queue)
    {
        queue = null;
        if (caller.IsHalted)
            return GunyahError.Unimplemented;
        GunyahError error = caller.Capabilities.Peek(cap, input.Needs, input.Lookup, out HypervisorObject? found);
        queue = found as MessageQueue;
        return error;
    }

    private void Trace(ICaller caller, HypercallRow row, CapId cap, GunyahError error, ulong x1)
    {
        if (context.Events.Wants(EventKind.Hypercall))
            context.Emit(caller, EventKind.Hypercall, new((ulong)row.Number, cap.Value, (uint)error, x1));
    }
}
