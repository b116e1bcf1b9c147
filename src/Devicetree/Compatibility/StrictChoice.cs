namespace Devicetree.Compatibility;

/// <summary>
/// Something that the drop-in names do as the originals, quirk included, and <c>dt</c>'s own verbs do not, because it loses or
/// corrupts data (devicetree.md 9).
/// </summary>
/// <param name="Id">A few words with hyphens.</param>
/// <param name="Compatible">What the drop-in does.</param>
/// <param name="Strict">What <c>dt</c> does.</param>
internal sealed record StrictChoice(string Id, string Compatible, string Strict);

/// <summary>Every such difference, declared once. Code that makes one refers to its row.</summary>
internal static class StrictChoices
{
    /// <summary>What happens to pad bytes when an overlay replaces a value.</summary>
    public static readonly StrictChoice ZeroedPads = new(
        "zeroed-pads", "Pad bytes after a replaced value keep what stood there before.", "Pad bytes are zero.");

    /// <summary>
    /// What is printed where the text of dtc does not compile to what it was printed from. The drop-in does as <c>dt</c> here.
    /// </summary>
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
        "numbers-fit", "Since 1.7.0 a number that is too large for its element loses its upper bits, with a warning.",
        "It is an error.");

    /// <summary>A binary file that has less than is asked for.</summary>
    public static readonly StrictChoice BinaryFilesFit = new(
        "binary-files-fit", "`/incbin/` of a part that a file does not have gives what it has, or nothing.", "It is an error.");

    /// <summary>A reservation that ends the list of reservations for every reader.</summary>
    public static readonly StrictChoice ReservationsSeen = new(
        "reservations-seen", "`/memreserve/` of no bytes is written; readers stop there and never see those after it.",
        "It is an error.");

    /// <summary>The root is deleted.</summary>
    public static readonly StrictChoice RootKept = new(
        "root-kept", "Deleting the root gives a blob without nodes.", "It is an error.");

    /// <summary>A phandle reference by path that a plugin cannot resolve.</summary>
    public static readonly StrictChoice FixupsResolvable = new(
        "fixups-resolvable", "Before 1.8.0, `<&{/path}>` into another tree gives a fixup that nothing can apply.",
        "It is an error whatever the version.");

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

    /// <summary>Deletions of what is not there.</summary>
    public static readonly StrictChoice VainDeletionsTold = new(
        "vain-deletions-told", "A deletion of what is not there, a label where a name is wanted for instance, is passed over without a word.",
        "It is a warning that says what may have been meant. A reservation that is there already is one, too.");

    /// <summary>The place of a node that comes back after its deletion.</summary>
    public static readonly StrictChoice OldPlacesTold = new(
        "old-places-told", "A node that is deleted and written again gets its old place among the others.",
        "It does, too, so that bytes stay those of dtc, with a warning; with `--written-order` it stands where it is written.");

    /// <summary>What applying an overlay loses.</summary>
    public static readonly StrictChoice LostPartsTold = new(
        "lost-parts-told", "Nodes beside the fragments of an overlay, references to them, and fragments without `/plugin/` are compiled without a word.",
        "A reference to such a node is an error, the others are warnings.");

    /// <summary>Where a character literal ends.</summary>
    public static readonly StrictChoice CharactersAsInC = new(
        "characters-as-in-c", "`<'\\\\' 'x'>` is one literal of several characters and an error: a backslash keeps a quote from ending one even when it is escaped.",
        "It is two literals, as in C.");

    /// <summary>References that applying an overlay would leave without a node.</summary>
    public static readonly StrictChoice ReferencesLead = new(
        "references-lead", "A reference of an overlay to a node that no fragment brings, or whose phandle another fragment replaces, becomes a number that leads to no node or to another.",
        "The first is an error; of two phandles for one node the first stays, and all references follow it.");

    /// <summary>The order of what an overlay adds.</summary>
    public static readonly StrictChoice NewNodesInOrder = new(
        "new-nodes-in-order", "New nodes and properties come before those that are there, the last one first.",
        "They come behind those that are there, in the order in which they are written.");

    /// <summary>An overlay for an overlay.</summary>
    public static readonly StrictChoice OverlaysOnOverlays = new(
        "overlays-on-overlays",
        "An overlay that is applied to an overlay gets phandles without fixups, which lead elsewhere after the next step.",
        "The result has fixups for them, and fragments for what only the base of both will know; applying it is applying one after the other.");

    /// <summary>References to paths of the base.</summary>
    public static readonly StrictChoice PathsOfBase = new(
        "paths-of-base", "A fixup that names a path, as dtc before 1.7.0 made of `<&{/path}>`, is not found.",
        "It is looked up in the base, and its node gets a phandle when it has none.");

    /// <summary>Names without unit address.</summary>
    public static readonly StrictChoice ExactNamesFirst = new(
        "exact-names-first", "A node without a unit address is merged into the first child of that name with any unit address.",
        "It is merged into the child of exactly that name; where there is none it is merged as the original does, with a "
        + "warning.");

    /// <summary>Checks that much of Linux fails.</summary>
    public static readonly StrictChoice ExtraChecksAsked = new(
        "extra-checks-asked", "Every check that is on by default in dtc warns; the build of Linux switches some of them off.",
        "`dt compile` and `dt check` leave out what the build of Linux leaves to `make W=1`; `--dtc-checks` asks for it.");

    /// <summary>A directory that is that of something else, or empty.</summary>
    public static readonly StrictChoice DirectoriesAreTrees = new(
        "directories-are-trees", "Any directory is a tree, of nonsense or of nothing.",
        "A directory that has none of the files that every root has is an error.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StrictChoice> All { get; } =
    [
        ZeroedPads, PrintedTextCompiles, MemoryKept, NumbersRead, SizeKept, NumbersFit, BinaryFilesFit, ReservationsSeen,
        RootKept,
        FixupsResolvable, LostDeletionsTold, OutputFailureIsReported, NoNoise,
        VainDeletionsTold, OldPlacesTold, LostPartsTold, CharactersAsInC,
        ReferencesLead, NewNodesInOrder, OverlaysOnOverlays, PathsOfBase, ExactNamesFirst, ExtraChecksAsked,
        DirectoriesAreTrees,
    ];
}
