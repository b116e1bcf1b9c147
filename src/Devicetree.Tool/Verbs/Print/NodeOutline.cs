using System.Text;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Verbs.Print;

/// <summary>
/// Prints nodes as an outline, a line each: labels, name, the most specific compatible string, and the status where that is not
/// <c>okay</c>.
/// </summary>
internal static class NodeOutline
{
    private const string Okay = "okay";

    /// <summary>Prints a node and so many levels below it.</summary>
    public static void Write(TextWriter output, LiveNode node, int depth)
    {
        var pending = new Stack<(LiveNode Node, string Indent, bool IsLast, int Level)>();
        output.WriteLine(Describe(node));
        Push(pending, node, "", 0, depth);
        while (pending.TryPop(out (LiveNode Node, string Indent, bool IsLast, int Level) next))
        {
            output.WriteLine($"{next.Indent}{(next.IsLast ? "└─ " : "├─ ")}{Describe(next.Node)}");
            Push(pending, next.Node, next.Indent + (next.IsLast ? "   " : "│  "), next.Level, depth);
        }
    }

    private static void Push(Stack<(LiveNode Node, string Indent, bool IsLast, int Level)> pending, LiveNode node, string indent,
        int level, int depth)
    {
        if (level >= depth)
            return;
        bool isLast = true;
        for (int i = node.Children.Count - 1; i >= 0; i--)
        {
            if (node.Children[i].Deleted)
                continue;
            pending.Push((node.Children[i], indent, isLast, level + 1));
            isLast = false;
        }
    }

    private static string Describe(LiveNode node)
    {
        var text = new StringBuilder();
        if (node.HasLabels)
        {
            foreach (Label label in node.Labels.Live)
                text.Append(label.Name).Append(": ");
        }
        text.Append(node.Parent is null ? "/" : node.Name);
        if (FirstString(node, "compatible") is string compatible)
            text.Append("  ").Append(compatible);
        else if (node.Parent is null && FirstString(node, "model") is string model)
            text.Append("  ").Append(model);
        if (FirstString(node, "status") is string status && status != Okay)
            text.Append("  (").Append(status).Append(')');
        // What a blob says must not steer a terminal.
        return PrintableText.Of(text.ToString());
    }

    /// <summary>The first string of a property; null where there is none.</summary>
    private static string? FirstString(LiveNode node, string name)
    {
        if (node.Properties.FindLive(name) is not LiveProperty property)
            return null;
        ReadOnlySpan<byte> bytes = property.Value.Bytes.Span;
        int end = bytes.IndexOf((byte)0);
        return end > 0 ? Encoding.UTF8.GetString(bytes[..end]) : null;
    }
}
