namespace Devicetree.References;

/// <summary>
/// The properties that hold phandles with arguments: those of the Devicetree Specification, of the kernel's common bindings, and
/// of vendors whose boards use them often. Checks, restored references and the decoding of bindings take the counting property
/// from here; which of the rows they know is theirs to say.
/// </summary>
internal static class ProviderTable
{
    /// <summary>Every row.</summary>
    public static ProviderRow[] Rows { get; } =
    [
        new("assigned-clock-parents", "#clock-cells"),
        new("assigned-clocks", "#clock-cells"),
        new("clocks", "#clock-cells"),
        new("cooling-device", "#cooling-cells"),
        new("dmas", "#dma-cells"),
        new("gpio", "#gpio-cells"),
        new("gpios", "#gpio-cells"),
        new("hwlocks", "#hwlock-cells"),
        new("interconnects", "#interconnect-cells"),
        new(PropertyNames.InterruptsExtended, PropertyNames.InterruptCells),
        new("io-channels", "#io-channel-cells"),
        new("iommus", "#iommu-cells"),
        new("mboxes", "#mbox-cells"),
        new("msi-parent", "#msi-cells", Otherwise: 0),
        new("mux-controls", "#mux-control-cells"),
        new("nvmem-cells", "#nvmem-cell-cells", Otherwise: 0),
        new("performance-domains", "#performance-domain-cells"),
        new("phys", "#phy-cells"),
        new("power-domains", "#power-domain-cells"),
        new("pwms", "#pwm-cells"),
        new("qcom,freq-domain", "#freq-domain-cells"),
        new("qcom,smem-states", "#qcom,smem-state-cells"),
        new("resets", "#reset-cells"),
        new("sound-dai", "#sound-dai-cells"),
        new("thermal-sensors", "#thermal-sensor-cells"),
    ];

    /// <summary>The row of a property.</summary>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    public static ProviderRow Of(string property)
    {
        foreach (ProviderRow row in Rows)
        {
            if (row.Property == property)
                return row;
        }
        throw new KeyNotFoundException(property);
    }
}
