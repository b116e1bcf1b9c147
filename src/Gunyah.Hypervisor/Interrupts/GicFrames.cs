namespace Gunyah.Hypervisor.Interrupts;

/// <summary>The register frames of a controller, every register one row (gunyah-abi.md 4.5.5).</summary>
internal static class GicFrames
{
    private const uint Identification = 0x4700_0070;
    private const uint ArchitectureVersion = 0x30;
    private const uint DistributorType = 0x0349_001F;

    /// <summary>GICD.</summary>
    public static GicFrame Distributor { get; } = new(
        new("GICD_CTLR", 0x0000, 4, GicRegister.DistributorControl, GicRead.Value, GicWrite.Value),
        Constant("GICD_TYPER", 0x0004, DistributorType),
        Constant("GICD_IIDR", 0x0008, Identification),
        Constant("GICD_TYPER2", 0x000C, 0),
        new("GICD_STATUSR", 0x0010, 4, GicRegister.Status, GicRead.Value, GicWrite.Value),
        new("GICD_SETSPI_NSR", 0x0040, 4, GicRegister.SetMessage, GicRead.WriteOnly, GicWrite.Value,
            GicWidths.Half | GicWidths.Word),
        new("GICD_CLRSPI_NSR", 0x0048, 4, GicRegister.ClearMessage, GicRead.WriteOnly, GicWrite.Value,
            GicWidths.Half | GicWidths.Word),
        new("GICD_SETSPI_SR", 0x0050, 4, GicRegister.Plain, GicRead.WriteOnly, GicWrite.Ignored),
        new("GICD_CLRSPI_SR", 0x0058, 4, GicRegister.Plain, GicRead.WriteOnly, GicWrite.Ignored),
        Bits("GICD_IGROUPR", 0x0080, 0x80, GicRegister.Group),
        Bits("GICD_ISENABLER", 0x0100, 0x80, GicRegister.SetEnable),
        Bits("GICD_ICENABLER", 0x0180, 0x80, GicRegister.ClearEnable),
        Bits("GICD_ISPENDR", 0x0200, 0x80, GicRegister.SetPending),
        Bits("GICD_ICPENDR", 0x0280, 0x80, GicRegister.ClearPending),
        Bits("GICD_ISACTIVER", 0x0300, 0x80, GicRegister.SetActive),
        Bits("GICD_ICACTIVER", 0x0380, 0x80, GicRegister.ClearActive),
        new("GICD_IPRIORITYR", 0x0400, 0x400, GicRegister.Priority, GicRead.Value, GicWrite.Value,
            GicWidths.Byte | GicWidths.Word),
        Zero("GICD_ITARGETSR", 0x0800, 0x400, GicWidths.Byte | GicWidths.Word),
        Bits("GICD_ICFGR", 0x0C00, 0x100, GicRegister.Configuration),
        Zero("GICD_IGRPMODR", 0x0D00, 0x80),
        Zero("GICD_NSACR", 0x0E00, 0x100),
        new("GICD_SGIR", 0x0F00, 4, GicRegister.Plain, GicRead.WriteOnly, GicWrite.Ignored),
        new("GICD_CPENDSGIR", 0x0F10, 0x10, GicRegister.Plain, GicRead.Reserved, GicWrite.Ignored,
            GicWidths.Byte | GicWidths.Word),
        new("GICD_SPENDSGIR", 0x0F20, 0x10, GicRegister.Plain, GicRead.Reserved, GicWrite.Ignored,
            GicWidths.Byte | GicWidths.Word),
        new("GICD_IROUTER", 0x6100, 0x1F00, GicRegister.Router, GicRead.Reserved, GicWrite.Value,
            GicWidths.Word | GicWidths.Double),
        Constant("GICD_PIDR2", 0xFFE8, ArchitectureVersion));

    /// <summary>The first frame of a GICR.</summary>
    public static GicFrame Redistributor { get; } = new(
        new("GICR_CTLR", 0x0000, 4, GicRegister.Plain, GicRead.Value, GicWrite.Ignored),
        Constant("GICR_IIDR", 0x0004, Identification),
        new("GICR_TYPER", 0x0008, 8, GicRegister.RedistributorType, GicRead.Value, GicWrite.ReadOnly,
            GicWidths.Word | GicWidths.Double),
        new("GICR_STATUSR", 0x0010, 4, GicRegister.Status, GicRead.Value, GicWrite.Value),
        new("GICR_WAKER", 0x0014, 4, GicRegister.Waker, GicRead.Value, GicWrite.Value),
        Lpi("GICR_SETLPIR", 0x0040, GicRead.WriteOnly, GicWrite.Ignored),
        Lpi("GICR_CLRLPIR", 0x0048, GicRead.WriteOnly, GicWrite.Ignored),
        Lpi("GICR_PROPBASER", 0x0070, GicRead.Value, GicWrite.Reserved),
        Lpi("GICR_PENDBASER", 0x0078, GicRead.Value, GicWrite.Reserved),
        Lpi("GICR_INVLPIR", 0x00A0, GicRead.WriteOnly, GicWrite.Reserved),
        Lpi("GICR_INVALLR", 0x00B0, GicRead.WriteOnly, GicWrite.Reserved),
        Constant("GICR_SYNCR", 0x00C0, 0),
        Constant("GICR_PIDR2", 0xFFE8, ArchitectureVersion));

    /// <summary>The second frame of a GICR: the private interrupts.</summary>
    public static GicFrame PrivateInterrupts { get; } = new(
        Bits("GICR_IGROUPR0", 0x0080, 4, GicRegister.Group),
        Bits("GICR_ISENABLER0", 0x0100, 4, GicRegister.SetEnable),
        Bits("GICR_ICENABLER0", 0x0180, 4, GicRegister.ClearEnable),
        Bits("GICR_ISPENDR0", 0x0200, 4, GicRegister.SetPending),
        Bits("GICR_ICPENDR0", 0x0280, 4, GicRegister.ClearPending),
        Bits("GICR_ISACTIVER0", 0x0300, 4, GicRegister.SetActive),
        Bits("GICR_ICACTIVER0", 0x0380, 4, GicRegister.ClearActive),
        new("GICR_IPRIORITYR", 0x0400, 0x20, GicRegister.Priority, GicRead.Value, GicWrite.Value,
            GicWidths.Byte | GicWidths.Word),
        Bits("GICR_ICFGR", 0x0C00, 8, GicRegister.Configuration),
        Zero("GICR_IGRPMODR0", 0x0D00, 4),
        Zero("GICR_NSACR", 0x0E00, 4));

    private static GicRegisterRow Constant(string name, uint offset, uint value) =>
        new(name, offset, 4, GicRegister.Plain, GicRead.Value, GicWrite.ReadOnly, Constant: value);

    private static GicRegisterRow Bits(string name, uint offset, uint size, GicRegister register) =>
        new(name, offset, size, register, GicRead.Value, GicWrite.Value);

    private static GicRegisterRow Zero(string name, uint offset, uint size, GicWidths widths = GicWidths.Word) =>
        new(name, offset, size, GicRegister.Plain, GicRead.Value, GicWrite.Ignored, widths);

    /// <summary>A register of the LPIs that this controller does not have.</summary>
    private static GicRegisterRow Lpi(string name, uint offset, GicRead read, GicWrite write) =>
        new(name, offset, 8, GicRegister.Plain, read, write, GicWidths.Word | GicWidths.Double);
}
