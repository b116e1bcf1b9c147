using Devicetree.References;

namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>Rows of phandles with arguments, by the cell counts of the providers.</summary>
internal sealed class PhandleSplitter(SplitContext context)
{
    /// <summary>A row of a name that is in no table, of plain phandles.</summary>
    private static readonly Arguments _none = new(null, 0);

    /// <summary>
    /// Properties of <see cref="ProviderTable"/> that are in the original's table too, as their names do not say what counts.
    /// </summary>
    private static readonly string[] _counted =
    [
        "assigned-clocks", "assigned-clock-parents", "cooling-device", PropertyNames.InterruptsExtended, "interconnects",
        "mboxes",
        "sound-dai", "msi-parent",
    ];

    /// <summary>Properties whose arguments do not follow from their name, or which are counted differently.</summary>
    private static readonly Dictionary<string, Arguments> _special = MakeSpecial();

    private const string DmaMasters = "dma-masters";

    /// <summary>Phandles up to this may as well be numbers in <c>dma-masters</c>.</summary>
    private const int MostDmaMasters = 4;

    public void Run(DecodedNode root) => Split(root, "");

    private void Split(DecodedNode node, string path)
    {
        for (int i = 0; i < node.Count; i++)
        {
            string name = node.Names[i].Text;
            if (node.Values[i] is DecodedNode child)
                Split(child, $"{path}/{name}");
            else if (SplitProperty(name, node.Values[i], path) is DecodedValue split)
                node.Replace(i, split);
        }
    }

    private DecodedValue? SplitProperty(string name, DecodedValue value, string path)
    {
        PropertyTypeInfo info = context.Types.Find(name);
        if (!info.IsPhandleArray || name != DmaMasters && info.HasFixedDimensions)
            return null;
        if (value is not DecodedList { Count: 1 } || Rows.Single(value) is not DecodedValue[] cells)
            return null;
        var rows = new RowList(cells);
        if (!_special.TryGetValue(name, out Arguments? arguments))
        {
            if (!name.EndsWith('s') || name.Contains("gpio", StringComparison.Ordinal))
                return null;
            arguments = new($"#{name[..^1]}-cells");
            if (Width(rows, 0, arguments, path, name) == 0)
            {
                // Where other types are possible, it may be a number that is meant.
                if (info.Types.Count == 1)
                    ReportDangling(rows, 0, path, name);
                return null;
            }
        }
        Int128 first = rows.Current;
        if (name == DmaMasters && first >= 1 && first <= MostDmaMasters
            && context.Find(first)?.Contains(arguments.Cells!.Value) != true)
            return cells[0];
        while (!rows.AtEnd)
        {
            long width = Width(rows, 0, arguments, path, name);
            if (width == 0)
            {
                // The original leaves out all that follows, and then wonders at how little there is.
                ReportDangling(rows, 0, path, name);
                break;
            }
            if (name == "msi-ranges")
                width++;
            if (name == "interconnects" && width < rows.Left)
            {
                long second = Width(rows, width, arguments, path, name);
                if (second == 0)
                    ReportDangling(rows, width, path, name);
                width += second;
            }
            rows.Take(width);
        }
        return rows.ToList();
    }

    private void ReportDangling(RowList rows, long offset, string path, string name)
    {
        if (rows.At(offset) != OverlayNames.Unresolved)
            context.ReportDangling(path, name, rows.At(offset), isSilent: true);
    }

    /// <summary>The width of the row that begins at an offset from the next number; 0 when nothing says it.</summary>
    private long Width(RowList rows, long offset, Arguments arguments, string path, string name)
    {
        Int128 phandle = rows.At(offset);
        if (phandle == 0 || arguments == _none)
            return 1;
        if (phandle == OverlayNames.Unresolved)
            return UnresolvedWidth(rows, offset, path, name);
        if (context.Find(phandle) is not DecodedNode provider)
            return 0;
        return 1 + (arguments.Cells is EntryName cells ? SplitContext.Cells(provider, cells) : arguments.Fixed);
    }

    /// <summary>
    /// Up to the next cell that a fixup calls a phandle. Resolved phandles between unresolved ones are not noticed.
    /// </summary>
    private long UnresolvedWidth(RowList rows, long offset, string path, string name)
    {
        long from = rows.Position + offset;
        if (!IsPhandle(path, name, from))
            return 0;
        long width = 1;
        while (offset + width < rows.Left && !IsPhandle(path, name, from + width))
            width++;
        return width;
    }

    private bool IsPhandle(string path, string name, long index) =>
        context.PhandlePlaces.Contains($"{path}:{name}:{index * sizeof(uint)}");

    private static Dictionary<string, Arguments> MakeSpecial()
    {
        var special = new Dictionary<string, Arguments>(StringComparer.Ordinal)
        {
            ["msi-ranges"] = new(PropertyNames.InterruptCells),
            [DmaMasters] = new("#dma-cells"),
            ["gpio-ranges"] = new(null, 3),
            ["memory-region"] = _none,
        };
        foreach (string name in _counted)
            special.Add(name, new(ProviderTable.Of(name).Cells));
        return special;
    }

    /// <summary>What follows a phandle.</summary>
    private sealed class Arguments(string? cells, int @fixed = 0)
    {
        /// <summary>The provider's property that counts them.</summary>
        public EntryName? Cells { get; } = cells is null ? null : new EntryName(cells);

        /// <summary>How many there are when no property says it.</summary>
        public int Fixed { get; } = @fixed;
    }
}
