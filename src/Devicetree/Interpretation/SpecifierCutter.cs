namespace Devicetree.Interpretation;

/// <summary>How cutting a value into interrupt specifiers ended.</summary>
internal enum CutOutcome
{
    /// <summary>All of the value is specifiers.</summary>
    Whole,

    /// <summary>The value is no whole cells.</summary>
    NotCells,

    /// <summary>A cell is to be a phandle and is none's.</summary>
    NoSuchPhandle,

    /// <summary>A controller does not say how many cells it takes.</summary>
    NoCellCount,

    /// <summary>The value ends inside a specifier, or has none.</summary>
    Cut,
}

/// <summary>
/// Cuts the values of <c>interrupts</c> and <c>interrupts-extended</c> into specifiers (Devicetree Specification 0.4, section
/// 2.4). What is good before the first fault is found in any case; a caller who is strict asks for the outcome.
/// </summary>
/// <param name="ByPhandle">Finds nodes.</param>
/// <param name="CellsOf">How many cells a controller takes; null when it does not say so.</param>
internal readonly record struct SpecifierCutter(Func<uint, Node?> ByPhandle, Func<Node, int?> CellsOf)
{
    /// <summary>Cuts the specifiers of one controller.</summary>
    public CutOutcome Plain(Property property, Node controller, List<(Node Controller, ReadOnlyMemory<uint> Cells)> found)
    {
        if (CellsOf(controller) is not (int and > 0 and int size))
            return CutOutcome.NoCellCount;
        if (!property.TryGetCells(out uint[]? cells))
            return CutOutcome.NotCells;
        int at = 0;
        for (; size <= cells.Length - at; at += size)
            found.Add((controller, cells.AsMemory(at, size)));
        return cells.Length == 0 || at < cells.Length ? CutOutcome.Cut : CutOutcome.Whole;
    }

    /// <summary>Cuts specifiers that each begin with their controller's phandle.</summary>
    /// <param name="property">The property.</param>
    /// <param name="found">Gets the specifiers.</param>
    /// <param name="controller">The controller of the last one, or of the one that is not whole.</param>
    /// <param name="phandle">The last phandle.</param>
    public CutOutcome Extended(
        Property property, List<(Node Controller, ReadOnlyMemory<uint> Cells)> found, out Node? controller, out uint phandle)
    {
        controller = null;
        phandle = 0;
        if (!property.TryGetCells(out uint[]? cells))
            return CutOutcome.NotCells;
        for (int at = 0; at < cells.Length;)
        {
            phandle = cells[at++];
            controller = ByPhandle(phandle);
            if (controller is null)
                return CutOutcome.NoSuchPhandle;
            if (CellsOf(controller) is not int size)
                return CutOutcome.NoCellCount;
            if (size > cells.Length - at)
                return CutOutcome.Cut;
            found.Add((controller, cells.AsMemory(at, size)));
            at += size;
        }
        return CutOutcome.Whole;
    }
}
