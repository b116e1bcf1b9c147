namespace Devicetree.Checks;

/// <summary>Every fault that a check can find, one row each, with dtc's words and ours.</summary>
internal static class CheckFaults
{
    /// <summary>All of them, by theme.</summary>
    public static IReadOnlyList<CheckFault> All =>
    [
        .. FormFaults.All, .. NameFaults.All, .. ReferenceFaults.All, .. AddressFaults.All, .. BusFaults.All, .. PciFaults.All,
        .. InterruptFaults.All, .. GraphFaults.All, .. ChosenFaults.All,
    ];
}
