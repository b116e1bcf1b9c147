using System.Collections.Immutable;
using static Gunyah.Abi.GunyahError;
using static Gunyah.Abi.Hypercalls.HypercallInputs;

namespace Gunyah.Abi.Hypercalls;

/// <summary>Hardware interrupts (gunyah-abi.md 4.5.3). They are made at boot.</summary>
public static class HardwareInterruptCalls
{
    private static readonly HypercallRows _rows = new();

#pragma warning disable CS1591 // Each row says what it is; a second text here could only disagree.
    public static HypercallRow BindVirq { get; } = _rows.AddBinding(
        0x26, "hwirq_bind_virq", Cap("hwirq", HardwareInterruptRights.BindVic), Retry);

    public static HypercallRow UnbindVirq { get; } = _rows.Add(
        0x27, "hwirq_unbind_virq", [Cap("hwirq", HardwareInterruptRights.BindVic), Zero], [], VirqNotBound);
#pragma warning restore CS1591

    internal static ImmutableArray<HypercallRow> Rows => _rows.All;
}

public static partial class HypervisorCalls
{
    /// <summary>hwirq_bind_virq: forwards a line of the board to a shared interrupt of a controller.</summary>
    public static GunyahError HardwareInterruptBind(this IHypervisorPort port, CapId interrupt, CapId vic, uint virq) =>
        port.Call(HardwareInterruptCalls.BindVirq, new(interrupt.Value, vic.Value, virq)).Error;

    /// <summary>hwirq_unbind_virq.</summary>
    public static GunyahError HardwareInterruptUnbind(this IHypervisorPort port, CapId interrupt) =>
        port.Call(HardwareInterruptCalls.UnbindVirq, new(interrupt.Value)).Error;
}
