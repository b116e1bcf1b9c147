namespace Devicetree.Checks;

/// <summary>
/// The properties that checks look for by name. At most 63, because a node keeps the set of those it has in 64 bits.
/// </summary>
internal enum KnownProperty : byte
{
    /// <summary>Any other property.</summary>
    Other,
    AddressCells,
    SizeCells,
    Reg,
    Ranges,
    DmaRanges,
    Compatible,
    DeviceType,
    Model,
    Status,
    Label,
    Name,
    Phandle,
    LegacyPhandle,
    BusRange,
    Interrupts,
    InterruptParent,
    InterruptController,
    InterruptMap,
    InterruptMapMask,
    RemoteEndpoint,
    GpioHog,
    SpiSlave,
    BootArguments,
    StdoutPath,
    LegacyStdoutPath,
    InterruptCells,
    InterruptsExtended,
    Clocks,
    ClockCells,
    CoolingDevice,
    CoolingCells,
    Dmas,
    DmaCells,
    HwLocks,
    HwLockCells,
    IoChannels,
    IoChannelCells,
    Iommus,
    IommuCells,
    Mboxes,
    MboxCells,
    MsiParent,
    MsiCells,
    MuxControls,
    MuxControlCells,
    Phys,
    PhyCells,
    PowerDomains,
    PowerDomainCells,
    Pwms,
    PwmCells,
    Resets,
    ResetCells,
    SoundDai,
    SoundDaiCells,
    ThermalSensors,
    ThermalSensorCells,
    GpioCells,
    Count,
}

/// <summary>The names of the known properties.</summary>
internal static class KnownProperties
{
    private static readonly string[] _names = NameAll();

    /// <summary>Not frozen: to freeze it takes longer than to check a small tree.</summary>
    private static readonly Dictionary<string, KnownProperty> _byName = IndexAll();

    public static string NameOf(KnownProperty property) => _names[(int)property];

    public static KnownProperty Find(string name) =>
        _byName.TryGetValue(name, out KnownProperty property) ? property : KnownProperty.Other;

    private static Dictionary<string, KnownProperty> IndexAll()
    {
        var index = new Dictionary<string, KnownProperty>(_names.Length, StringComparer.Ordinal);
        for (int i = 1; i < _names.Length; i++)
            index.Add(_names[i], (KnownProperty)i);
        return index;
    }

    private static string[] NameAll()
    {
        var names = new string[(int)KnownProperty.Count];
        names[(int)KnownProperty.Other] = "";
        names[(int)KnownProperty.AddressCells] = PropertyNames.AddressCells;
        names[(int)KnownProperty.SizeCells] = PropertyNames.SizeCells;
        names[(int)KnownProperty.Reg] = PropertyNames.Reg;
        names[(int)KnownProperty.Ranges] = PropertyNames.Ranges;
        names[(int)KnownProperty.DmaRanges] = "dma-ranges";
        names[(int)KnownProperty.Compatible] = PropertyNames.Compatible;
        names[(int)KnownProperty.DeviceType] = PropertyNames.DeviceType;
        names[(int)KnownProperty.Model] = PropertyNames.Model;
        names[(int)KnownProperty.Status] = "status";
        names[(int)KnownProperty.Label] = "label";
        names[(int)KnownProperty.Name] = PropertyNames.Name;
        names[(int)KnownProperty.Phandle] = PropertyNames.Phandle;
        names[(int)KnownProperty.LegacyPhandle] = PropertyNames.LegacyPhandle;
        names[(int)KnownProperty.BusRange] = "bus-range";
        names[(int)KnownProperty.Interrupts] = PropertyNames.Interrupts;
        names[(int)KnownProperty.InterruptParent] = PropertyNames.InterruptParent;
        names[(int)KnownProperty.InterruptController] = "interrupt-controller";
        names[(int)KnownProperty.InterruptMap] = "interrupt-map";
        names[(int)KnownProperty.InterruptMapMask] = "interrupt-map-mask";
        names[(int)KnownProperty.RemoteEndpoint] = "remote-endpoint";
        names[(int)KnownProperty.GpioHog] = "gpio-hog";
        names[(int)KnownProperty.SpiSlave] = "spi-slave";
        names[(int)KnownProperty.BootArguments] = "bootargs";
        names[(int)KnownProperty.StdoutPath] = "stdout-path";
        names[(int)KnownProperty.LegacyStdoutPath] = "linux,stdout-path";
        names[(int)KnownProperty.InterruptCells] = PropertyNames.InterruptCells;
        names[(int)KnownProperty.InterruptsExtended] = PropertyNames.InterruptsExtended;
        names[(int)KnownProperty.Clocks] = "clocks";
        names[(int)KnownProperty.ClockCells] = "#clock-cells";
        names[(int)KnownProperty.CoolingDevice] = "cooling-device";
        names[(int)KnownProperty.CoolingCells] = "#cooling-cells";
        names[(int)KnownProperty.Dmas] = "dmas";
        names[(int)KnownProperty.DmaCells] = "#dma-cells";
        names[(int)KnownProperty.HwLocks] = "hwlocks";
        names[(int)KnownProperty.HwLockCells] = "#hwlock-cells";
        names[(int)KnownProperty.IoChannels] = "io-channels";
        names[(int)KnownProperty.IoChannelCells] = "#io-channel-cells";
        names[(int)KnownProperty.Iommus] = "iommus";
        names[(int)KnownProperty.IommuCells] = "#iommu-cells";
        names[(int)KnownProperty.Mboxes] = "mboxes";
        names[(int)KnownProperty.MboxCells] = "#mbox-cells";
        names[(int)KnownProperty.MsiParent] = "msi-parent";
        names[(int)KnownProperty.MsiCells] = "#msi-cells";
        names[(int)KnownProperty.MuxControls] = "mux-controls";
        names[(int)KnownProperty.MuxControlCells] = "#mux-control-cells";
        names[(int)KnownProperty.Phys] = "phys";
        names[(int)KnownProperty.PhyCells] = "#phy-cells";
        names[(int)KnownProperty.PowerDomains] = "power-domains";
        names[(int)KnownProperty.PowerDomainCells] = "#power-domain-cells";
        names[(int)KnownProperty.Pwms] = "pwms";
        names[(int)KnownProperty.PwmCells] = "#pwm-cells";
        names[(int)KnownProperty.Resets] = "resets";
        names[(int)KnownProperty.ResetCells] = "#reset-cells";
        names[(int)KnownProperty.SoundDai] = "sound-dai";
        names[(int)KnownProperty.SoundDaiCells] = "#sound-dai-cells";
        names[(int)KnownProperty.ThermalSensors] = "thermal-sensors";
        names[(int)KnownProperty.ThermalSensorCells] = "#thermal-sensor-cells";
        names[(int)KnownProperty.GpioCells] = "#gpio-cells";
        return names;
    }
}
