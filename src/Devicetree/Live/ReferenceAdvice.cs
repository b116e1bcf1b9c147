using Devicetree.Text.Diagnostics;

namespace Devicetree.Live;

/// <summary>What to do about a reference that leads nowhere; worked out only when somebody reads it.</summary>
/// <param name="Tree">The tree as it is.</param>
/// <param name="Reference">What is referred to: a label, a path, or a path below a label.</param>
/// <param name="IsTarget">True where a node is extended or deleted, false for a reference in a value.</param>
internal sealed record ReferenceAdvice(LiveTree Tree, string Reference, bool IsTarget)
{
    public override string ToString()
    {
        bool isPath = Reference.StartsWith('/');
        int slash = Reference.IndexOf('/', StringComparison.Ordinal);
        if (Tree.IsPlugin)
        {
            return Near(isPath) ?? (IsTarget ? "Define it earlier in the file: an overlay cannot do that to nodes of its base."
                : "Write '<&label>' for its phandle: the paths of the base are not known here.");
        }
        if (Tree.Root?.Children.Live.Any(child => child.Children.FindLive(OverlayNames.Body) is not null) == true)
            return $"Put '/plugin/;' after '/dts-v1/;': the tree has an '{OverlayNames.Body}' and is an overlay.";
        if (Near(isPath) is string near)
            return near;
        if (IsTarget && Tree.Root is null)
        {
            return "Put '/plugin/;' after '/dts-v1/;' if this is an overlay; "
                + "otherwise include the file that defines the node first.";
        }
        if (slash < 0 && Tree.Nodes.FirstOrDefault(node => node.Name == Reference) is LiveNode named)
            return $"Label {named.Path}, whose name that is, or refer to it as '&{{{named.Path}}}'.";
        return IsTarget ? "Define it earlier in the file, or correct the name." : "Give a node that label, or correct the name.";
    }

    private string? Near(bool isPath)
    {
        IEnumerable<string> candidates = isPath ? Tree.Nodes.Select(node => node.Path) : Tree.Labels;
        return NearMiss.Of(Reference, Tree.Advice.Of(candidates)) is not string near ? null
            : isPath ? $"Did you mean '&{{{near}}}'?" : $"Did you mean '&{near}'?";
    }
}

/// <summary>What to do about a deletion that finds nothing; worked out only when somebody reads it.</summary>
/// <param name="Tree">The tree as it is.</param>
/// <param name="Node">The node in which was looked.</param>
/// <param name="Name">What was looked for.</param>
/// <param name="IsNode">Whether that is a node.</param>
internal sealed record DeletionAdvice(LiveTree Tree, LiveNode Node, string Name, bool IsNode)
{
    public override string ToString()
    {
        if (IsNode && Tree.Find(Name) is LiveNode labelled)
        {
            return labelled.Parent == Node ? $"It is the label of '{labelled.Name}': write that name."
                : $"It is the label of {labelled.Path}: write '/delete-node/ &{Name};' outside of nodes.";
        }
        if (!IsNode && Node.Children.FindLive(Name) is not null)
            return "It is a node: write '/delete-node/'.";
        if (IsNode && Node.Properties.FindLive(Name) is not null)
            return "It is a property: write '/delete-property/'.";
        if (IsNode && Node.Children.Live.FirstOrDefault(child => child.BaseName == Name) is LiveNode based)
            return $"Did you mean '{based.Name}'? The name includes the unit address.";
        IEnumerable<string> names = IsNode ? Node.Children.Live.Select(child => child.Name)
            : Node.Properties.Live.Select(property => property.Name);
        return NearMiss.Of(Name, Tree.Advice.Of(names)) is string near ? $"Did you mean '{near}'?"
            : "Remove the line, or correct the name.";
    }
}

/// <summary>
/// How many names are compared for advice in one tree: a source of a million wrong names is not worth their square.
/// </summary>
internal sealed class AdviceBudget
{
    private int _left = 2_000_000;

    /// <summary>The candidates, as many as are left.</summary>
    public IEnumerable<string> Of(IEnumerable<string> candidates)
    {
        foreach (string candidate in candidates)
        {
            if (_left-- <= 0)
                yield break;
            yield return candidate;
        }
    }
}
