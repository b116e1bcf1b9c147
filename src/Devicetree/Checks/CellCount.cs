using System.Globalization;

namespace Devicetree.Checks;

/// <summary>A cell count of a node for a text: the number, or that the node sets none.</summary>
internal sealed record CellCount(int Cells)
{
    public override string ToString() => Cells == -1 ? "not set" : ((uint)Cells).ToString(CultureInfo.InvariantCulture);
}
