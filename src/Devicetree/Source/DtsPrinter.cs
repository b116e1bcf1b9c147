using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Devicetree.Source;

/// <summary>
/// Prints trees as source text in the format of dtc, lists of strings split as since dtc 1.7. Compiling the text gives the same tree,
/// with two exceptions that are dtc's: a <c>name</c> property that repeats the name of its node vanishes, and the boot CPU is what the
/// compiler makes of <c>/cpus</c>.
/// </summary>
public static class DtsPrinter
{
    /// <summary>The text of a tree, with lines that end in a newline each.</summary>
    public static string Print(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var text = new StringBuilder("/dts-v1/;\n\n");
        foreach (MemoryReservation reservation in tree.Reservations)
            text.Append(CultureInfo.InvariantCulture, $"/memreserve/\t0x{reservation.Address:x16} 0x{reservation.Size:x16};\n");
        text.Append("/ {\n");
        PrintMembers(tree.Root, text);
        return text.ToString();
    }

    private static void PrintMembers(Node root, StringBuilder text)
    {
        // A null is the end of the node that was begun last. Not recursive, as a tree may be deeper than the stack.
        var pending = new Stack<Node?>();
        int depth = 1;
        Begin(root);
        while (pending.TryPop(out Node? node))
        {
            if (node is null)
            {
                text.Append('\t', --depth).Append("};\n");
                continue;
            }
            text.Append('\n').Append('\t', depth).Append(node.Name).Append(" {\n");
            depth++;
            Begin(node);
        }

        void Begin(Node node)
        {
            foreach (Property property in node.Properties)
            {
                text.Append('\t', depth).Append(property.Name);
                PrintValue(property.Value.Span, text);
                text.Append(";\n");
            }
            pending.Push(null);
            for (int i = node.Children.Count - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
    }

    /// <summary>Prints nothing for an empty value; else strings if it looks like some, else cells if it can be, else bytes.</summary>
    private static void PrintValue(ReadOnlySpan<byte> value, StringBuilder text)
    {
        if (value.IsEmpty)
            return;
        text.Append(" = ");
        if (LooksLikeStrings(value))
            PrintStrings(value, text);
        else if (value.Length % sizeof(uint) == 0)
            PrintCells(value, text);
        else
            PrintBytes(value, text);
    }

    /// <summary>dtc's guess: ends in a NUL, every byte is printable or has an escape of its own, and no more NULs than other bytes.</summary>
    private static bool LooksLikeStrings(ReadOnlySpan<byte> value)
    {
        int nuls = value.Count((byte)0);
        if (value[^1] != 0 || nuls > value.Length - nuls)
            return false;
        foreach (byte c in value)
        {
            if (c is not (0 or >= (byte)' ' and <= (byte)'~' or >= (byte)'\a' and <= (byte)'\r'))
                return false;
        }
        return true;
    }

    private static void PrintStrings(ReadOnlySpan<byte> value, StringBuilder text)
    {
        text.Append('"');
        foreach (byte c in value[..^1])
        {
            text.Append(c switch
            {
                0 => "\", \"",
                (byte)'\a' => "\\a",
                (byte)'\b' => "\\b",
                (byte)'\t' => "\\t",
                (byte)'\n' => "\\n",
                (byte)'\v' => "\\v",
                (byte)'\f' => "\\f",
                (byte)'\r' => "\\r",
                (byte)'\\' => "\\\\",
                (byte)'"' => "\\\"",
                _ => ((char)c).ToString(),
            });
        }
        text.Append('"');
    }

    private static void PrintCells(ReadOnlySpan<byte> value, StringBuilder text)
    {
        for (int at = 0; at < value.Length; at += sizeof(uint))
        {
            uint cell = BinaryPrimitives.ReadUInt32BigEndian(value[at..]);
            text.Append(at == 0 ? '<' : ' ').Append(CultureInfo.InvariantCulture, $"0x{cell:x2}");
        }
        text.Append('>');
    }

    private static void PrintBytes(ReadOnlySpan<byte> value, StringBuilder text)
    {
        for (int at = 0; at < value.Length; at++)
            text.Append(at == 0 ? '[' : ' ').Append(CultureInfo.InvariantCulture, $"{value[at]:x2}");
        text.Append(']');
    }
}
