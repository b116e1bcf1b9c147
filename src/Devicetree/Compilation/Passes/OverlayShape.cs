using Devicetree.Checks;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation.Passes;

/// <summary>
/// Looks for what applying an overlay loses: nodes beside the fragments, references to them, and fragments of a source that does
/// not say that it is an overlay (<see cref="Compatibility.StrictChoices.LostPartsTold"/>).
/// </summary>
internal static class OverlayShape
{
    /// <summary>Reports what is lost.</summary>
    /// <param name="tree">The tree, with its references resolved.</param>
    /// <param name="writesFixups">Whether its references get fixups.</param>
    /// <param name="keepsPaths">Whether the root means that of the base.</param>
    /// <param name="reporter">Hears of it.</param>
    /// <returns>False when a reference would lead to no node.</returns>
    public static bool Check(LiveTree tree, bool writesFixups, bool keepsPaths, ICheckReporter reporter)
    {
        if (tree.Root is not LiveNode root)
            return true;
        if (tree.IsPlugin)
            return CheckPlugin(tree, root, keepsPaths, reporter);
        // Who writes fixups by hand knows what they are for.
        if (writesFixups || root.Children.FindLive(OverlayNames.Fixups) is not null
            || root.Children.FindLive(OverlayNames.LocalFixups) is not null)
        {
            return true;
        }
        LiveNode? fragment = root.Children.Live.FirstOrDefault(
            child => child.Span.Source is not null && child.Children.FindLive(OverlayNames.Body) is not null);
        if (fragment?.LiveSelfAndDescendants().Any(HasReference) == true)
            reporter.Report(new PassMessage(PassRules.PluginMissing, fragment.NameSpan, null, fragment));
        return true;
    }

    private static bool CheckPlugin(LiveTree tree, LiveNode root, bool keepsPaths, ICheckReporter reporter)
    {
        HashSet<LiveNode> outside = keepsPaths ? [] : [root];
        foreach (LiveNode child in root.Children.Live)
        {
            if (child.Span.Source is null || OverlayNames.HasMeaning(child.Name)
                || child.Children.Live.Any(part => OverlayNames.IsBody(part.Name)))
            {
                continue;
            }
            outside.Add(child);
            (string what, string remedy) = Describe(child);
            reporter.Report(new PassMessage(PassRules.OutsideFragments, child.NameSpan, null, what, remedy));
        }
        bool isGood = true;
        foreach (LiveNode fragment in root.Children.Live)
        {
            if (fragment.Children.FindLive(OverlayNames.Body) is not LiveNode body)
                continue;
            isGood &= CheckValues(tree, fragment, outside, reporter);
            foreach (LiveNode node in body.LiveSelfAndDescendants())
                isGood &= CheckValues(tree, node, outside, reporter);
        }
        return isGood;
    }

    private static bool HasReference(LiveNode node) =>
        node.Properties.Live.SelectMany(property => property.Value.Markers)
            .Any(marker => marker.Kind == MarkerKind.PhandleReference);

    private static (string What, string Remedy) Describe(LiveNode child)
    {
        bool hasTarget = child.Properties.FindLive(OverlayNames.Target) is not null
            || child.Properties.FindLive(OverlayNames.TargetPath) is not null;
        if (!hasTarget)
        {
            return (
                $"node {child} is in no fragment",
                $"Put it into one: '&{{/}} {{ {child.Name} {{ … }}; }};' adds it to the root of the base.");
        }
        string? near = NearMiss.Of(OverlayNames.Body, child.Children.Live.Select(part => part.Name));
        return near is null
            ? ($"{child} has a target but no '{OverlayNames.Body}'", $"Put what it brings into '{OverlayNames.Body} {{ … }};'.")
            : ($"{child} has '{near}' in the place of '{OverlayNames.Body}'", $"Did you mean '{OverlayNames.Body}'?");
    }

    /// <summary>False, reported, when a cell of a node refers to a node that no fragment takes along.</summary>
    private static bool CheckValues(LiveTree tree, LiveNode node, HashSet<LiveNode> outside, ICheckReporter reporter)
    {
        bool isGood = true;
        foreach (LiveProperty property in node.Properties.Live)
        {
            foreach (Marker marker in property.Value.Markers)
            {
                if (marker.Kind is not (MarkerKind.PhandleReference or MarkerKind.PathReference)
                    || tree.Find(marker.Target) is not LiveNode target)
                {
                    continue;
                }
                LiveNode top = target;
                while (top.Parent is { Parent: not null } parent)
                    top = parent;
                var place = new PropertyPlace(node, property);
                if (marker.Kind == MarkerKind.PathReference)
                {
                    reporter.Report(new PassMessage(PassRules.PathInOverlay, marker.Span, null, place, target));
                }
                else if (outside.Contains(top))
                {
                    isGood = false;
                    reporter.Report(new PassMessage(
                        PassRules.ReferenceOutsideFragments, marker.Span, null, place, target, top.Parent is null
                            ? "Give the root a label in the base and refer to it, or apply this source with 'dt overlay'."
                            : $"Put {top} into a fragment: '&{{/}} {{ {top.Name} {{ … }}; }};'."));
                }
            }
        }
        return isGood;
    }
}
