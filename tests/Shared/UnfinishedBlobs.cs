namespace Gunyah.Testing;

/// <summary>A blob as it stands while libfdt's sequential functions write it.</summary>
internal static class UnfinishedBlobs
{
    /// <summary>How many steps there are.</summary>
    public const int Steps = 6;

    /// <summary>
    /// After so many steps: a root, its property, a child, its property, the end of the child, that of the root.
    /// </summary>
    public static byte[] After(int steps)
    {
        // Counted from the end of the strings.
        const uint a = unchecked((uint)-10), phandle = unchecked((uint)-8);
        Action<BlobBuilder>[] all =
        [
            blob => blob.Begin(""), blob => blob.Prop(a, 1), blob => blob.Begin("n"), blob => blob.Prop(phandle, 7),
            blob => blob.EndNode(), blob => blob.EndNode(),
        ];
        var blob = new BlobBuilder();
        foreach (Action<BlobBuilder> step in all[..steps])
            step(blob);
        return blob.BuildUnfinished();
    }
}
