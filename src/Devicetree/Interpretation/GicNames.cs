namespace Devicetree.Interpretation;

/// <summary>
/// The <c>compatible</c> strings of Arm's Generic Interrupt Controllers of version 1 to 3, whose interrupts are a kind, a number
/// and a trigger. Linux 6.1: <c>IRQCHIP_DECLARE</c> in <c>drivers/irqchip/irq-gic*.c</c>, and the bindings <c>arm,gic.yaml</c>
/// and
/// <c>arm,gic-v3.yaml</c>.
/// </summary>
internal static class GicNames
{
    private static readonly string[] _ofSystem =
    [
        "arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic", "arm,cortex-a7-gic", "arm,cortex-a5-gic",
        "arm,eb11mp-gic", "arm,tc11mp-gic", "arm,arm11mp-gic", "arm,arm1176jzf-devchip-gic", "arm,pl390",
        "brcm,brahma-b15-gic", "qcom,msm-qgic2", "qcom,msm-8660-qgic",
    ];

    /// <summary>The controller of Tegra's audio processors: a GIC, but never that of a whole system.</summary>
    private const string Audio = "nvidia,tegra210-agic";

    /// <summary>The strings by which Linux knows a GIC as the controller of a whole system.</summary>
    public static IReadOnlyList<string> OfSystem => _ofSystem;

    /// <summary>Whether a string is that of any GIC.</summary>
    public static bool Contains(string compatible) => compatible == Audio || Array.IndexOf(_ofSystem, compatible) >= 0;
}
