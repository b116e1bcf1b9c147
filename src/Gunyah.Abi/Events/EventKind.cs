using System.Collections.Immutable;

namespace Gunyah.Abi.Events;

/// <summary>The kinds of observable events; <see cref="EventTable"/> says what each carries.</summary>
public enum EventKind
{
#pragma warning disable CS1591 // Each member is documented by its row in EventTable; a second text here could only disagree.
    Hypercall,
    MessageSent,
    MessageReceived,
    MessageRefused,
    MessagesFlushed,
    InterruptAsserted,
    InterruptAcknowledged,
    ObjectCreated,
    ObjectActivated,
    ObjectDestroyed,
    ObjectNamed,
    VcpuPower,
    VcpuFault,
    MemoryMapped,
    MemoryUnmapped,
    RpcRequest,
    RpcReply,
    RpcNotification,
    VmState,
    Devicetree,
    Note,
    Result,
    MessageQueueClosed,
    ConsoleOutput,
    VmExited,
#pragma warning restore CS1591
}

/// <summary>The numbers of an event; their meaning is in the kind's row.</summary>
public readonly record struct EventValues(ulong A = 0, ulong B = 0, ulong C = 0, ulong D = 0);

/// <summary>One event.</summary>
/// <param name="Sequence">Counts all events of the stream that somebody wanted, from 0.</param>
/// <param name="Time">Nanoseconds since the machine started.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Vmid">The VM on whose vCPU it happened; 0 for the hypervisor itself.</param>
/// <param name="Vcpu">The index of that vCPU in its VM.</param>
/// <param name="Values">The numbers, as the kind's row names them.</param>
/// <param name="Text">The text, where the row has one.</param>
/// <param name="Data">The bytes, where the row has some.</param>
public readonly record struct GunyahEvent(
    ulong Sequence, ulong Time, EventKind Kind, ushort Vmid, ushort Vcpu, EventValues Values, string? Text,
    ReadOnlyMemory<byte> Data);

/// <summary>How a value of an event is shown.</summary>
public enum EventValueFormat
{
    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A hexadecimal number: capability IDs, addresses, RPC ids.</summary>
    Hex,

    /// <summary>A hypercall number, shown by its name.</summary>
    HypercallName,

    /// <summary>An object type, shown by its name.</summary>
    ObjectTypeName,

    /// <summary>A hypervisor error, shown by its name.</summary>
    ErrorName,
}

/// <summary>The one declaration of an event kind; every reader of the stream takes names from it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in event files.</param>
/// <param name="Values">Names and formats of values A, B, C, D, as many as are used.</param>
/// <param name="Text">The name of the text, or null.</param>
public sealed record EventRow(EventKind Kind, string Name, ImmutableArray<(string Name, EventValueFormat Format)> Values,
    string? Text = null);

/// <summary>Every event kind, one row each.</summary>
public static class EventTable
{
    /// <summary>The rows, by kind.</summary>
    public static ImmutableArray<EventRow> Rows { get; } =
    [
        new(EventKind.Hypercall, "hypercall", [("call", EventValueFormat.HypercallName), ("x0", EventValueFormat.Hex),
            ("error", EventValueFormat.ErrorName), ("x1", EventValueFormat.Hex)]),
        new(EventKind.MessageSent, "message-sent",
            [("queue", EventValueFormat.Number), ("size", EventValueFormat.Number), ("count", EventValueFormat.Number)]),
        new(EventKind.MessageReceived, "message-received",
            [("queue", EventValueFormat.Number), ("size", EventValueFormat.Number), ("count", EventValueFormat.Number)]),
        new(EventKind.MessageRefused, "message-refused",
            [("queue", EventValueFormat.Number), ("error", EventValueFormat.ErrorName)]),
        new(EventKind.MessagesFlushed, "messages-flushed",
            [("queue", EventValueFormat.Number), ("count", EventValueFormat.Number)]),
        new(EventKind.InterruptAsserted, "interrupt-asserted",
            [("vic", EventValueFormat.Number), ("intid", EventValueFormat.Number)]),
        new(EventKind.InterruptAcknowledged, "interrupt-acknowledged",
            [("vic", EventValueFormat.Number), ("intid", EventValueFormat.Number)]),
        new(EventKind.ObjectCreated, "object-created",
            [("object", EventValueFormat.Number), ("type", EventValueFormat.ObjectTypeName)]),
        new(EventKind.ObjectActivated, "object-activated", [("object", EventValueFormat.Number),
            ("type", EventValueFormat.ObjectTypeName), ("error", EventValueFormat.ErrorName)]),
        new(EventKind.ObjectDestroyed, "object-destroyed",
            [("object", EventValueFormat.Number), ("type", EventValueFormat.ObjectTypeName)]),
        new(EventKind.ObjectNamed, "object-named", [("cap", EventValueFormat.Hex), ("object", EventValueFormat.Number)], "name"),
        new(EventKind.VcpuPower, "vcpu-power", [("object", EventValueFormat.Number), ("on", EventValueFormat.Number),
            ("entry", EventValueFormat.Hex), ("context", EventValueFormat.Hex)]),
        new(EventKind.VcpuFault, "vcpu-fault", [("object", EventValueFormat.Number)], "reason"),
        new(EventKind.MemoryMapped, "memory-mapped", [("vmid", EventValueFormat.Number), ("address", EventValueFormat.Hex),
            ("size", EventValueFormat.Hex), ("extent", EventValueFormat.Number)]),
        new(EventKind.MemoryUnmapped, "memory-unmapped", [("vmid", EventValueFormat.Number), ("address", EventValueFormat.Hex),
            ("size", EventValueFormat.Hex), ("extent", EventValueFormat.Number)]),
        new(EventKind.RpcRequest, "rpc-request", [("peer", EventValueFormat.Number), ("id", EventValueFormat.Hex),
            ("seq", EventValueFormat.Number), ("size", EventValueFormat.Number)], "message"),
        new(EventKind.RpcReply, "rpc-reply", [("peer", EventValueFormat.Number), ("id", EventValueFormat.Hex),
            ("seq", EventValueFormat.Number), ("error", EventValueFormat.Number)], "message"),
        new(EventKind.RpcNotification, "rpc-notification", [("peer", EventValueFormat.Number), ("id", EventValueFormat.Hex),
            ("seq", EventValueFormat.Number), ("size", EventValueFormat.Number)], "message"),
        new(EventKind.VmState, "vm-state", [("vmid", EventValueFormat.Number), ("state", EventValueFormat.Number)], "name"),
        new(EventKind.Devicetree, "devicetree", [("vmid", EventValueFormat.Number), ("stage", EventValueFormat.Number),
            ("address", EventValueFormat.Hex), ("size", EventValueFormat.Hex)], "name"),
        new(EventKind.Note, "note", [], "text"),
        new(EventKind.Result, "result", [("code", EventValueFormat.Number), ("value", EventValueFormat.Number)], "text"),
        new(EventKind.MessageQueueClosed, "message-queue-closed", [("queue", EventValueFormat.Number),
            ("sent", EventValueFormat.Number), ("received", EventValueFormat.Number), ("full", EventValueFormat.Number)]),
        new(EventKind.ConsoleOutput, "console-output", [("address", EventValueFormat.Hex)], "text"),
        new(EventKind.VmExited, "vm-exited", [("vmid", EventValueFormat.Number), ("type", EventValueFormat.Number),
            ("code", EventValueFormat.Number)], "name"),
    ];

    /// <summary>The row of a kind.</summary>
    public static EventRow Row(EventKind kind) => Rows[(int)kind];
}

/// <summary>Stages of a VM's devicetree: value B of <see cref="EventKind.Devicetree"/>, whose data is the blob.</summary>
public enum DevicetreeStage
{
    /// <summary>The tree before the Resource Manager touched it.</summary>
    Base,

    /// <summary>The Resource Manager's overlay.</summary>
    Overlay,

    /// <summary>The tree that the VM finds in its memory.</summary>
    Final,
}
