namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>
/// Rows of <c>reg</c> and what else is an address, of <c>ranges</c> and <c>dma-ranges</c>. A node without cell counts inherits
/// those of its ancestors, which is the original's rule and not the specification's.
/// </summary>
internal sealed class AddressSplitter(SplitContext context)
{
    private const int DefaultAddressCells = 2;
    private const int DefaultSizeCells = 1;

    private static readonly EntryName _addressCells = new(PropertyNames.AddressCells);
    private static readonly EntryName _sizeCells = new(PropertyNames.SizeCells);

    public void Run(DecodedNode root) => Split(root, "", DefaultAddressCells, DefaultSizeCells);

    private void Split(DecodedNode node, string path, long addressCells, long sizeCells)
    {
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (node.Values[i] is DecodedNode child)
            {
                if (node.Contains(_addressCells))
                    addressCells = SplitContext.Cells(node, _addressCells);
                if (node.Contains(_sizeCells))
                    sizeCells = SplitContext.Cells(node, _sizeCells);
                Split(child, $"{path}/{name}", addressCells, sizeCells);
            }
            else if (context.Types.Find(name).IsAddress)
            {
                SplitBy(node, i, path, addressCells + sizeCells);
            }
            else if (name is "ranges" or "dma-ranges")
            {
                SplitBy(node, i, path, addressCells + SplitContext.Cells(node, _addressCells)
                    + SplitContext.Cells(node, _sizeCells));
            }
        }
    }

    private void SplitBy(DecodedNode node, int index, string path, long width)
    {
        if (Rows.Single(node.Values[index]) is not DecodedValue[] cells)
            return;
        if (width > 0)
            node.Replace(index, Rows.Split(cells, (int)Math.Min(width, cells.Length)));
        else
            context.Report(DecodeRules.NoCells, path, node.Names[index].Text, "cannot be split, the cell counts are 0");
    }
}
