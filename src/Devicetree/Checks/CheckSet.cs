using System.Collections.Frozen;
using Devicetree.Compatibility;

namespace Devicetree.Checks;

/// <summary>The checks of one version of dtc in the order they run, and which of them needs which.</summary>
internal sealed class CheckSet
{
    private static readonly CheckSet Before18 = new(DtcVersion.Debian);
    private static readonly CheckSet Since18 = new(DtcVersion.Newest);

    private readonly FrozenDictionary<string, int> _byName;

    private CheckSet(DtcVersion version)
    {
        Rows = [.. CheckTable.Rows.Where(row => row.ExistsIn(version))];
        _byName = Rows.Select((row, index) => (row, index)).ToFrozenDictionary(pair => pair.row.Name, pair => pair.index, StringComparer.Ordinal);
        Needs = [.. Rows.Select(row => row.NeedsIn(version).Select(name => _byName[name]).ToArray())];
    }

    /// <summary>The checks in dtc's order.</summary>
    public CheckRow[] Rows { get; }

    /// <summary>For each check the positions of those that it needs.</summary>
    public int[][] Needs { get; }

    public static CheckSet Of(DtcVersion version) => version.Has(DtcChanges.Checks18) ? Since18 : Before18;

    /// <summary>The position of a check; -1 when this version has none of that name.</summary>
    public int IndexOf(string name) => _byName.TryGetValue(name, out int index) ? index : -1;
}
