namespace Devicetree.Compatibility;

/// <summary>
/// Something that the drop-in names do as the originals, quirk included, and <c>dt</c>'s own verbs do not, because it loses or corrupts
/// data (reference 9).
/// </summary>
/// <param name="Id">A few words with hyphens.</param>
/// <param name="Compatible">What the drop-in does.</param>
/// <param name="Strict">What <c>dt</c> does.</param>
public sealed record StrictChoice(string Id, string Compatible, string Strict);

/// <summary>Every such difference, declared once. Code that makes one refers to its row.</summary>
public static class StrictChoices
{
    /// <summary>What happens to pad bytes when an overlay replaces a value.</summary>
    public static readonly StrictChoice ZeroedPads = new(
        "zeroed-pads", "Pad bytes after a replaced value keep what stood there before.", "Pad bytes are zero.");

    /// <summary>What is printed where the text of dtc does not compile to what it was printed from. The drop-in does as <c>dt</c> here.</summary>
    public static readonly StrictChoice PrintedTextCompiles = new(
        "printed-text-compiles",
        "dtc prints some strings, empty pieces, mixed pieces and labels of the root in ways that compile to other bytes or not at all.",
        "The shortest text that compiles to the same bytes is printed; all other text is that of dtc.");

    /// <summary>A blob that is larger than what it was to be filled up to.</summary>
    public static readonly StrictChoice SizeKept = new(
        "size-kept", "A blob that is larger than -S is written, with a warning.", "It is an error, and nothing is written.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StrictChoice> All { get; } = [ZeroedPads, PrintedTextCompiles, SizeKept];
}
