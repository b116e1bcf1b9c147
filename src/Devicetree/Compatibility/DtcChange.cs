namespace Devicetree.Compatibility;

/// <summary>Something that a version of dtc does otherwise than those before it (devicetree.md 1.18).</summary>
/// <param name="Id">A few words with hyphens.</param>
/// <param name="Since">The first version that does it.</param>
/// <param name="Summary">What it does, and what it did before.</param>
public sealed record DtcChange(string Id, DtcVersion Since, string Summary);

/// <summary>Every difference between versions of dtc that our code knows, declared once.</summary>
public static class DtcChanges
{
    /// <summary>A number that does not fit its cell.</summary>
    public static readonly DtcChange TruncationWarns = new(
        "truncation-warns", new(1, 7, 0), "A number that does not fit its element is cut with a warning; before, it was an error.");

    /// <summary>Label-relative references.</summary>
    public static readonly DtcChange LabelRelativePaths = new(
        "label-relative-paths", new(1, 7, 0), "'&{label}' and '&{label/path}' are references; before, a path in braces began with a slash.");

    /// <summary>How a decompiled list of strings looks.</summary>
    public static readonly DtcChange SplitStrings = new(
        "split-strings", new(1, 7, 0), "A list of strings is printed as several strings; before, as one with '\\0' inside.");

    /// <summary>References survive printing.</summary>
    public static readonly DtcChange KeepReferences = new(
        "keep-references", new(1, 7, 0), "References are printed as such; before, as the numbers and paths they became.");

    /// <summary>Phandles of a base tree keep their numbers.</summary>
    public static readonly DtcChange ProtectBasePhandles = new(
        "protect-base-phandles", new(1, 7, 1), "An overlay cannot change the phandle of a node of the base; before, references to it went stale.");

    /// <summary>What fdtoverlay says of a base without symbols.</summary>
    public static readonly DtcChange MissingSymbolsHint = new(
        "missing-symbols-hint", new(1, 7, 1), "A base without '/__symbols__' gives BADOFFSET and a hint to compile with -@; before, NOTFOUND.");

    /// <summary>A property without known structure can be printed.</summary>
    public static readonly DtcChange PrintUntyped = new(
        "print-untyped", new(1, 7, 0), "A value that comes from '/incbin/' alone is printed; before, printing it ended the program.");

    /// <summary>Lengths of properties.</summary>
    public static readonly DtcChange PropertyLengthsChecked = new(
        "property-lengths-checked", new(1, 7, 0), "A property length that leads past 2 GiB gives BADSTRUCTURE; before, some wrapped around to a tag and were walked past.");

    /// <summary>Reservations without an end.</summary>
    public static readonly DtcChange ReservationsChecked = new(
        "reservations-checked", new(1, 7, 0), "A blob whose reservations do not end gives TRUNCATED before it is changed; before, that was not noticed, or crashed.");

    /// <summary>What may follow the root node.</summary>
    public static readonly DtcChange NopAfterRoot = new(
        "nop-after-root", new(1, 7, 0), "The full check of libfdt takes a NOP after the root node; before, it gave BADSTRUCTURE.");

    /// <summary>Paths and aliases.</summary>
    public static readonly DtcChange PathsChecked = new(
        "paths-checked", new(1, 7, 1), "An empty path, and an alias that is no absolute path, give BADPATH; before, such an alias was followed, also to other aliases.");

    /// <summary>Alignment of the blocks of a blob.</summary>
    public static readonly DtcChange AlignmentChecked = new(
        "alignment-checked", new(1, 8, 0), "A block that is not on its boundary gives ALIGNMENT; before, other errors or none.");

    /// <summary>What is restored from a blob.</summary>
    public static readonly DtcChange RestoreLabels = new(
        "restore-labels", new(1, 8, 0), "Labels, references and '/plugin/' come back from '__symbols__' and the fixups of a blob; before, they were lost.");

    /// <summary>A phandle reference to a path of another tree.</summary>
    public static readonly DtcChange ExternalPathIsFatal = new(
        "external-path-is-fatal", new(1, 8, 0), "'<&{/path}>' that a plugin cannot resolve is fatal; before, it gave a fixup that nothing can resolve.");

    /// <summary>The help of fdtoverlay.</summary>
    public static readonly DtcChange OverlayHelpWithoutTypes = new(
        "overlay-help-without-types", new(1, 7, 0), "The help of fdtoverlay does not explain types of values, which it has no option for; before, it did.");

    /// <summary>Which checks exist.</summary>
    public static readonly DtcChange Checks18 = new(
        "checks-1.8", new(1, 8, 0),
        "Checks 'interrupt_map' and 'node_name_not_empty' exist, 'graph_child_address' does not, 'interrupt_provider' also asks the other way round; aliases and graphs are relaxed for overlays.");

    /// <summary>A word where a number is expected.</summary>
    public static readonly DtcChange StrayIdentifiers = new(
        "stray-identifiers", new(1, 8, 0), "A word among numbers is named in a lexical error and taken for 0; before, it was a syntax error.");

    /// <summary>Blanks in dependency files.</summary>
    public static readonly DtcChange EscapedDependencies = new(
        "escaped-dependencies", new(1, 7, 0), "Blanks in the names of a dependency file get a backslash; before, they did not.");

    /// <summary>Fixups for any tree.</summary>
    public static readonly DtcChange LocalFixupsOption = new(
        "local-fixups-option", new(1, 8, 0), "-L writes '__local_fixups__' and '__fixups__' for any tree; before, there was no such option.");

    /// <summary>Directives of assembler output.</summary>
    public static readonly DtcChange PortableAssembler = new(
        "portable-assembler", new(1, 7, 0), "Assembler output has '.asciz' and one '.byte' a line; before, '.string' and semicolons.");

    /// <summary>All of them, oldest first.</summary>
    public static IReadOnlyList<DtcChange> All { get; } =
    [
        TruncationWarns, LabelRelativePaths, SplitStrings, KeepReferences, PrintUntyped, PortableAssembler, EscapedDependencies,
        PropertyLengthsChecked, ReservationsChecked, NopAfterRoot, OverlayHelpWithoutTypes, PathsChecked, ProtectBasePhandles, MissingSymbolsHint, AlignmentChecked,
        RestoreLabels, ExternalPathIsFatal, StrayIdentifiers, Checks18, LocalFixupsOption,
    ];
}
