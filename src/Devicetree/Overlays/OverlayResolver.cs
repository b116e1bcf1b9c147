using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// The steps that change an overlay's phandles and references before it is merged. They write into its own copy.
/// </summary>
internal static class OverlayResolver
{
    /// <summary>What a step makes of the number in a cell; null when it cannot.</summary>
    private delegate uint? Renumber(uint value);

    /// <summary>Moves every phandle of the overlay above <paramref name="delta"/>, the highest one of the base.</summary>
    public static OverlayError? ShiftPhandles(OverlayCopy overlay, uint delta)
    {
        foreach (Node node in overlay.Tree.Root.SelfAndDescendants())
        {
            OverlayError? error = ShiftPhandle(node, PropertyNames.Phandle, delta)
                ?? ShiftPhandle(node, PropertyNames.LegacyPhandle, delta);
            if (error is not null)
                return error;
        }
        return null;
    }

    /// <summary>Moves the references that <c>__local_fixups__</c> lists by the same distance.</summary>
    public static OverlayError? ShiftLocalReferences(OverlayCopy overlay, uint delta) =>
        RenumberLocalReferences(overlay, value => Shift(value, delta));

    /// <summary>Puts phandles of the base where <c>__fixups__</c> wants a label's.</summary>
    public static OverlayError? ResolveLabels(Tree target, OverlayCopy overlay)
    {
        if (overlay.Tree.Root.Child(OverlayNames.Fixups) is not Node fixups)
            return null;
        foreach (Property label in fixups.Properties)
        {
            OverlayError? error = FindLabel(target, label.Name, out uint phandle) ?? PatchPlaces(overlay, label, phandle);
            if (error is not null)
                return error;
        }
        return null;
    }

    /// <summary>
    /// Where a node of the overlay will merge into one of the base and both have a phandle, the base's stays: the overlay takes
    /// it over, in the node and in every local reference. Otherwise references in the base would dangle.
    /// </summary>
    public static OverlayError? ProtectBasePhandles(OverlayTargets targets, OverlayCopy overlay)
    {
        var kept = new Dictionary<uint, uint>();
        foreach ((Node fragment, Node body) in OverlayTargets.FragmentsOf(overlay.Tree))
        {
            // A target that does not exist may be made by an earlier fragment; if it is not, merging reports it.
            if (targets.Find(fragment, out Node? target, out _) is null)
                AdoptPhandles(body, target!, kept);
        }
        return kept.Count == 0 ? null
            : RenumberLocalReferences(overlay, value => kept.TryGetValue(value, out uint phandle) ? phandle : value);
    }

    private static void AdoptPhandles(Node body, Node target, Dictionary<uint, uint> kept)
    {
        var pending = new Stack<(Node Overlay, Node Base)>([(body, target)]);
        while (pending.TryPop(out var pair))
        {
            if (pair.Overlay.Phandle is uint moved && pair.Base.Phandle is uint phandle)
            {
                kept[moved] = phandle;
                foreach (string name in new[] { PropertyNames.Phandle, PropertyNames.LegacyPhandle })
                {
                    if (pair.Overlay.Property(name) is not null)
                        pair.Overlay.SetCells(name, phandle);
                }
            }
            foreach (Node child in pair.Overlay.Children)
            {
                if (pair.Base.FindChildLoosely(child.Name) is Node same)
                    pending.Push((child, same));
            }
        }
    }

    private static OverlayError? ShiftPhandle(Node node, string name, uint delta)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (!property.TryGetU32(out uint phandle) || phandle == 0)
            return At(FdtErrorKind.BadPhandle, node, name, "the value is no phandle");
        if (Shift(phandle, delta) is not uint shifted)
            return At(FdtErrorKind.NoPhandles, node, name, $"0x{phandle:x} cannot be raised by 0x{delta:x}");
        node.SetCells(name, shifted);
        return null;
    }

    /// <summary>The sum, unless it would wrap around or be 0xffffffff, which is no phandle.</summary>
    private static uint? Shift(uint phandle, uint delta) => delta < uint.MaxValue - phandle ? phandle + delta : null;

    private static OverlayError? RenumberLocalReferences(OverlayCopy overlay, Renumber renumber)
    {
        if (overlay.Tree.Root.Child(OverlayNames.LocalFixups) is not Node root)
            return null;
        var pending = new Stack<(Node Fixups, Node Overlay)>([(root, overlay.Tree.Root)]);
        while (pending.TryPop(out var pair))
        {
            foreach (Property offsets in pair.Fixups.Properties)
            {
                if (RenumberListed(overlay, pair.Overlay, offsets, renumber) is OverlayError error)
                    return error;
            }
            foreach (Node child in pair.Fixups.Children)
            {
                if (pair.Overlay.FindChildLoosely(child.Name) is not Node mirrored)
                    return new(FdtErrorKind.BadOverlay, FragmentOf(pair.Overlay.Path), null,
                        $"{child} stands for a node that does not exist");
                pending.Push((child, mirrored));
            }
        }
        return null;
    }

    /// <summary>Renumbers the cells of one property; <paramref name="offsets"/> lists where they are, in bytes.</summary>
    private static OverlayError? RenumberListed(OverlayCopy overlay, Node node, Property offsets, Renumber renumber)
    {
        if (node.Property(offsets.Name) is not Property property)
            return At(FdtErrorKind.BadOverlay, node, offsets.Name, "a local fixup is for a property that does not exist");
        if (!offsets.TryGetCells(out uint[]? list))
            return At(FdtErrorKind.BadOverlay, node, offsets.Name, "the local fixups are not a list of cells");
        foreach (uint offset in list)
        {
            if (!OverlayCopy.HasCellAt(property, offset))
                return At(FdtErrorKind.BadOverlay, node, offsets.Name,
                    $"the local fixup for offset {offset} is outside of the value");
            Span<byte> cell = overlay.CellAt(property, offset);
            uint value = BinaryPrimitives.ReadUInt32BigEndian(cell);
            if (renumber(value) is not uint changed)
                return At(FdtErrorKind.NoPhandles, node, offsets.Name,
                    $"the reference 0x{value:x} at offset {offset} cannot be raised");
            BinaryPrimitives.WriteUInt32BigEndian(cell, changed);
        }
        return null;
    }

    private static OverlayError? FindLabel(Tree target, string label, out uint phandle)
    {
        phandle = 0;
        if (target.Root.Child(OverlayNames.Symbols) is not Node symbols)
            return NotFound(FdtErrorKind.NotFound,
                $"the base has no {OverlayNames.Symbols} to look it up in; compile the base with dtc -@");
        if (symbols.Property(label) is not Property symbol)
            return NotFound(FdtErrorKind.NotFound, "the base has no such label");
        string path = BlobPaths.FirstString(symbol) ?? "";
        if (BlobPaths.Follow(target, path, out FdtErrorKind reason) is not Node node)
            return NotFound(reason, $"in the base it leads to '{path}', where there is no node");
        if (node.Phandle is not uint found)
            return NotFound(FdtErrorKind.NotFound, $"in the base it leads to {node}, which has no phandle");
        phandle = found;
        return null;

        OverlayError NotFound(FdtErrorKind kind, string message) =>
            new(kind, null, $"/{OverlayNames.Fixups}:{label}", $"label '{label}' cannot be resolved: {message}");
    }

    /// <summary>Writes a phandle at every place that a property of <c>__fixups__</c> lists.</summary>
    private static OverlayError? PatchPlaces(OverlayCopy overlay, Property label, uint phandle)
    {
        ReadOnlySpan<byte> rest = label.Value.Span;
        do
        {
            int end = rest.IndexOf((byte)0);
            if (end < 0)
                return new(FdtErrorKind.BadOverlay, null, $"/{OverlayNames.Fixups}:{label.Name}", "a place is not terminated");
            if (PatchPlace(overlay, label.Name, Encoding.Latin1.GetString(rest[..end]), phandle) is OverlayError error)
                return error;
            rest = rest[(end + 1)..];
        }
        while (!rest.IsEmpty);
        return null;
    }

    /// <summary>Writes a phandle at a place of the form <c>path:property:offset</c>.</summary>
    private static OverlayError? PatchPlace(OverlayCopy overlay, string label, string place, uint phandle)
    {
        string[] parts = place.Split(':');
        if (parts.Length != 3 || parts[1].Length == 0
            || !uint.TryParse(parts[2], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out uint offset))
        {
            return new(FdtErrorKind.BadOverlay, null, $"/{OverlayNames.Fixups}:{label}",
                $"'{place}' is no place of the form path:property:offset");
        }
        if (BlobPaths.Follow(overlay.Tree, parts[0], out FdtErrorKind reason) is not Node node)
            return Wanted(reason == FdtErrorKind.NotFound ? FdtErrorKind.BadOverlay : reason, "there is no such node");
        if (node.Property(parts[1]) is not Property property)
            return Wanted(FdtErrorKind.NotFound, "there is no such property");
        if (!OverlayCopy.HasCellAt(property, offset))
            return Wanted(FdtErrorKind.NoSpace, "the value is too short for that");
        BinaryPrimitives.WriteUInt32BigEndian(overlay.CellAt(property, offset), phandle);
        return null;

        OverlayError Wanted(FdtErrorKind kind, string message) =>
            new(kind, FragmentOf(parts[0]), place, $"label '{label}' is wanted here, but {message}");
    }

    private static OverlayError At(FdtErrorKind kind, Node node, string property, string message) =>
        new(kind, FragmentOf(node.Path), $"{node}:{property}", message);

    /// <summary>The first component of a path in an overlay.</summary>
    private static string? FragmentOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
