using Devicetree.Text.Diagnostics;

namespace Devicetree.Overlays;

/// <summary>In what way a part of an overlay is not in the result as it is written.</summary>
public enum OverlayNoteKind
{
    /// <summary>A node beside the fragments, which nothing takes along.</summary>
    OutsideNode,

    /// <summary>Properties of the overlay's root, which nothing takes along; the other is their names.</summary>
    RootProperties,

    /// <summary>A fragment without a body; the other is what may stand in its place, or empty.</summary>
    WithoutBody,

    /// <summary>A fragment that only a parameter switches on, which is something of Raspberry Pi's firmware.</summary>
    Dormant,

    /// <summary>Parameters, which only Raspberry Pi's firmware reads; the other is their names.</summary>
    Parameters,

    /// <summary>A node that goes into one whose name has a unit address; the other is that node.</summary>
    MetLoosely,

    /// <summary>
    /// A fragment or a reference that waits for a tree which is not known yet, because the base is an overlay; the other is the
    /// new fragment, or the label.
    /// </summary>
    Carried,
}

/// <summary>Something of an overlay that is not in the result as it is written.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Place">Where in the overlay: the path of a node, or <c>path:property:offset</c>.</param>
/// <param name="Other">What else is to be said; depends on the kind.</param>
public sealed record OverlayNote(OverlayNoteKind Kind, string Place, string Other);

/// <summary>Finds what of an overlay no application takes along.</summary>
internal static class OverlayNotes
{
    /// <summary>What is not taken along, in the order of the overlay.</summary>
    public static IReadOnlyList<OverlayNote> Of(Tree overlay)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        var notes = new List<OverlayNote>();
        // A phandle is there for references to the root, which mean the root of the base.
        string[] properties = [.. NamesOf(overlay.Root).Where(name => name != PropertyNames.Phandle)];
        if (properties.Length > 0)
            notes.Add(new(OverlayNoteKind.RootProperties, "/", string.Join(", ", properties)));
        foreach (Node child in overlay.Root.Children)
        {
            if (child.Name == OverlayNames.Overrides)
                notes.Add(new(OverlayNoteKind.Parameters, child.Path, string.Join(", ", NamesOf(child))));
            else if (!OverlayNames.HasMeaning(child.Name) && child.Child(OverlayNames.Body) is null)
                notes.Add(new(KindOf(child), child.Path, MeantBody(child) ?? ""));
        }
        return notes;
    }

    private static IEnumerable<string> NamesOf(Node node) => node.Properties.Select(property => property.Name);

    private static string? MeantBody(Node child) => NearMiss.Of(OverlayNames.Body, child.Children.Select(part => part.Name));

    private static OverlayNoteKind KindOf(Node child)
    {
        if (child.Child(OverlayNames.Dormant) is not null)
            return OverlayNoteKind.Dormant;
        bool hasTarget = child.Property(OverlayNames.Target) is not null || child.Property(OverlayNames.TargetPath) is not null;
        return hasTarget ? OverlayNoteKind.WithoutBody : OverlayNoteKind.OutsideNode;
    }
}
