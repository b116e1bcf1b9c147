using System.Text;
using Devicetree.Checks;
using Devicetree.Live;

namespace Devicetree.Compilation.Passes;

/// <summary>Writes labels into a node, as <c>/aliases</c> and <c>/__symbols__</c> are made (devicetree.md 1.11).</summary>
internal static class GeneratedLabels
{
    /// <summary>Writes the path of every labelled node to a child of the root, under each of its labels.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="name">The child.</param>
    /// <param name="phandles">Gives each labelled node a phandle; null for none.</param>
    /// <param name="reporter">Hears of labels that the child has properties for.</param>
    public static void Add(LiveTree tree, string name, PhandleTable? phandles, ICheckReporter reporter)
    {
        bool any = false;
        foreach (LiveNode node in tree.Nodes)
            any |= node.Labels.All.Count > 0;
        if (!any)
            return;
        LiveNode labels = GeneratedNode.ChildOf(tree.Root!, name);
        foreach (LiveNode node in tree.Nodes)
        {
            if (tree.Budget.IsExhausted)
                return;
            if (node.Labels.All.Count == 0)
                continue;
            byte[]? path = null;
            foreach (Label label in node.Labels.Live)
            {
                path ??= Encoding.Latin1.GetBytes(node.Path + "\0");
                // What the source says itself stays.
                if (labels.Properties.FindLive(label.Name) is LiveProperty written)
                {
                    reporter.Report(new PassMessage(
                        PassRules.LabelExists, label.Span, DtcPassWords.LabelExists, label.Name, "/" + name)
                    {
                        IsNoise = written.Value.Bytes.Span.SequenceEqual(path),
                    });
                }
                else
                {
                    GeneratedNode.Append(tree, labels, label.Name, MarkerKind.Text, path);
                }
            }
            phandles?.PhandleOf(node);
        }
    }
}
