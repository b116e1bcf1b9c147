using System.Text;

namespace Devicetree.Flattened;

/// <summary>The way from the root to a node.</summary>
public readonly ref partial struct FdtView
{
    /// <summary>The path of a node for people: components as they stand, <c>/</c> for the root.</summary>
    /// <param name="node">The node's offset.</param>
    public string PathOf(int node)
    {
        var ancestors = new List<int>();
        if (CollectAncestors(node, ancestors) < 0)
            return $"(node at 0x{node:x})";
        var path = new StringBuilder();
        for (int i = 1; i < ancestors.Count; i++)
            path.Append('/').Append(Encoding.Latin1.GetString(NodeNameUnchecked(ancestors[i])));
        return path.Length == 0 ? "/" : path.ToString();
    }

    /// <summary>Lists the offsets of all nodes from the root to a node, both included.</summary>
    /// <returns>0; BADSTRUCTURE when no walk from the root comes to the node.</returns>
    internal int CollectAncestors(int node, List<int> ancestors)
    {
        ancestors.Clear();
        int at = 0;
        int depth = 0;
        while (at >= 0 && at <= node && depth >= 0)
        {
            ancestors.RemoveRange(depth, ancestors.Count - depth);
            ancestors.Add(at);
            if (at == node)
                return 0;
            at = NextNode(at, ref depth);
        }
        return -(int)FdtErrorKind.BadStructure;
    }
}
