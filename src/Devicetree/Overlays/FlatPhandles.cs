using System.Buffers.Binary;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// What happens to the phandles of a flat overlay, and to references to them (devicetree.md 3.1, steps 3, 4 and 6).
/// </summary>
internal static class FlatPhandles
{
    /// <summary>A change of the number in a cell: every number moves, or one becomes another.</summary>
    private readonly record struct Change(uint? From, uint Amount)
    {
        public uint Apply(uint value) => From is null ? unchecked(value + Amount) : value == From ? Amount : value;
    }

    /// <summary>Moves every phandle of the overlay up by <paramref name="delta"/>, the highest one of the base.</summary>
    public static OverlayError? Shift(FlatOverlay overlay, uint delta, IOverlayTrace? trace)
    {
        int depth = 0;
        int node = 0;
        do
        {
            OverlayError? error = Shift(overlay, node, "phandle"u8, delta, trace)
                ?? Shift(overlay, node, "linux,phandle"u8, delta, trace: null);
            if (error is not null)
                return error;
            node = overlay.View.NextNode(node, ref depth);
        }
        while (node >= 0 && depth > 0);
        return null;
    }

    /// <summary>Moves the references that <c>__local_fixups__</c> lists by the same distance.</summary>
    public static OverlayError? ShiftReferences(FlatOverlay overlay, uint delta) => ChangeReferences(overlay, new(null, delta));

    /// <summary>
    /// Where a node of the overlay will merge into one of the base and both have a phandle, the base's stays: the overlay takes
    /// it over, in the node and in every local reference.
    /// </summary>
    public static OverlayError? ProtectBase(FdtView @base, FlatOverlay overlay, IOverlayTrace? trace)
    {
        FdtView view = overlay.View;
        int depth = 0;
        int fragment = view.NextNode(0, ref depth);
        for (; fragment >= 0 && depth > 0; fragment = view.NextNode(fragment, ref depth))
        {
            if (depth > 1)
                continue;
            int body = FlatTargets.FindBody(overlay, fragment);
            if (body == -(int)FdtErrorKind.NotFound)
                continue;
            if (body < 0)
                return overlay.Error((FdtErrorKind)(-body), fragment, "the fragment's body cannot be read");
            // A target that does not exist yet may be made by an earlier fragment; if it is not, merging reports it.
            OverlayError? error = FlatTargets.Find(@base, overlay, fragment, out FlatTarget target);
            if (error is null)
                error = Protect(@base, target.Node, overlay, body, trace);
            else if (error.Kind == FdtErrorKind.NotFound)
                error = null;
            if (error is not null)
                return error;
        }
        return null;
    }

    private static OverlayError? Protect(FdtView @base, int target, FlatOverlay overlay, int body, IOverlayTrace? trace)
    {
        FdtView view = overlay.View;
        // The nodes of the base that the current node's ancestors merge into, by depth; negative where one will be new.
        var partners = new List<int>();
        int depth = 0;
        int node = body;
        int partner = target;
        while (true)
        {
            partners.RemoveRange(depth, partners.Count - depth);
            partners.Add(partner);
            if (partner >= 0 && AdoptPhandle(@base.PhandleOf(partner), overlay, node, trace) is OverlayError error)
                return error;
            node = view.NextNode(node, ref depth);
            if (node < 0 || depth < 1)
                return null;
            partner = partners[depth - 1];
            if (partner < 0)
                continue;
            partner = view.TryGetName(node, out ReadOnlySpan<byte> name, out FdtErrorKind badName)
                ? @base.FindChild(partner, name) : -(int)badName;
            if (partner < 0 && partner != -(int)FdtErrorKind.NotFound)
                return overlay.Error((FdtErrorKind)(-partner), node, "where it goes in the base cannot be found out");
        }
    }

    private static OverlayError? AdoptPhandle(uint kept, FlatOverlay overlay, int node, IOverlayTrace? trace)
    {
        uint own = overlay.View.PhandleOf(node);
        if (kept == 0 || own == 0)
            return null;
        Overwrite(overlay, node, "phandle"u8, kept);
        Overwrite(overlay, node, "linux,phandle"u8, kept);
        trace?.PhandleAdopted(overlay.View.PathOf(node), own, kept);
        return ChangeReferences(overlay, new(own, kept));
    }

    private static void Overwrite(FlatOverlay overlay, int node, ReadOnlySpan<byte> name, uint phandle)
    {
        int property = overlay.View.FindProperty(node, name, out int length);
        if (property >= 0 && length == sizeof(uint))
            overlay.WriteCell(property, length, 0, phandle);
    }

    private static OverlayError? Shift(FlatOverlay overlay, int node, ReadOnlySpan<byte> name, uint delta, IOverlayTrace? trace)
    {
        int property = overlay.View.FindProperty(node, name, out int length);
        if (property == -(int)FdtErrorKind.NotFound)
            return null;
        if (property < 0)
            return overlay.Error((FdtErrorKind)(-property), node, name, "the properties of the node cannot be read");
        if (length != sizeof(uint))
            return overlay.Error(FdtErrorKind.BadPhandle, node, name, $"a phandle has 4 bytes, this has {length}");
        Span<byte> cell = overlay.CellAt(property, length, 0);
        uint phandle = BinaryPrimitives.ReadUInt32BigEndian(cell);
        uint shifted = unchecked(phandle + delta);
        if (shifted < phandle || shifted == OverlayNames.Unresolved)
            return overlay.Error(FdtErrorKind.NoPhandles, node, name,
                $"0x{phandle:x} cannot be raised by 0x{delta:x}, the base's highest phandle");
        BinaryPrimitives.WriteUInt32BigEndian(cell, shifted);
        if (delta != 0)
            trace?.PhandleShifted(overlay.View.PathOf(node), phandle, shifted);
        return null;
    }

    /// <summary>Walks <c>__local_fixups__</c> and, beside it, the nodes that it mirrors.</summary>
    private static OverlayError? ChangeReferences(FlatOverlay overlay, Change change)
    {
        FdtView view = overlay.View;
        int fixups = view.FindNode("/__local_fixups__"u8);
        if (fixups < 0)
        {
            return fixups == -(int)FdtErrorKind.NotFound ? null
                : FlatOverlay.Error(fixups, "/" + OverlayNames.LocalFixups, "the local fixups cannot be found");
        }
        var mirrored = new List<int>();
        int depth = 0;
        int partner = 0;
        while (true)
        {
            mirrored.RemoveRange(depth, mirrored.Count - depth);
            mirrored.Add(partner);
            if (ChangeListed(overlay, partner, fixups, change) is OverlayError error)
                return error;
            fixups = view.NextNode(fixups, ref depth);
            if (fixups < 0 || depth < 1)
                return null;
            partner = view.TryGetName(fixups, out ReadOnlySpan<byte> name, out FdtErrorKind badName)
                ? view.FindChild(mirrored[depth - 1], name) : -(int)badName;
            if (partner < 0)
            {
                FdtErrorKind kind = partner == -(int)FdtErrorKind.NotFound ? FdtErrorKind.BadOverlay : (FdtErrorKind)(-partner);
                return overlay.Error(kind, mirrored[depth - 1], $"{view.PathOf(fixups)} stands for a node that does not exist");
            }
        }
    }

    private static OverlayError? ChangeListed(FlatOverlay overlay, int node, int fixups, Change change)
    {
        FdtView view = overlay.View;
        FdtPropertyList lists = view.PropertiesOf(fixups);
        for (int list = lists.Next(); list >= 0; list = lists.Next())
        {
            int result = view.ReadProperty(list, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> offsets);
            if (result < 0)
                return overlay.Error((FdtErrorKind)(-result), node, name, "a local fixup cannot be read");
            if (offsets.Length % sizeof(uint) != 0)
                return overlay.Error(FdtErrorKind.BadOverlay, node, name, "the local fixups are not a list of cells");
            int property = view.FindProperty(node, name, out int length);
            if (property == -(int)FdtErrorKind.NotFound)
                return overlay.Error(FdtErrorKind.BadOverlay, node, name, "a local fixup is for a property that does not exist");
            if (property < 0)
                return overlay.Error((FdtErrorKind)(-property), node, name, "the property of a local fixup cannot be read");
            for (int i = 0; i < offsets.Length; i += sizeof(uint))
            {
                uint offset = BinaryPrimitives.ReadUInt32BigEndian(offsets[i..]);
                // libfdt up to 1.6.1 writes in front of the value for some offsets, and later ones write anywhere.
                if (!FlatOverlay.HasCellAt(length, offset))
                    return overlay.Error(FdtErrorKind.BadOverlay, node, name,
                        $"the local fixup for offset {offset} is outside of the value");
                Span<byte> cell = overlay.CellAt(property, length, (int)offset);
                BinaryPrimitives.WriteUInt32BigEndian(cell, change.Apply(BinaryPrimitives.ReadUInt32BigEndian(cell)));
            }
        }
        return null;
    }
}
