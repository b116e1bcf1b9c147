namespace Devicetree.Overlays;

/// <summary>The paths that an overlay's <c>__symbols__</c> hold: <c>/fragment/__overlay__/rest</c>.</summary>
internal static class SymbolPath
{
    /// <summary>
    /// Splits a path into its fragment and what is below the fragment's body, which is empty for the body itself. False for a
    /// path to anything else, which means nothing in the result.
    /// </summary>
    public static bool TrySplit(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> fragment, out ReadOnlySpan<byte> rest)
    {
        fragment = rest = default;
        int slash = path[1..].IndexOf((byte)'/') + 1;
        if (slash == 0)
            return false;
        ReadOnlySpan<byte> below = path[slash..];
        ReadOnlySpan<byte> body = "/__overlay__"u8;
        if (!below.StartsWith(body) || (below.Length > body.Length && below[body.Length] != (byte)'/'))
            return false;
        fragment = path[1..slash];
        rest = below[Math.Min(body.Length + 1, below.Length)..];
        return true;
    }
}
