using System.Diagnostics.CodeAnalysis;
using Devicetree.Live;

namespace Devicetree.Comparison;

/// <summary>
/// Which nodes of two trees are the same: those of one path; then, wherever they are, those that a label names in both; then
/// those that alone among the rest of their parents' children have their base name.
/// </summary>
internal sealed class NodePairs
{
    private readonly Dictionary<LiveNode, LiveNode> _newOf = [];
    private readonly Dictionary<LiveNode, LiveNode> _oldOf = [];
    private readonly Queue<(LiveNode Old, LiveNode New)> _open = [];

    /// <summary>
    /// Nodes of the old tree without a partner whose parents have one; those that get one later are passed over then.
    /// </summary>
    private readonly Queue<LiveNode> _rest = [];

    /// <summary>The parents of the rest, each once.</summary>
    private readonly Queue<LiveNode> _parents = [];

    /// <summary>The nodes whose labels have been tried.</summary>
    private readonly HashSet<LiveNode> _tried = [];

    private NodePairs()
    {
    }

    /// <summary>Pairs the nodes of two trees.</summary>
    public static NodePairs Of(LiveTree old, LiveTree @new)
    {
        var pairs = new NodePairs();
        if (old.Root is { Deleted: false } && @new.Root is { Deleted: false })
            pairs.Pair(old.Root, @new.Root);
        while (true)
        {
            if (pairs._rest.TryDequeue(out LiveNode? top))
                pairs.PairByLabels(top, @new);
            else if (pairs._parents.TryDequeue(out LiveNode? parent))
                pairs.PairByBaseNames(parent);
            else
                return pairs;
        }
    }

    /// <summary>The node of the new tree that a node of the old one is.</summary>
    public bool TryNew(LiveNode old, [NotNullWhen(true)] out LiveNode? found) => _newOf.TryGetValue(old, out found);

    /// <summary>The node of the old tree that a node of the new one is.</summary>
    public bool TryOld(LiveNode @new, [NotNullWhen(true)] out LiveNode? found) => _oldOf.TryGetValue(@new, out found);

    /// <summary>True for two nodes that are the same.</summary>
    public bool AreSame(LiveNode old, LiveNode @new) => _newOf.TryGetValue(old, out LiveNode? found) && found == @new;

    private void Pair(LiveNode old, LiveNode @new)
    {
        Add(old, @new);
        while (_open.TryDequeue(out (LiveNode Old, LiveNode New) pair))
        {
            bool isComplete = true;
            foreach (LiveNode child in pair.Old.Children.Live)
            {
                if (_newOf.ContainsKey(child))
                    continue;
                if (pair.New.Children.FindLive(child.Name) is LiveNode same && !_oldOf.ContainsKey(same))
                {
                    Add(child, same);
                    continue;
                }
                _rest.Enqueue(child);
                isComplete = false;
            }
            if (!isComplete)
                _parents.Enqueue(pair.Old);
        }
    }

    private void Add(LiveNode old, LiveNode @new)
    {
        _newOf.Add(old, @new);
        _oldOf.Add(@new, old);
        _open.Enqueue((old, @new));
    }

    private void PairByLabels(LiveNode top, LiveTree @new)
    {
        var pending = new Stack<LiveNode>([top]);
        while (pending.TryPop(out LiveNode? node))
        {
            if (!_tried.Add(node))
                continue;
            if (!_newOf.ContainsKey(node) && PartnerByLabel(node, @new) is LiveNode same)
                Pair(node, same);
            foreach (LiveNode child in node.Children.Live)
                pending.Push(child);
        }
    }

    private LiveNode? PartnerByLabel(LiveNode node, LiveTree @new)
    {
        if (!node.HasLabels)
            return null;
        foreach (Label label in node.Labels.Live)
        {
            if (@new.Find(label.Name) is LiveNode same && !_oldOf.ContainsKey(same))
                return same;
        }
        return null;
    }

    private void PairByBaseNames(LiveNode parent)
    {
        Dictionary<string, LiveNode?> rest = OnlyOnes(parent, _newOf);
        Dictionary<string, LiveNode?> others = OnlyOnes(_newOf[parent], _oldOf);
        foreach ((string name, LiveNode? node) in rest)
        {
            if (node is not null && others.GetValueOrDefault(name) is LiveNode same)
                Pair(node, same);
        }
    }

    /// <summary>The children without a partner by base names; null for a base name that several have.</summary>
    private static Dictionary<string, LiveNode?> OnlyOnes(LiveNode parent, Dictionary<LiveNode, LiveNode> partners)
    {
        var found = new Dictionary<string, LiveNode?>(StringComparer.Ordinal);
        foreach (LiveNode child in parent.Children.Live)
        {
            if (partners.ContainsKey(child))
                continue;
            string name = child.BaseName;
            found[name] = found.ContainsKey(name) ? null : child;
        }
        return found;
    }
}
