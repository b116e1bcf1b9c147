using Devicetree.Comparison;
using Devicetree.Decompilation;
using Devicetree.Live;

namespace Devicetree.Tool.Verbs.Diff;

/// <summary>
/// Prints differences as patches look: a head for each node, then what is gone behind a minus and what is new behind a plus.
/// </summary>
internal sealed class DiffText(VerbConsole console, TreeComparison comparison)
{
    private const char Gone = '-';
    private const char Added = '+';
    private const char Said = ' ';

    private readonly TextWriter _output = console.Output;
    private readonly bool _hasColor = console.Host.OutputColor;
    private string? _head;

    public void Write(string oldName, string newName)
    {
        if (comparison.Differences.Count == 0)
            return;
        _output.WriteLine(console.Piece($"--- {oldName}"));
        _output.WriteLine(console.Piece($"+++ {newName}"));
        foreach (TreeDifference difference in comparison.Differences)
            Write(difference);
    }

    private void Write(TreeDifference difference)
    {
        (LiveNode? old, LiveNode? @new) = (difference.Old, difference.New);
        switch (difference.Kind)
        {
            case DifferenceKind.BootCpuChanged:
                Line(Gone, $"/* the boot CPU is {difference.OldText} */");
                Line(Added, $"/* the boot CPU is {difference.NewText} */");
                break;
            case DifferenceKind.ReservationRemoved:
                Line(Gone, $"/memreserve/ {difference.OldText};");
                break;
            case DifferenceKind.ReservationAdded:
                Line(Added, $"/memreserve/ {difference.NewText};");
                break;
            case DifferenceKind.ReservationsReordered:
                Line(Said, "/* the reservations come in another order */");
                break;
            case DifferenceKind.NodeRemoved:
                Head(old!.Parent!, @new!);
                WriteNode(Gone, old);
                break;
            case DifferenceKind.NodeAdded:
                Head(old!, @new!.Parent!);
                WriteNode(Added, @new);
                break;
            case DifferenceKind.NodeMoved:
                Head(old!, @new!);
                break;
            case DifferenceKind.PropertiesReordered:
                Head(old!, @new!);
                Line(Said, "/* the properties come in another order */");
                break;
            case DifferenceKind.ChildrenReordered:
                Head(old!, @new!);
                Line(Said, "/* the children come in another order */");
                break;
            default:
                Head(old!, @new!);
                WriteProperty(difference);
                break;
        }
    }

    private void Head(LiveNode old, LiveNode @new)
    {
        LiveNode labelled = @new.HasLabels ? @new : old;
        string label = labelled.HasLabels && labelled.Labels.Live.FirstOrDefault() is Label first ? $" (&{first.Name})" : "";
        string head = old.Path == @new.Path ? $"@@ {old.Path}{label} @@" : $"@@ {old.Path} -> {@new.Path}{label} @@";
        if (head == _head)
            return;
        _head = head;
        string safe = console.Piece(head);
        _output.WriteLine(_hasColor ? $"\e[36m{safe}\e[0m" : safe);
    }

    private void WriteProperty(TreeDifference difference)
    {
        if (difference.OldText is not null)
            Line(Gone, Text(difference.OldProperty!.Name, difference.OldText));
        if (difference.NewText is not null)
            Line(Added, Text(difference.NewProperty!.Name, difference.NewText));
    }

    /// <summary>
    /// A node with all below it that is not in the other tree as well. Not recursive, as a tree may be deeper than the stack.
    /// </summary>
    private void WriteNode(char sign, LiveNode top)
    {
        var pending = new Stack<(LiveNode Node, int Depth, bool IsEnd)>([(top, 0, false)]);
        while (pending.TryPop(out (LiveNode Node, int Depth, bool IsEnd) next))
        {
            string indent = new('\t', next.Depth);
            if (next.IsEnd)
            {
                Line(sign, $"{indent}}};");
                continue;
            }
            string labels = next.Node.HasLabels ? string.Concat(next.Node.Labels.Live.Select(label => label.Name + ": ")) : "";
            Line(sign, $"{indent}{labels}{next.Node.Name} {{");
            foreach (LiveProperty property in next.Node.Properties.Live)
                Line(sign, $"{indent}\t{Text(property)}");
            pending.Push((next.Node, next.Depth, true));
            foreach (LiveNode child in next.Node.Children.Live.Reverse())
            {
                if (!comparison.HasPartner(child))
                    pending.Push((child, next.Depth + 1, false));
            }
        }
    }

    private static string Text(LiveProperty property) => Text(property.Name, LiveValueText.Of(property.Value));

    private static string Text(string name, string value) => value.Length == 0 ? name + ";" : $"{name} = {value};";

    private void Line(char sign, string text)
    {
        // The indentation of a node is tabs.
        int indent = text.AsSpan().IndexOfAnyExcept('\t') is int first and > 0 ? first : 0;
        string line = sign + text[..indent] + console.Piece(text[indent..]);
        int color = sign switch { Gone => 31, Added => 32, _ => 0 };
        _output.WriteLine(_hasColor && color > 0 ? $"\e[{color}m{line}\e[0m" : line);
    }
}
