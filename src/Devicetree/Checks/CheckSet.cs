using Devicetree.Compatibility;

namespace Devicetree.Checks;

/// <summary>The checks of one version of dtc in the order they run, and which of them needs which.</summary>
internal sealed class CheckSet
{
    // One a release, made when asked for: a process that compiles one file uses one of them, once. So nothing is frozen here.
    private static readonly CheckSet?[] _made = new CheckSet?[DtcVersion.Known.Count];
    private static CheckSet? _withOwn;

    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    private CheckSet(DtcVersion version, IEnumerable<CheckRow> rows)
    {
        Rows = [.. rows.Where(row => row.ExistsIn(version))];
        for (int i = 0; i < Rows.Length; i++)
            _byName.Add(Rows[i].Name, i);
        Needs = [.. Rows.Select(row => row.NeedsIn(version).Select(name => _byName[name]).ToArray())];
    }

    /// <summary>The checks in dtc's order.</summary>
    public CheckRow[] Rows { get; }

    /// <summary>For each check the positions of those that it needs.</summary>
    public int[][] Needs { get; }

    public static CheckSet Of(DtcVersion version)
    {
        // A version that was never released, which only callers of the library can ask for, has a set of its own.
        int known = DtcVersion.IndexOf(version);
        return known < 0 ? new(version, CheckTable.Rows) : _made[known] ??= new(version, CheckTable.Rows);
    }

    /// <summary>The checks of the newest version with our own.</summary>
    public static CheckSet WithOwn() => _withOwn ??= new(DtcVersion.Newest, [.. CheckTable.Rows, .. CheckTable.OwnRows]);

    /// <summary>The position of a check; -1 when this version has none of that name.</summary>
    public int IndexOf(string name) => _byName.TryGetValue(name, out int index) ? index : -1;
}
