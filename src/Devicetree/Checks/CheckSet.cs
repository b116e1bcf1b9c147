using Devicetree.Compatibility;

namespace Devicetree.Checks;

/// <summary>The checks of one version of dtc in the order they run, and which of them needs which.</summary>
internal sealed class CheckSet
{
    // One a release, made when asked for: a process that compiles one file uses one of them, once. So nothing is frozen here.
    private static readonly CheckSet?[] _made = new CheckSet?[DtcVersion.Known.Count];
    private static CheckSet? _withOwn;

    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    private CheckSet(DtcVersion version, CheckRow[] rows)
    {
        var known = new CheckRow[rows.Length];
        foreach (CheckRow row in rows)
        {
            if (row.ExistsIn(version))
            {
                known[_byName.Count] = row;
                _byName.Add(row.Name, _byName.Count);
            }
        }
        Rows = known[.._byName.Count];
        Needs = new int[Rows.Length][];
        for (int i = 0; i < Rows.Length; i++)
            Needs[i] = Positions(Rows[i].NeedsIn(version));
    }

    // Loops, here and below, and no queries: they would cost a short run of the compiler more than the checks themselves.
    private int[] Positions(ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
            return [];
        var positions = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
            positions[i] = _byName[names[i]];
        return positions;
    }

    /// <summary>The checks in dtc's order.</summary>
    public CheckRow[] Rows { get; }

    /// <summary>For each check the positions of those that it needs.</summary>
    public int[][] Needs { get; }

    public static CheckSet Of(DtcVersion version)
    {
        // A version that was never released, which only callers of the library can ask for, has a set of its own.
        int known = DtcVersion.IndexOf(version);
        return known < 0 ? new(version, CheckTable.AllRows) : _made[known] ??= new(version, CheckTable.AllRows);
    }

    /// <summary>The checks of the newest version with our own.</summary>
    public static CheckSet WithOwn() => _withOwn ??= new(DtcVersion.Newest, [.. CheckTable.AllRows, .. CheckTable.OwnRows]);

    /// <summary>How each counts when nothing else is said.</summary>
    public CheckLevels[] DefaultLevels()
    {
        var levels = new CheckLevels[Rows.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = Rows[i].Default;
        return levels;
    }

    /// <summary>The position of a check; -1 when this version has none of that name.</summary>
    public int IndexOf(string name) => _byName.TryGetValue(name, out int index) ? index : -1;
}
