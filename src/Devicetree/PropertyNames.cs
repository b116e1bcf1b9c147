namespace Devicetree;

/// <summary>Names with a meaning of their own in every devicetree (Devicetree Specification 0.4, chapters 2 and 3).</summary>
internal static class PropertyNames
{
    public const string AddressCells = "#address-cells";
    public const string Compatible = "compatible";
    public const string DeviceType = "device_type";
    public const string InterruptCells = "#interrupt-cells";
    public const string InterruptParent = "interrupt-parent";
    public const string Interrupts = "interrupts";
    public const string InterruptsExtended = "interrupts-extended";
    public const string Model = "model";
    public const string Name = "name";
    public const string Phandle = "phandle";
    public const string Ranges = "ranges";
    public const string Reg = "reg";
    public const string SizeCells = "#size-cells";

    /// <summary>The spelling of <c>phandle</c> before ePAPR; Linux and libfdt still read it.</summary>
    public const string LegacyPhandle = "linux,phandle";
}
