using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;
using static Gunyah.Abi.ObjectType;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Message queues (gunyah-abi.md 4.3).</summary>
public static class MessageQueueCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x07, "partition_create_msgqueue");

    public static HypercallRow BindSendVirq { get; } = _rows.AddBinding(
        0x17, "msgqueue_bind_send_virq", Cap("msgqueue", MessageQueueRights.BindSend));

    public static HypercallRow BindReceiveVirq { get; } = _rows.AddBinding(
        0x18, "msgqueue_bind_receive_virq",
        Cap("msgqueue", MessageQueueRights.BindReceive));

    public static HypercallRow UnbindSendVirq { get; } = _rows.Add(
        0x19, "msgqueue_unbind_send_virq",
        [Cap("msgqueue", MessageQueueRights.BindSend), Zero], []);

    public static HypercallRow UnbindReceiveVirq { get; } = _rows.Add(
        0x1A, "msgqueue_unbind_receive_virq",
        [Cap("msgqueue", MessageQueueRights.BindReceive), Zero], []);

    public static HypercallRow Send { get; } = _rows.Add(
        0x1B, "msgqueue_send",
        [Cap("msgqueue", MessageQueueRights.Send), Size64("size"), Address("data"),
        Bits32("send_flags", 1, Ok) with { DocumentedUnknownBits = ArgumentInvalid }, Zero], ["not_full"],
        MessageQueueFull, ArgumentSize, AddressInvalid, AddressOverflow, Denied);

    public static HypercallRow Receive { get; } = _rows.Add(
        0x1C, "msgqueue_receive",
        [Cap("msgqueue", MessageQueueRights.Receive), Address("buffer"), Size64("buffer_size"), Zero],
        ["size", "not_empty"], MessageQueueEmpty, ArgumentSize, AddressInvalid, AddressOverflow, Denied);

    public static HypercallRow Flush { get; } = _rows.Add(
        0x1D, "msgqueue_flush", [Cap("msgqueue", MessageQueueRights.Receive), Zero], []);

    public static HypercallRow ConfigureSend { get; } = _rows.Add(
        0x1F, "msgqueue_configure_send", [Cap("msgqueue", MessageQueueRights.Send),
        Word32("not_full_threshold"), Word32("delay_us"), Ones], [], Unimplemented, ArgumentInvalid);

    public static HypercallRow ConfigureReceive { get; } = _rows.Add(
        0x20, "msgqueue_configure_receive", [Cap("msgqueue", MessageQueueRights.Receive),
        Word32("not_empty_threshold"), Word32("delay_us"), Ones], [], Unimplemented, ArgumentInvalid);

    public static HypercallRow Configure { get; } = _rows.Add(
        0x21, "msgqueue_configure",
        [Setup("msgqueue", MessageQueue), Bits("create_info", uint.MaxValue, Ok), Zero], [], ObjectState, ArgumentInvalid);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>msgqueue_configure: messages and bytes within <see cref="MessageQueueLimits"/>.</summary>
    public static GunyahError MessageQueueConfigure(this IHypervisorPort port, CapId queue, ushort depth,
        ushort maxMessageSize) =>
        port.Call(MessageQueueCalls.Configure, new(queue.Value, depth | ((ulong)maxMessageSize << 16))).Error;

    /// <summary>msgqueue_bind_send_virq: the sender's "not full" interrupt.</summary>
    public static GunyahError MessageQueueBindSend(this IHypervisorPort port, CapId queue, CapId vic, uint virq) =>
        port.Call(MessageQueueCalls.BindSendVirq, new(queue.Value, vic.Value, virq)).Error;

    /// <summary>msgqueue_bind_receive_virq: the receiver's "not empty" interrupt.</summary>
    public static GunyahError MessageQueueBindReceive(this IHypervisorPort port, CapId queue, CapId vic, uint virq) =>
        port.Call(MessageQueueCalls.BindReceiveVirq, new(queue.Value, vic.Value, virq)).Error;

    /// <summary>msgqueue_unbind_send_virq.</summary>
    public static GunyahError MessageQueueUnbindSend(this IHypervisorPort port, CapId queue) =>
        port.Call(MessageQueueCalls.UnbindSendVirq, new(queue.Value)).Error;

    /// <summary>msgqueue_unbind_receive_virq.</summary>
    public static GunyahError MessageQueueUnbindReceive(this IHypervisorPort port, CapId queue) =>
        port.Call(MessageQueueCalls.UnbindReceiveVirq, new(queue.Value)).Error;

    /// <summary>msgqueue_flush: drops every message.</summary>
    public static GunyahError MessageQueueFlush(this IHypervisorPort port, CapId queue) =>
        port.Call(MessageQueueCalls.Flush, new(queue.Value)).Error;

    /// <summary>msgqueue_configure_send: the not-full threshold, below the depth; the delay stays unchanged.</summary>
    public static GunyahError MessageQueueConfigureSend(this IHypervisorPort port, CapId queue, uint notFullThreshold) =>
        port.Call(MessageQueueCalls.ConfigureSend, new(queue.Value, notFullThreshold, Ones, Ones)).Error;

    /// <summary>msgqueue_configure_receive: the not-empty threshold, 1 to the depth; the delay stays unchanged.</summary>
    public static GunyahError MessageQueueConfigureReceive(this IHypervisorPort port, CapId queue, uint notEmptyThreshold) =>
        port.Call(MessageQueueCalls.ConfigureReceive, new(queue.Value, notEmptyThreshold, Ones, Ones)).Error;
}
