using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.MessageQueues;
using Gunyah.Hypervisor.Vcpus;
using Rows = Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Message queues, by both faces (gunyah-abi.md 4.3).</summary>
internal static class MessageQueueCalls
{
    private const ulong PushFlag = 1;

    /// <summary>The typed send: one look-up, one lock, no allocation.</summary>
    public static SendResult Send(Vcpu caller, CapId cap, ReadOnlySpan<byte> message, bool push)
    {
        GunyahError error = Resolve(caller, cap, MessageQueueRights.Send, out MessageQueue? queue);
        SendResult result = new(error, NotFull: false);
        if (queue is not null)
        {
            result = queue.Send(caller, new HostMessage(message), push);
            queue.Release();
        }

        Trace(caller, Rows.MessageQueueCalls.Send, cap, result.Error, result.NotFull ? 1UL : 0);
        return result;
    }

    /// <summary>The typed receive: one look-up, one lock, no allocation.</summary>
    public static ReceiveResult Receive(Vcpu caller, CapId cap, Span<byte> buffer)
    {
        GunyahError error = Resolve(caller, cap, MessageQueueRights.Receive, out MessageQueue? queue);
        ReceiveResult result = new(error, 0, NotEmpty: false);
        if (queue is not null)
        {
            result = queue.Receive(caller, new HostBuffer(buffer));
            queue.Release();
        }

        Trace(caller, Rows.MessageQueueCalls.Receive, cap, result.Error, (ulong)result.Size);
        return result;
    }

    public static HypercallResult Send(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        SendResult result = frame.FirstAs<MessageQueue>()
            .Send(frame.Caller, new GuestMessage(frame.Caller, a.X2, a.X1), push: (a.X3 & PushFlag) != 0);
        return new((uint)result.Error, result.NotFull ? 1UL : 0);
    }

    public static HypercallResult Receive(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        ReceiveResult result = frame.FirstAs<MessageQueue>().Receive(frame.Caller, new GuestBuffer(frame.Caller, a.X1, a.X2));
        return new((uint)result.Error, (ulong)result.Size, result.NotEmpty ? 1UL : 0);
    }

    public static HypercallResult Flush(in HypercallFrame frame)
    {
        frame.FirstAs<MessageQueue>().Flush(frame.Caller);
        return GunyahError.Ok;
    }

    public static HypercallResult Configure(in HypercallFrame frame) =>
        frame.FirstAs<MessageQueue>().Configure((uint)frame.Arguments.X1);

    public static HypercallResult ConfigureSend(in HypercallFrame frame) =>
        frame.FirstAs<MessageQueue>().ConfigureSend((uint)frame.Arguments.X1, (uint)frame.Arguments.X2);

    public static HypercallResult ConfigureReceive(in HypercallFrame frame) =>
        frame.FirstAs<MessageQueue>().ConfigureReceive((uint)frame.Arguments.X1, (uint)frame.Arguments.X2);

    public static HypercallResult BindSend(in HypercallFrame frame) =>
        frame.FirstAs<MessageQueue>().SendSource.Bind(frame.SecondAs<Vic>(), (uint)frame.Arguments.X2);

    public static HypercallResult BindReceive(in HypercallFrame frame) =>
        frame.FirstAs<MessageQueue>().ReceiveSource.Bind(frame.SecondAs<Vic>(), (uint)frame.Arguments.X2);

    public static HypercallResult UnbindSend(in HypercallFrame frame)
    {
        frame.FirstAs<MessageQueue>().SendSource.Unbind();
        return GunyahError.Ok;
    }

    public static HypercallResult UnbindReceive(in HypercallFrame frame)
    {
        frame.FirstAs<MessageQueue>().ReceiveSource.Unbind();
        return GunyahError.Ok;
    }

    private static GunyahError Resolve(Vcpu caller, CapId cap, uint rights, out MessageQueue? queue)
    {
        queue = null;
        return caller.IsHalted
            ? GunyahError.Unimplemented
            : caller.Space.Resolve(cap, ObjectType.MessageQueue, rights, CapabilityLookup.Active, out queue);
    }

    private static void Trace(Vcpu caller, HypercallRow call, CapId cap, GunyahError error, ulong x1)
    {
        if (caller.Context.Events.Wants(EventKind.Hypercall))
            caller.Context.Emit(caller, EventKind.Hypercall, new((ulong)call.Number, cap.Value, (uint)error, x1));
    }
}
