namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>
/// Splits what is still one row by the cell counts of the tree, property by property as the original's steps do it (devicetree.md
/// 5.5). Each step walks the whole tree before the next begins. Where the original stops or never ends, the row stays whole and a
/// problem is reported.
/// </summary>
internal sealed class RowSplitter(SplitContext context)
{
    private static readonly EntryName _gpioHog = new("gpio-hog");
    private static readonly EntryName _gpioCells = new("#gpio-cells");
    private static readonly EntryName _iommuCells = new("#iommu-cells");

    /// <summary>Splits the rows of a tree.</summary>
    public void Run(DecodedNode root)
    {
        Gpios(root, "");
        new InterruptSplitter(context).Run(root);
        new AddressSplitter(context).Run(root);
        IommuMaps(root, "");
        new PhandleSplitter(context).Run(root);
    }

    private void Gpios(DecodedNode node, string path)
    {
        if (node.Contains(_gpioHog))
            return;
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (node.Values[i] is DecodedNode child)
                Gpios(child, $"{path}/{name}");
            else if (IsGpio(name) && Rows.Single(node.Values[i]) is DecodedValue[] cells)
                node.Replace(i, SplitGpios(cells, path, name));
        }
    }

    private static bool IsGpio(string name) =>
        (name is "gpio" or "gpios" || name.EndsWith("-gpios", StringComparison.Ordinal)
        || name.EndsWith("-gpio", StringComparison.Ordinal))
        && !name.EndsWith(",nr-gpios", StringComparison.Ordinal);

    private DecodedList SplitGpios(DecodedValue[] cells, string path, string name)
    {
        var rows = new RowList(cells);
        while (!rows.AtEnd)
        {
            Int128 phandle = rows.Current;
            if (phandle == 0)
                rows.Take(1);
            else if (phandle == OverlayNames.Unresolved)
                rows.Take(rows.DistanceTo(OverlayNames.Unresolved, last: cells.Length - 1));
            else if (context.Find(phandle) is DecodedNode provider)
                rows.Take(1 + SplitContext.Cells(provider, _gpioCells));
            else
                TakeDangling(rows, phandle, path, name);
        }
        return rows.ToList();
    }

    private void TakeDangling(RowList rows, Int128 phandle, string path, string name)
    {
        context.ReportDangling(path, name, phandle);
        rows.TakeRest();
    }

    private void IommuMaps(DecodedNode node, string path)
    {
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (node.Values[i] is DecodedNode child)
                IommuMaps(child, $"{path}/{name}");
            else if (name == "iommu-map" && Rows.Single(node.Values[i]) is DecodedValue[] cells)
                node.Replace(i, SplitIommuMap(node, cells, path));
        }
    }

    private DecodedList SplitIommuMap(DecodedNode node, DecodedValue[] cells, string path)
    {
        var rows = new RowList(cells);
        long own = Math.Max(SplitContext.Cells(node, _iommuCells), 1);
        if (own >= cells.Length)
        {
            context.Report(DecodeRules.Form, path, "iommu-map", "too short for a phandle");
            return Rows.Split(cells, cells.Length);
        }
        Int128 phandle = rows.At(own);
        if (phandle == OverlayNames.Unresolved)
        {
            // From one phandle to the next: all rows are taken to be alike.
            rows.TakeAll(rows.IndexOf(OverlayNames.Unresolved, (int)own + 1) is int next and >= 0 ? next - own : cells.Length);
            return rows.ToList();
        }
        if (context.Find(phandle) is DecodedNode provider)
            rows.TakeAll(own + 1 + SplitContext.Cells(provider, _iommuCells) + 1);
        else
            TakeDangling(rows, phandle, path, "iommu-map");
        return rows.ToList();
    }
}
