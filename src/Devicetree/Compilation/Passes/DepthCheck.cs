using Devicetree.Checks;
using Devicetree.Live;
using Devicetree.Source;

namespace Devicetree.Compilation.Passes;

/// <summary>Refuses a tree that is too deep. One body cannot be, but a body merged into a deep node can make it so.</summary>
internal static class DepthCheck
{
    /// <summary>True when no path has more nodes than the limit; else reported.</summary>
    public static bool IsWithin(LiveTree tree, int limit, ICheckReporter reporter)
    {
        if (tree.Root is null)
            return true;
        var pending = new Stack<(LiveNode Node, int Depth)>([(tree.Root, 1)]);
        while (pending.TryPop(out (LiveNode Node, int Depth) next))
        {
            if (next.Depth > limit)
            {
                reporter.Report(new PassMessage(DtsRules.TooDeep, next.Node.Span, DtcPassWords.TooDeep, "nodes", limit));
                return false;
            }
            SlotList<LiveNode> children = next.Node.Children.All;
            for (int i = 0; i < children.Count; i++)
            {
                if (!children[i].Deleted)
                    pending.Push((children[i], next.Depth + 1));
            }
        }
        return true;
    }
}
