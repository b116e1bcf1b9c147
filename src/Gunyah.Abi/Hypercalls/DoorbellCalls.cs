using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Doorbells (gunyah-abi.md 4.4).</summary>
public static class DoorbellCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow Create { get; } = _rows.AddCreation(0x06, "partition_create_doorbell");

    public static HypercallRow BindVirq { get; } = _rows.AddBinding(
        0x10, "doorbell_bind_virq", Cap("doorbell", DoorbellRights.Bind));

    public static HypercallRow UnbindVirq { get; } = _rows.Add(
        0x11, "doorbell_unbind_virq", [Cap("doorbell", DoorbellRights.Bind), Zero], []);

    public static HypercallRow Send { get; } = _rows.Add(
        0x12, "doorbell_send", [Cap("doorbell", DoorbellRights.Send), Word("new_flags"), Zero],
        ["old_flags"]);

    public static HypercallRow Receive { get; } = _rows.Add(
        0x13, "doorbell_receive", [Cap("doorbell", DoorbellRights.Receive), Word("clear_flags"), Zero],
        ["old_flags"], ArgumentInvalid);

    public static HypercallRow Reset { get; } = _rows.Add(
        0x14, "doorbell_reset", [Cap("doorbell", DoorbellRights.Receive), Zero], []);

    public static HypercallRow Mask { get; } = _rows.Add(
        0x15, "doorbell_mask", [Cap("doorbell", DoorbellRights.Receive), Word("enable_mask"),
        Word("ack_mask"), Zero], []);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>doorbell_bind_virq.</summary>
    public static GunyahError DoorbellBind(this IHypervisorPort port, CapId doorbell, CapId vic, uint virq) =>
        port.Call(DoorbellCalls.BindVirq, new(doorbell.Value, vic.Value, virq)).Error;

    /// <summary>doorbell_unbind_virq.</summary>
    public static GunyahError DoorbellUnbind(this IHypervisorPort port, CapId doorbell) =>
        port.Call(DoorbellCalls.UnbindVirq, new(doorbell.Value)).Error;

    /// <summary>doorbell_send: sets flags; answers the flags before.</summary>
    public static GunyahError DoorbellSend(this IHypervisorPort port, CapId doorbell, ulong newFlags, out ulong oldFlags)
    {
        HypercallResult r = port.Call(DoorbellCalls.Send, new(doorbell.Value, newFlags));
        oldFlags = r.X1;
        return r.Error;
    }

    /// <summary>doorbell_receive: clears flags (not none); answers the flags before.</summary>
    public static GunyahError DoorbellReceive(this IHypervisorPort port, CapId doorbell, ulong clearFlags, out ulong oldFlags)
    {
        HypercallResult r = port.Call(DoorbellCalls.Receive, new(doorbell.Value, clearFlags));
        oldFlags = r.X1;
        return r.Error;
    }

    /// <summary>doorbell_reset.</summary>
    public static GunyahError DoorbellReset(this IHypervisorPort port, CapId doorbell) =>
        port.Call(DoorbellCalls.Reset, new(doorbell.Value)).Error;

    /// <summary>doorbell_mask.</summary>
    public static GunyahError DoorbellMask(this IHypervisorPort port, CapId doorbell, ulong enableMask, ulong ackMask) =>
        port.Call(DoorbellCalls.Mask, new(doorbell.Value, enableMask, ackMask)).Error;
}
