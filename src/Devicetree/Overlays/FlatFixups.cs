using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// Puts phandles of the base where <c>__fixups__</c> of a flat overlay wants those of labels (devicetree.md 3.1, step 5).
/// </summary>
/// <param name="trace">Is told of every place; null when no one wants to know.</param>
/// <param name="labelsFirst">
/// True to look a label up before its places are read, as libfdt has done since it says BADOFFSET for a base without symbols.
/// </param>
internal sealed class FlatFixups(IOverlayTrace? trace, bool labelsFirst)
{
    /// <summary>Resolves every label of <c>__fixups__</c>, in order.</summary>
    public OverlayError? Resolve(FdtView @base, FlatOverlay overlay)
    {
        FdtView view = overlay.View;
        int fixups = view.FindNode("/__fixups__"u8);
        if (fixups == -(int)FdtErrorKind.NotFound)
            return null;
        if (fixups < 0)
            return FlatOverlay.Error(fixups, "/" + OverlayNames.Fixups, "the fixups cannot be found");
        int symbols = @base.FindNode("/__symbols__"u8);
        if (symbols < 0 && symbols != -(int)FdtErrorKind.NotFound)
            return FlatOverlay.Error(symbols, null, $"the {OverlayNames.Symbols} of the base cannot be found");
        FdtPropertyList labels = view.PropertiesOf(fixups);
        for (int label = labels.Next(); label >= 0; label = labels.Next())
        {
            if (ResolveLabel(@base, symbols, overlay, label) is OverlayError error)
                return error;
        }
        return null;
    }

    private OverlayError? ResolveLabel(FdtView @base, int symbols, FlatOverlay overlay, int property)
    {
        int result = overlay.View.ReadProperty(property, out ReadOnlySpan<byte> label, out ReadOnlySpan<byte> places);
        if (result < 0)
            return FlatOverlay.Error(result, "/" + OverlayNames.Fixups, "a fixup cannot be read");
        uint phandle = 0;
        ReadOnlySpan<byte> target = default;
        if (labelsFirst && FindLabel(@base, symbols, label, places, out phandle, out target) is OverlayError early)
            return early;
        do
        {
            int end = places.IndexOf((byte)0);
            if (end < 0)
                return Malformed(label, places, "a place is not terminated");
            ReadOnlySpan<byte> place = places[..end];
            if (!FixupPlace.TryParse(place, out FixupPlace parts))
                return Malformed(label, place, $"'{FlatOverlay.Text(place)}' is no place of the form path:property:offset");
            if (phandle == 0 && FindLabel(@base, symbols, label, place, out phandle, out target) is OverlayError late)
                return late;
            if (Patch(overlay, label, place, parts, phandle) is OverlayError error)
                return error;
            trace?.LabelResolved(FlatOverlay.Text(label), FlatOverlay.Text(place), FlatOverlay.Text(target));
            places = places[(end + 1)..];
        }
        while (!places.IsEmpty);
        return null;
    }

    private OverlayError? FindLabel(
        FdtView @base, int symbols, ReadOnlySpan<byte> label, ReadOnlySpan<byte> places, out uint phandle,
        out ReadOnlySpan<byte> path)
    {
        phandle = 0;
        path = default;
        if (symbols < 0)
        {
            FdtErrorKind kind = labelsFirst ? FdtErrorKind.BadOffset : FdtErrorKind.NotFound;
            return Unresolved(kind, label, places,
                $"the base has no {OverlayNames.Symbols} to look it up in; compile the base with dtc -@");
        }
        int symbol = @base.FindProperty(symbols, label, out int length);
        if (symbol < 0)
            return Unresolved((FdtErrorKind)(-symbol), label, places, "the base has no such label");
        if (!@base.TryReadText(@base.ValueOffset(symbol, length), out path))
            return Unresolved(FdtErrorKind.BadPath, label, places, "its path in the base is not terminated");
        int node = @base.FindNode(path);
        if (node < 0)
            return Unresolved((FdtErrorKind)(-node), label, places,
                $"in the base it leads to '{FlatOverlay.Text(path)}', where there is no node");
        phandle = @base.PhandleOf(node);
        return phandle != 0 ? null
            : Unresolved(FdtErrorKind.NotFound, label, places,
                $"in the base it leads to {FlatOverlay.Text(path)}, which has no phandle");
    }

    private static OverlayError? Patch(
        FlatOverlay overlay, ReadOnlySpan<byte> label, ReadOnlySpan<byte> place, FixupPlace parts, uint phandle)
    {
        FdtView view = overlay.View;
        int node = view.FindNode(parts.Path);
        if (node < 0)
            return Wanted(node == -(int)FdtErrorKind.NotFound ? FdtErrorKind.BadOverlay : (FdtErrorKind)(-node), label, place,
                "there is no such node");
        int property = view.FindProperty(node, parts.Property, out int length);
        if (property < 0)
            return Wanted((FdtErrorKind)(-property), label, place, "there is no such property");
        // Beyond the value libfdt says NOSPACE; before it, it overwrites the property's own header.
        if (parts.Offset < 0)
            return Wanted(FdtErrorKind.BadOverlay, label, place, "the offset is negative");
        if (!FlatOverlay.HasCellAt(length, (uint)parts.Offset))
            return Wanted(FdtErrorKind.NoSpace, label, place, $"the value of {length} bytes is too short for that");
        overlay.WriteCell(property, length, parts.Offset, phandle);
        return null;
    }

    private static OverlayError Malformed(ReadOnlySpan<byte> label, ReadOnlySpan<byte> place, string message) =>
        new(FdtErrorKind.BadOverlay, null, $"/{OverlayNames.Fixups}:{FlatOverlay.Text(label)}", message)
        {
            Label = FlatOverlay.Text(label),
            Place = FlatOverlay.Text(place),
        };

    /// <summary>A label that leads to nothing, with the first place that wants it.</summary>
    private static OverlayError Unresolved(FdtErrorKind kind, ReadOnlySpan<byte> label, ReadOnlySpan<byte> places, string message)
    {
        int end = places.IndexOf((byte)0);
        string place = FlatOverlay.Text(end < 0 ? places : places[..end]);
        return new(kind, FragmentOf(place), $"/{OverlayNames.Fixups}:{FlatOverlay.Text(label)}",
            $"label '{FlatOverlay.Text(label)}' cannot be resolved: {message}")
        {
            Label = FlatOverlay.Text(label),
            Place = place,
        };
    }

    private static OverlayError Wanted(FdtErrorKind kind, ReadOnlySpan<byte> label, ReadOnlySpan<byte> place, string message)
    {
        string at = FlatOverlay.Text(place);
        return new(kind, FragmentOf(at), at, $"label '{FlatOverlay.Text(label)}' is wanted here, but {message}")
        {
            Label = FlatOverlay.Text(label),
            Place = at,
        };
    }

    /// <summary>The first component of a path in an overlay.</summary>
    private static string? FragmentOf(string place)
    {
        string[] components = place.Split(':')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return components.Length == 0 ? null : components[0];
    }
}
