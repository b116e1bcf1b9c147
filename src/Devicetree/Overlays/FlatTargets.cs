using System.Buffers.Binary;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>Where a fragment goes.</summary>
/// <param name="node">The offset of the node in the base.</param>
/// <param name="phandle">The phandle that told it, 0 when the path did.</param>
/// <param name="path">The path that told it, as it is written; empty when a phandle did.</param>
internal readonly ref struct FlatTarget(int node, uint phandle, ReadOnlySpan<byte> path)
{
    public int Node { get; } = node;

    public uint Phandle { get; } = phandle;

    public ReadOnlySpan<byte> Path { get; } = path;
}

/// <summary>How the fragments of a flat overlay say where they go.</summary>
internal static class FlatTargets
{
    /// <summary>The offset of a fragment's body; NOTFOUND for children of the root that are something else.</summary>
    public static int FindBody(FlatOverlay overlay, int fragment) => overlay.View.FindChild(fragment, "__overlay__"u8);

    /// <summary>
    /// Finds the node of the base that a fragment applies to: by its phandle unless that is 0, else by its path.
    /// </summary>
    public static OverlayError? Find(FdtView @base, FlatOverlay overlay, int fragment, out FlatTarget target)
    {
        target = default;
        FdtView view = overlay.View;
        if (view.TryGetValue(fragment, "target"u8, out ReadOnlySpan<byte> cell, out _))
        {
            uint phandle = cell.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(cell) : OverlayNames.Unresolved;
            if (phandle == OverlayNames.Unresolved)
                return overlay.Error(FdtErrorKind.BadPhandle, fragment, "target"u8, cell.Length == sizeof(uint)
                    ? "the target is still 0xffffffff: no fixup says which label it is"
                    : $"the target has {cell.Length} bytes instead of 4");
            if (phandle != 0)
            {
                int byPhandle = @base.FindNodeByPhandle(phandle);
                target = new(byPhandle, phandle, default);
                return byPhandle >= 0 ? null
                    : overlay.Error((FdtErrorKind)(-byPhandle), fragment, "target"u8,
                        $"no node of the base has the phandle 0x{phandle:x}");
            }
        }
        int property = view.FindProperty(fragment, "target-path"u8, out int length);
        if (property == -(int)FdtErrorKind.NotFound)
            return overlay.Error(FdtErrorKind.BadOverlay, fragment, "the fragment has neither a target nor a target-path");
        if (property < 0)
            return overlay.Error((FdtErrorKind)(-property), fragment, "target-path"u8,
                "the properties of the fragment cannot be read");
        if (!view.TryReadText(view.ValueOffset(property, length), out ReadOnlySpan<byte> path))
            return overlay.Error(FdtErrorKind.BadPath, fragment, "target-path"u8, "the path is not terminated");
        int node = @base.FindNode(path);
        target = new(node, 0, path);
        return node >= 0 ? null
            : overlay.Error((FdtErrorKind)(-node), fragment, "target-path"u8,
                $"there is no node '{FlatOverlay.Text(path)}' in the base");
    }
}
