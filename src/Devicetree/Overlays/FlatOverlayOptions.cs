using Devicetree.Compatibility;

namespace Devicetree.Overlays;

/// <summary>How flat overlays are applied.</summary>
public sealed record FlatOverlayOptions
{
    /// <summary>The version of libfdt to agree with where versions differ.</summary>
    public DtcVersion Version { get; init; } = DtcVersion.Newest;

    /// <summary>Clears the pad bytes of values that are written: see <see cref="StrictChoices.ZeroedPads"/>.</summary>
    public bool ZeroPads { get; init; }

    /// <summary>
    /// The most bytes that the buffer may grow to. A small overlay can ask for very much: every symbol is as long as the path of
    /// its target.
    /// </summary>
    public int MaxSize { get; init; } = 256 * 1024 * 1024;
}
