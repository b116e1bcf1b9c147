using System.Globalization;
using Devicetree.Live;

namespace Devicetree.Decompilation.Annotation;

/// <summary>
/// Gives labels to nodes that are referred to and have none: the name of the node, with that of its parent in front where another
/// node has that label, and with a number behind it where that is not enough. The same tree always gets the same labels.
/// </summary>
internal sealed class GeneratedLabels(LiveTree tree)
{
    /// <summary>What an overlay calls nodes of other trees; a label of that name would catch those references.</summary>
    private readonly SlotList<LiveProperty>? _external = tree.Root?.Children.FindLive(OverlayNames.Fixups)?.Properties;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The label of a node.</summary>
    public string Of(LiveNode node)
    {
        if (node.HasLabels)
        {
            foreach (Label label in node.Labels)
            {
                if (!label.Deleted)
                    return label.Name;
            }
        }
        string name = Free(node);
        tree.AddLabel(node, new Label(name, default));
        return name;
    }

    private string Free(LiveNode node)
    {
        string name = Spell(node.Name);
        if (!IsTaken(name))
            return name;
        if (node.Parent is { Name.Length: > 0 } parent)
            name = $"{Spell(parent.Name)}_{Spell(node.Name).TrimStart('_')}";
        string plain = name;
        int number = _numbers.GetValueOrDefault(plain, 1);
        while (IsTaken(name))
            name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{++number}");
        _numbers[plain] = number;
        return name;
    }

    private bool IsTaken(string label) => tree.Find(label) is not null || _external?.FindLive(label) is not null;

    /// <summary>A label made of a name: what no label may hold becomes an underscore.</summary>
    private static string Spell(string name)
    {
        if (name.Length == 0)
            return "root";
        string spelled = string.Create(name.Length, name, static (letters, from) =>
        {
            for (int i = 0; i < letters.Length; i++)
                letters[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
        });
        return char.IsAsciiDigit(spelled[0]) ? "_" + spelled : spelled;
    }
}
