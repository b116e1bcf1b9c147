using System.Buffers.Binary;
using System.Text;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>An overlay's own copy while it is applied: phandles and references in it are overwritten in place.</summary>
/// <param name="bytes">The copy, with a header that has passed a probe.</param>
/// <param name="rules">What the version of libfdt decides.</param>
internal readonly ref struct FlatOverlay(Span<byte> bytes, LibfdtRules rules)
{
    private readonly Span<byte> _bytes = bytes;

    public FdtView View { get; } = new(bytes, rules);

    /// <summary>
    /// The four bytes at an offset of a property's value, for writing. The caller has seen that they lie in the value.
    /// </summary>
    public Span<byte> CellAt(int property, int length, int offset) =>
        _bytes.Slice(View.ValueOffset(property, length) + offset, sizeof(uint));

    public void WriteCell(int property, int length, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(CellAt(property, length, offset), value);

    /// <summary>True when a cell of four bytes fits at that offset of a value.</summary>
    public static bool HasCellAt(int length, uint offset) => length >= sizeof(uint) && offset <= (uint)(length - sizeof(uint));

    /// <summary>The name of the fragment that a node belongs to: the first component of its path; null for the root.</summary>
    public string? FragmentOf(int node)
    {
        var ancestors = new List<int>();
        return View.CollectAncestors(node, ancestors) >= 0 && ancestors.Count > 1
            ? Text(View.NodeNameUnchecked(ancestors[1])) : null;
    }

    /// <summary>An error at a property of a node.</summary>
    public OverlayError Error(FdtErrorKind kind, int node, ReadOnlySpan<byte> property, string message) =>
        new(kind, FragmentOf(node), $"{View.PathOf(node)}:{Text(property)}", message);

    /// <summary>An error about a node.</summary>
    public OverlayError Error(FdtErrorKind kind, int node, string message) => new(kind, FragmentOf(node), null, message);

    /// <summary>An error of a part of the overlay that belongs to no fragment.</summary>
    public static OverlayError Error(int code, string? where, string message) => new((FdtErrorKind)(-code), null, where, message);

    public static string Text(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);
}
