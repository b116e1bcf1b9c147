namespace Devicetree.Compatibility;

/// <summary>
/// Something that the drop-in names do as the originals, quirk included, and <c>dt</c>'s own verbs do not, because it loses or corrupts
/// data (devicetree.md 9).
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
        "As `dt`. (dtc prints some strings, empty pieces, mixed pieces and labels of the root in ways that compile to other bytes "
        + "or not at all.)",
        "The shortest text that compiles to the same bytes is printed; all other text is that of dtc.");

    /// <summary>What makes an original leave its memory. The drop-in does as <c>dt</c> here.</summary>
    public static readonly StrictChoice MemoryKept = new(
        "memory-kept",
        "What makes the original read or write outside of its memory, crash or never end is refused, with another error than there.",
        "It is refused.");

    /// <summary>A word on the command line of fdtput that is no number at all. The drop-in does as <c>dt</c> would.</summary>
    public static readonly StrictChoice NumbersRead = new(
        "numbers-read",
        "A word without any digit is refused, and the blob stays as it is. (fdtput before 1.8.0 writes the number before it, or "
        + "whatever is in memory; since then it writes 0 for an empty word.)",
        "`dt` has no verb that takes such words.");

    /// <summary>A blob that is larger than what it was to be filled up to.</summary>
    public static readonly StrictChoice SizeKept = new(
        "size-kept", "A blob that is larger than -S is written, with a warning.", "It is an error, and nothing is written.");

    /// <summary>A number that is too large for its element.</summary>
    public static readonly StrictChoice NumbersFit = new(
        "numbers-fit", "Since 1.7.0 a number that is too large for its element loses its upper bits, with a warning.", "It is an error.");

    /// <summary>A binary file that has less than is asked for.</summary>
    public static readonly StrictChoice BinaryFilesFit = new(
        "binary-files-fit", "`/incbin/` of a part that a file does not have gives what it has, or nothing.", "It is an error.");

    /// <summary>A reservation that ends the list of reservations for every reader.</summary>
    public static readonly StrictChoice ReservationsSeen = new(
        "reservations-seen", "`/memreserve/` of no bytes is written; readers stop there and never see those after it.", "It is an error.");

    /// <summary>The root is deleted.</summary>
    public static readonly StrictChoice RootKept = new(
        "root-kept", "Deleting the root gives a blob without nodes.", "It is an error.");

    /// <summary>A phandle reference by path that a plugin cannot resolve.</summary>
    public static readonly StrictChoice FixupsResolvable = new(
        "fixups-resolvable", "Before 1.8.0, `<&{/path}>` into another tree gives a fixup that nothing can apply.", "It is an error whatever the version.");

    /// <summary>Deletions that delete nothing.</summary>
    public static readonly StrictChoice LostDeletionsTold = new(
        "lost-deletions-told",
        "A deletion in an overlay, and one after the property in the same new body, is dropped without a word.",
        "It is dropped, too, as nothing else is possible, with a warning.");

    /// <summary>Output that the system refuses. The drop-in names do as <c>dt</c> here.</summary>
    public static readonly StrictChoice OutputFailureIsReported = new(
        "output-failure-is-reported",
        "The originals say nothing of a full disk and end with 0; fdtoverlay and fdtput have a line and end with 1, and ours do so too.",
        "Output that cannot be written is one line on standard error and exit code 3, under the drop-in names too.");

    /// <summary>Warnings of what changes nothing.</summary>
    public static readonly StrictChoice NoNoise = new(
        "no-noise", "A label that a decompiled source has in `/__symbols__` already is reported, also where that says the same.",
        "It is reported where the two differ.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StrictChoice> All { get; } =
    [
        ZeroedPads, PrintedTextCompiles, MemoryKept, NumbersRead, SizeKept, NumbersFit, BinaryFilesFit, ReservationsSeen, RootKept,
        FixupsResolvable, LostDeletionsTold, OutputFailureIsReported, NoNoise,
    ];
}
