namespace Devicetree.Flattened;

/// <summary>
/// Blobs in the state in which libfdt's sequential writing leaves them before <c>fdt_finish</c>: another magic, strings that grow
/// down from the end of the buffer with negative offsets, no tag at the end. libfdt's functions that only read take them.
/// </summary>
internal static class UnfinishedBlob
{
    /// <summary>What such a blob begins with.</summary>
    public const uint Magic = ~FdtFormat.Magic;

    /// <summary>
    /// A copy in the form of other blobs, with the same offsets of nodes and properties, and no tag at the end either; null for a
    /// blob that is not unfinished, holds nothing yet, or has not the bytes that its header promises.
    /// </summary>
    /// <param name="blob">The blob; more bytes may follow it.</param>
    public static byte[]? Read(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < FdtField.FullHeader || FdtField.Read(blob, FdtField.Magic) != Magic
            || FdtField.Read(blob, FdtField.StructSize) == 0)
            return null;
        uint total = FdtField.Read(blob, FdtField.TotalSize), strings = FdtField.Read(blob, FdtField.StringsSize);
        if (total > (uint)blob.Length || strings > total)
            return null;
        byte[] copy = blob.ToArray();
        FdtField.Write(copy, FdtField.Magic, FdtFormat.Magic);
        FdtField.Write(copy, FdtField.StringsOffset, total - strings);
        if (!FdtView.TryOpen(copy, out FdtView view, out _))
            return null;
        int start = (int)FdtField.Read(copy, FdtField.StructOffset);
        FdtTag tag;
        for (int at = 0; (tag = view.ReadTag(at, out int next)) != FdtTag.End; at = next)
        {
            // From the start of the strings instead of from their end. What wraps leads to no string, as before.
            int nameOffset = start + at + (2 * sizeof(uint));
            if (tag == FdtTag.Property)
                FdtField.Write(copy, nameOffset, unchecked(FdtField.Read(copy, nameOffset) + strings));
        }
        return copy;
    }
}
