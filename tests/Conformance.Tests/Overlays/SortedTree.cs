using System.Text;
using Devicetree;

namespace Conformance.Tests.Overlays;

/// <summary>
/// A tree as text in which the order of nodes and properties does not count, nor how the path of a fragment's body ends, nor the
/// fixups, which libfdt leaves as they were when it applies an overlay to a tree that has some.
/// </summary>
internal static class SortedTree
{
    public static string Of(Tree tree)
    {
        var text = new StringBuilder();
        foreach (Node node in tree.Root.SelfAndDescendants().Where(HasMeaning).OrderBy(node => node.Path, StringComparer.Ordinal))
        {
            text.Append(node.Path).Append('\n');
            foreach (Property property in node.Properties.OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                // libfdt ends the path of a label on a fragment's body with a slash; such a path means the same node.
                ReadOnlySpan<byte> value = property.Value.Span;
                if (node.Path == "/__symbols__" && value is [(byte)'/', _, .., (byte)'/', 0])
                    value = (byte[])[.. value[..^2], 0];
                text.Append("  ").Append(property.Name).Append(' ').Append(Convert.ToHexStringLower(value)).Append('\n');
            }
        }
        return text.ToString();
    }

    private static bool HasMeaning(Node node) =>
        node.Path.Split('/') is [_, var first, ..] && first is not ("__fixups__" or "__local_fixups__");
}
