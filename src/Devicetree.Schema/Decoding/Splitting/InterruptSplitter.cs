namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>
/// Rows of <c>interrupts</c> and <c>interrupt-map</c>. The count of cells comes from the node's own <c>interrupt-parent</c>, else
/// from any ancestor that has said something. This is dt-schema's search, whose rows have to be dt-schema's, and not the one of
/// <c>InterruptParentSearch</c>: it goes down, takes what <c>interrupt-parent</c> names without looking further, and keeps the
/// last count that was said.
/// </summary>
internal sealed class InterruptSplitter(SplitContext context)
{
    private static readonly EntryName _parent = new(PropertyNames.InterruptParent);
    private static readonly EntryName _interruptCells = new(PropertyNames.InterruptCells);
    private static readonly EntryName _addressCells = new(PropertyNames.AddressCells);

    public void Run(DecodedNode root) => Split(root, "", cells: 1);

    private void Split(DecodedNode node, string path, long cells)
    {
        if (node.Find(_parent) is DecodedValue parent && Rows.Single(parent) is [DecodedInteger phandle, ..])
        {
            if (phandle.Value == OverlayNames.Unresolved)
                node.Remove(_parent);
            else if (context.Find(phandle.Value) is DecodedNode controller)
                cells = SplitContext.Cells(controller, _interruptCells);
            else
                context.ReportDangling(path, _parent.Text, phandle.Value);
        }
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (node.Values[i] is DecodedNode child)
            {
                if (node.Contains(_interruptCells))
                    cells = SplitContext.Cells(node, _interruptCells);
                Split(child, $"{path}/{name}", cells);
            }
            else if (name == PropertyNames.Interrupts && Rows.Single(node.Values[i]) is DecodedValue[] interrupts)
            {
                if (cells > 0)
                    node.Replace(i, Rows.Split(interrupts, (int)Math.Min(cells, interrupts.Length)));
                else
                    context.Report(DecodeRules.NoCells, path, name, "cannot be split, the interrupt controller has no cells");
            }
            else if (name == "interrupt-map" && Rows.Single(node.Values[i]) is DecodedValue[] map)
            {
                node.Replace(i, SplitMap(node, map, path));
            }
        }
    }

    /// <summary>All rows are as wide as the controller of the first one says.</summary>
    private DecodedList SplitMap(DecodedNode node, DecodedValue[] map, string path)
    {
        var rows = new RowList(map);
        long own = SplitContext.Cells(node, _addressCells) + SplitContext.Cells(node, _interruptCells);
        if (own >= map.Length)
        {
            context.Report(DecodeRules.Form, path, "interrupt-map", "too short for a phandle");
            return Rows.Split(map, map.Length);
        }
        Int128 phandle = rows.At(own);
        if (phandle == OverlayNames.Unresolved)
        {
            rows.TakeAll(rows.IndexOf(OverlayNames.Unresolved, (int)own + 1) is int next and >= 0 ? next - own : map.Length);
        }
        else if (context.Find(phandle) is DecodedNode controller)
        {
            rows.TakeAll(own + 1 + SplitContext.Cells(controller, _addressCells)
                + SplitContext.Cells(controller, _interruptCells));
        }
        else
        {
            context.ReportDangling(path, "interrupt-map", phandle);
            rows.TakeRest();
        }
        return rows.ToList();
    }
}
