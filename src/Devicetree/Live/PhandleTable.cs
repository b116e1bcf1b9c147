namespace Devicetree.Live;

/// <summary>
/// Knows which phandles are taken and gives out the others, lowest first, in the order nodes are referred to (devicetree.md
/// 1.10).
/// </summary>
internal sealed class PhandleTable(LiveTree tree, PhandleFormat format)
{
    /// <summary>Phandles below are looked up in an array; in real trees that is all of them.</summary>
    private const int Dense = 1 << 16;

    private LiveNode?[] _small = [];
    private Dictionary<uint, LiveNode>? _large;
    private uint _next = 1;

    /// <summary>True for what can be a phandle: neither 0 nor 0xffffffff.</summary>
    public static bool IsValid(uint phandle) => phandle is not (0 or uint.MaxValue);

    /// <summary>The live node that has a phandle.</summary>
    public LiveNode? Find(uint phandle)
    {
        LiveNode? node = phandle < (uint)_small.Length ? _small[phandle] : _large?.GetValueOrDefault(phandle);
        return node is { Deleted: false } ? node : null;
    }

    /// <summary>Takes a phandle for a node. The caller has asked whether it is free.</summary>
    public void Take(uint phandle, LiveNode node)
    {
        node.Phandle = phandle;
        if (phandle >= Dense)
        {
            (_large ??= [])[phandle] = node;
            return;
        }
        if (phandle >= _small.Length)
            Array.Resize(ref _small, Math.Min(Dense, Math.Max(64, 2 * (int)phandle)));
        _small[phandle] = node;
    }

    /// <summary>The phandle of a node, given to it when it has none: as its last property.</summary>
    public uint PhandleOf(LiveNode node)
    {
        if (node.Phandle != 0)
            return node.Phandle;
        // What an omitted node had is free again.
        while (Find(_next) is not null)
            _next++;
        Take(_next, node);
        // "phandle = <&self>" is there already and gets its value when its own reference is resolved.
        if ((format & PhandleFormat.Legacy) != 0)
            AddProperty(node, PropertyNames.LegacyPhandle);
        if ((format & PhandleFormat.Epapr) != 0)
            AddProperty(node, PropertyNames.Phandle);
        return node.Phandle;
    }

    private void AddProperty(LiveNode node, string name)
    {
        if (node.Properties.FindLive(name) is not null)
            return;
        var value = new LiveValue(tree.Budget);
        value.AddMarker(MarkerKind.Cells, "", default);
        value.AddNumber(node.Phandle, 32);
        node.Properties.Add(new(name, value, default));
    }
}
