namespace Devicetree.Checks;

/// <summary>Values that do not have the form which their property asks for.</summary>
internal static class FormFaults
{
    private const string WriteCells = "Write cells between '<' and '>'.";

    public static readonly CheckFault OneCell = new(
        "not-one-cell", "property is not a single cell",
        "the value has {0} bytes, but one cell of 4 bytes is expected");

    public static readonly CheckFault OneString = new(
        "not-one-string", "property is not a string",
        "the value is not a single string");

    public static readonly CheckFault StringList = new(
        "not-a-string-list", "property is not a string list",
        "the value is not a list of strings: its last byte is not zero");

    /// <summary>0: the bytes of the value, 1: those of a cell.</summary>
    public static readonly CheckFault WholeCells = new(
        "not-whole-cells", "property size ({0}) is invalid, expected multiple of {1}",
        "the value has {0} bytes, which is not a whole number of cells of {1} bytes", WriteCells);

    /// <summary>As <see cref="WholeCells"/>, for which dtc has another text in <c>interrupts</c>.</summary>
    public static readonly CheckFault WholeInterruptCells = WholeCells with
    {
        Name = "interrupts-not-whole-cells",
        DtcText = "size ({0}) is invalid, expected multiple of {1}",
    };

    public static readonly CheckFault Always = new(
        "always", "always_fail check", "this check fails for every node");

    public static IReadOnlyList<CheckFault> All => [OneCell, OneString, StringList, WholeCells, WholeInterruptCells, Always];
}
