using System.Globalization;
using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>Tells a wrong unit address by the node's <c>reg</c>.</summary>
internal static class UnitAddress
{
    /// <summary>
    /// The name that a node should have by the first number of its <c>reg</c>; null when it has that, or has no such number.
    /// </summary>
    public static string? Meant(DecodedNode node)
    {
        if (node[PropertyNames.Reg] is not DecodedList { Count: > 0 } rows || rows.Items[0] is not DecodedList { Count: > 0 } row
            || row.Items[0] is not DecodedInteger address)
        {
            return null;
        }
        string unit = address.Value.ToString("x", CultureInfo.InvariantCulture);
        // An address of two cells is written as one number; its upper half is mostly 0.
        if (address.Value == 0 && row.Count > 2 && row.Items[1] is DecodedInteger lower)
            unit = lower.Value.ToString("x", CultureInfo.InvariantCulture);
        string meant = $"{NameRules.BaseOf(node.Name)}@{unit}";
        return meant == node.Name || node.Name.Contains(',', StringComparison.Ordinal) ? null : meant;
    }
}
