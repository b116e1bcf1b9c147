namespace Devicetree.Checks;

/// <summary>Phandles, references, and the arguments behind them.</summary>
internal static class ReferenceFaults
{
    private const string BeginWithReference =
        "Begin each entry with a reference, '&label', and give the one before it as many cells as its node asks for.";

    private const string PhandleOnlyIfNeeded = "Remove it: nodes that are referred to get one.";

    /// <summary>0: the property, 1: its name, 2: the bytes of its value.</summary>
    public static readonly CheckFault PhandleLength = new(
        "phandle-length", "bad length ({2}) {1} property", CheckRules.BadPhandle)
    {
        Text = "{0} has {2} bytes, but a phandle is one cell of 4 bytes",
        Remedy = PhandleOnlyIfNeeded,
    };

    public static readonly CheckFault PhandleOfOther = new(
        "phandle-of-other", "{1} is a reference to another node", CheckRules.BadPhandle)
    {
        Text = "{0} refers to another node, but a phandle is the node's own",
        Remedy = PhandleOnlyIfNeeded,
    };

    public static readonly CheckFault PhandleValue = new(
        "phandle-value", "bad value (0x{2:x}) in {1} property", CheckRules.BadPhandle)
    {
        Text = "{0} is 0x{2:x}, which is not a valid phandle",
        Remedy = "Remove it, or write a number other than 0 and 0xffffffff.",
    };

    public static readonly CheckFault PhandlesDiffer = new(
        "phandles-differ", "mismatching 'phandle' and 'linux,phandle' properties", CheckRules.BadPhandle)
    {
        Text = "{0} and 'linux,phandle' of the same node differ",
        Remedy = "Remove 'linux,phandle', which is obsolete, or give both the same value.",
    };

    /// <summary>0: the phandle, 1: the node, 2: the node that has it.</summary>
    public static readonly CheckFault DuplicatePhandle = new(
        "duplicate-phandle", "duplicated phandle 0x{0:x} (seen before at {2})", CheckRules.DuplicatePhandle);

    /// <summary>
    /// 0: the property, 1: the reference as it is written, 2: what to do, 3: what it refers to. dtc's text has a line end of its
    /// own, so that an empty line follows.
    /// </summary>
    public static readonly CheckFault UnknownReference = new(
        "unknown-reference", "Reference to non-existent node or label \"{3}\"\n", CheckRules.UnknownReference)
    {
        Remedy = "{2}",
    };

    public static readonly CheckFault NoReference = new(
        "no-reference", "cell {0} is not a phandle reference",
        "an entry begins at cell {0}, but a number stands there instead of a reference", BeginWithReference);

    /// <summary>0: the cell, 1: what stands there.</summary>
    public static readonly CheckFault NoNode = new(
        "reference-to-no-node", "Could not get phandle node for (cell {0})",
        "an entry begins at cell {0}, but 0x{1:x} there is not the phandle of any node", BeginWithReference);

    /// <summary>
    /// 0: the property that says the number of arguments, 1: the node referred to, 2: the property that refers to it, 3: the
    /// cell.
    /// </summary>
    public static readonly CheckFault NoProvider = new(
        "reference-to-no-provider", "Missing property '{0}' in node {1} or bad phandle (referred from {2}[{3}])",
        "cell {3} refers to {1}, which has no '{0}'",
        "Add '{0}' there, or correct the reference and the number of cells before it.");

    /// <summary>
    /// 0: the bytes of the list, 1: the number of arguments, 2: the cell of the reference, 3: the cells after it, 4: the property
    /// that says the number, 5: its node.
    /// </summary>
    public static readonly CheckFault ArgumentsMissing = new(
        "arguments-missing", "property size ({0}) too small for cell size {1}",
        "the value has {3} cells after the reference in cell {2}, but '{4}' of {5} asks for {1}");

    /// <summary>
    /// As <see cref="ArgumentsMissing"/>, of versions that count with signs
    /// (<see cref="Compatibility.DtcChanges.ArgumentOverflow"/>); 6: the number so.
    /// </summary>
    public static readonly CheckFault ArgumentsMissingSigned = ArgumentsMissing with
    {
        Name = "arguments-missing-signed",
        DtcText = "property size ({0}) too small for cell size {6}",
    };

    public static readonly CheckFault SingularGpio = new(
        "singular-gpio", "'[*-]gpio' is deprecated, use '[*-]gpios' instead",
        "names that end in 'gpio' are deprecated");

    public static IReadOnlyList<CheckFault> All =>
    [
        PhandleLength, PhandleOfOther, PhandleValue, PhandlesDiffer, DuplicatePhandle, UnknownReference, NoReference, NoNode,
        NoProvider, ArgumentsMissing, ArgumentsMissingSigned, SingularGpio,
    ];
}
