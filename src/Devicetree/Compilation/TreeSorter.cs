using Devicetree.Live;

namespace Devicetree.Compilation;

/// <summary>Sorts a tree as dtc's <c>-s</c> does (devicetree.md 1.12).</summary>
internal static class TreeSorter
{
    public static void Sort(LiveTree tree)
    {
        tree.SortReservations();
        if (tree.Root is not LiveNode root)
            return;
        var pending = new Stack<LiveNode>([root]);
        while (pending.TryPop(out LiveNode? node))
        {
            node.Properties.Sort();
            node.Children.Sort();
            foreach (LiveNode child in node.Children.All)
                pending.Push(child);
        }
    }
}
