namespace Devicetree.Overlays;

/// <summary>
/// An application's own copy of the overlay, in which cells can be overwritten without touching the caller's bytes.
/// </summary>
internal sealed class OverlayCopy(Tree overlay)
{
    private readonly Dictionary<Property, byte[]> _copied = [];

    public Tree Tree { get; } = overlay.Clone();

    /// <summary>True when a cell of four bytes fits at that offset of the value.</summary>
    public static bool HasCellAt(Property property, uint offset) =>
        property.Value.Length >= sizeof(uint) && offset <= (uint)(property.Value.Length - sizeof(uint));

    /// <summary>
    /// The bytes of a cell for writing. The value is copied the first time, however many cells of it are written.
    /// </summary>
    public Span<byte> CellAt(Property property, uint offset)
    {
        if (!_copied.TryGetValue(property, out byte[]? bytes))
        {
            bytes = property.Value.ToArray();
            property.Value = bytes;
            _copied.Add(property, bytes);
        }
        return bytes.AsSpan((int)offset, sizeof(uint));
    }
}
