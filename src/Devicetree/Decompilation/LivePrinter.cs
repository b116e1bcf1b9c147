using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// Prints live trees as source text, as <c>dtc -O dts</c> does: from source with the structure that was written, from a blob with
/// the one that is guessed. The text compiles to the same blob, also where that of dtc does not
/// (<see cref="StrictChoices.PrintedTextCompiles"/>), with three exceptions that lie in the language: the boot CPU is what the
/// compiler makes of <c>/cpus</c>, a <c>name</c> property that repeats the name of its node vanishes, and what no name may hold
/// stays so.
/// </summary>
public static class LivePrinter
{
    /// <summary>Prints a tree.</summary>
    /// <param name="tree">The tree; what is deleted in it is left out.</param>
    /// <param name="output">Gets the text.</param>
    /// <param name="options">The version of dtc, and comments; the defaults when null.</param>
    public static void Print(LiveTree tree, Stream output, LivePrinterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        var text = new ByteText(output);
        new Printing(text, options ?? LivePrinterOptions.Default).Print(tree);
        text.Flush();
    }

    /// <summary>Prints a tree into memory.</summary>
    /// <param name="tree">The tree; what is deleted in it is left out.</param>
    /// <param name="options">The version of dtc, and comments; the defaults when null.</param>
    /// <exception cref="InvalidOperationException">The text takes 2 GiB or more.</exception>
    public static byte[] Print(LiveTree tree, LivePrinterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var text = new ByteText();
        new Printing(text, options ?? LivePrinterOptions.Default).Print(tree);
        return text.Bytes.ToArray();
    }

    /// <summary>Prints one node with what is below it, without the head of a source.</summary>
    /// <param name="node">The node; what is deleted in it is left out.</param>
    /// <param name="options">The version of dtc, and comments; the defaults when null.</param>
    /// <exception cref="InvalidOperationException">The text takes 2 GiB or more.</exception>
    public static byte[] Print(LiveNode node, LivePrinterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        var text = new ByteText();
        new Printing(text, options ?? LivePrinterOptions.Default).PrintNodes(node);
        return text.Bytes.ToArray();
    }

    private sealed class Printing(ByteText text, LivePrinterOptions options)
    {
        private readonly ValuePrinter _values = new(text, options.Version);
        private readonly PlaceComments? _comments = options.Annotation > 0 ? new(text, options) : null;

        public void Print(LiveTree tree)
        {
            text.Add("/dts-v1/;\n"u8);
            if (tree.IsPlugin && options.Version.Has(DtcChanges.RestoreLabels))
                text.Add("/plugin/;\n"u8);
            text.Add((byte)'\n');
            foreach (LiveReservation reservation in tree.Reservations)
            {
                PrintLabels(reservation.Labels);
                text.Add("/memreserve/\t0x"u8).AddHex(reservation.Reservation.Address, 16)
                    .Add(" 0x"u8).AddHex(reservation.Reservation.Size, 16).Add(";\n"u8);
            }
            if (tree.Root is not LiveNode root)
                return;
            PrintNodes(root);
            // dtc puts them in front of the slash, where the language has no place for them.
            foreach (Label label in root.Labels.All.Reverse().Where(label => !label.Deleted))
                text.Add(label.Name).Add(": &{/} {\n};\n"u8);
        }

        /// <summary>
        /// Not recursive, as a tree may be deeper than the stack: a node stands on the pile a second time for its end.
        /// </summary>
        public void PrintNodes(LiveNode root)
        {
            var pending = new Stack<(LiveNode Node, bool IsEnd)>([(root, false)]);
            int depth = 0;
            while (pending.TryPop(out (LiveNode Node, bool IsEnd) next))
            {
                if (next.IsEnd)
                {
                    text.AddRepeated((byte)'\t', --depth).Add("};"u8);
                    _comments?.Add(next.Node.Spans, isEnd: true);
                    text.Add((byte)'\n');
                    continue;
                }
                PrintHead(next.Node, depth++);
                pending.Push((next.Node, true));
                if (depth > options.MaxDepth)
                {
                    PrintCount(next.Node, depth);
                    continue;
                }
                SlotList<LiveNode> children = next.Node.Children.All;
                for (int i = children.Count - 1; i >= 0; i--)
                {
                    if (!children[i].Deleted)
                        pending.Push((children[i], false));
                }
                text.FlushIfFull();
            }
        }

        private void PrintHead(LiveNode node, int depth)
        {
            bool isRoot = node.Parent is null;
            if (depth > 0)
                text.Add((byte)'\n').AddRepeated((byte)'\t', depth);
            if (!isRoot && node.HasLabels)
                PrintLabels(node.Labels);
            // A root with a name, which only a blob can have, is printed as dtc prints it; that text does not compile.
            if (node.Name.Length == 0)
                text.Add((byte)'/');
            else
                text.Add(node.Name);
            text.Add(" {"u8);
            _comments?.Add(node.Spans, isEnd: false);
            PrintComment(options.Comments?.Of(node));
            text.Add((byte)'\n');
            SlotList<LiveProperty> properties = node.Properties.All;
            for (int i = 0; i < properties.Count; i++)
            {
                if (!properties[i].Deleted)
                    PrintProperty(node, properties[i], depth + 1);
            }
        }

        private void PrintProperty(LiveNode node, LiveProperty property, int depth)
        {
            text.AddRepeated((byte)'\t', depth);
            if (property.HasLabels)
                PrintLabels(property.Labels);
            text.Add(property.Name);
            _values.Print(property.Value);
            text.Add((byte)';');
            _comments?.Add([property.Span], isEnd: false);
            PrintComment(options.Comments?.Of(node, property));
            text.Add((byte)'\n');
            text.FlushIfFull();
        }

        /// <summary>Says how many children are left out.</summary>
        private void PrintCount(LiveNode node, int depth)
        {
            int count = 0;
            foreach (LiveNode child in node.Children.Live)
                count++;
            if (count > 0)
                text.AddRepeated((byte)'\t', depth).Add("/* "u8).AddDecimal(count)
                    .Add(count == 1 ? " node */\n"u8 : " nodes */\n"u8);
        }

        private void PrintComment(string? comment)
        {
            if (comment is null)
                return;
            // Names may hold anything; a comment ends where it is meant to, and on its line.
            string safe = string.Concat(comment.Select(c => char.IsControl(c) ? '?' : c))
                .Replace("*/", "* /", StringComparison.Ordinal);
            text.Add(" /* "u8).Add(safe).Add(" */"u8);
        }

        private void PrintLabels(LabelList labels)
        {
            LabelList all = labels.All;
            for (int i = 0; i < all.Count; i++)
            {
                if (!all[i].Deleted)
                    text.Add(all[i].Name).Add(": "u8);
            }
        }
    }
}
