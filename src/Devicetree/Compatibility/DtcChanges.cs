namespace Devicetree.Compatibility;

/// <summary>
/// Every difference between versions of dtc that our code knows, declared once. Each was seen by running the release before and
/// the release itself; the cases are those of the row's name in <c>tests/vectors/dtc/changes</c>.
/// </summary>
internal static class DtcChanges
{
    /// <summary>A number that does not fit its cell.</summary>
    public static readonly DtcChange TruncationWarns = new(
        "truncation-warns", new(1, 7, 0),
        "A number that does not fit its element is cut with a warning; before, it was an error.");

    /// <summary>Label-relative references.</summary>
    public static readonly DtcChange LabelRelativePaths = new(
        "label-relative-paths", new(1, 7, 0),
        "'&{label}' and '&{label/path}' are references; before, a path in braces began with a slash.");

    /// <summary>References survive printing.</summary>
    public static readonly DtcChange KeepReferences = new(
        "keep-references", new(1, 7, 0),
        "References are printed as such; before, as the numbers and paths they became.");

    /// <summary>A property without known structure can be printed.</summary>
    public static readonly DtcChange PrintUntyped = new(
        "print-untyped", new(1, 7, 0),
        "A value that comes from '/incbin/' alone is printed; before, printing it ended the program.");

    /// <summary>Directives of assembler output.</summary>
    public static readonly DtcChange PortableAssembler = new(
        "portable-assembler", new(1, 7, 0),
        "Assembler output has '.asciz' and one '.byte' a line; before, '.string' and semicolons.");

    /// <summary>A phandle reference to a path of another tree.</summary>
    public static readonly DtcChange ExternalPathIsFatal = new(
        "external-path-is-fatal", new(1, 7, 0),
        "'<&{/path}>' that a plugin cannot resolve is fatal; before, it gave a fixup that nothing can resolve.");

    /// <summary>Values as they are.</summary>
    public static readonly DtcChange RawValues = new(
        "raw-values", new(1, 7, 0),
        "'fdtget -t r' prints the bytes as they are, and fdtput refuses that type in words of its own; before, there "
        + "was no such type.");

    /// <summary>A reason for cell counts.</summary>
    public static readonly DtcChange DmaRangesCount = new(
        "dma-ranges-count", new(1, 7, 0),
        "'avoid_unnecessary_addr_size' also takes 'dma-ranges' as a reason for cell counts.");

    /// <summary>The range of buses behind a bridge.</summary>
    public static readonly DtcChange BusRangeRead = new(
        "bus-range-read", new(1, 7, 0),
        "'pci_device_bus_num' reads the end of 'bus-range'; before, it read the start twice.");

    /// <summary>Arguments of phandles.</summary>
    public static readonly DtcChange ArgumentOverflow = new(
        "argument-overflow", new(1, 7, 0),
        "Checks of phandle lists count arguments without signs, and stop at the first list that is too short; before, large counts were "
        + "printed with a sign.");

    /// <summary>Who has interrupt cells.</summary>
    public static readonly DtcChange InterruptProviderBothWays = new(
        "interrupt-provider-both-ways", new(1, 7, 0),
        "'interrupt_provider' also reports '#interrupt-cells' of a node that is no provider, asks for no "
        + "'#address-cells', and needs 'interrupts_extended_is_cell'.");

    /// <summary>Maps of interrupts are checked.</summary>
    public static readonly DtcChange InterruptMapCheck = new(
        "interrupt-map-check", new(1, 7, 0),
        "The check 'interrupt_map' exists.");

    /// <summary>Lengths of properties.</summary>
    public static readonly DtcChange PropertyLengthsChecked = new(
        "property-lengths-checked", new(1, 7, 0),
        "A property length that leads past 2 GiB gives BADSTRUCTURE; before, some wrapped around to a tag and were walked past.");

    /// <summary>How a decompiled list of strings looks.</summary>
    public static readonly DtcChange SplitStrings = new(
        "split-strings", new(1, 7, 1),
        "A list of strings is printed as several strings; before, as one with '\\0' inside.");

    /// <summary>References among numbers.</summary>
    public static readonly DtcChange SpacedReferences = new(
        "spaced-references", new(1, 7, 1),
        "A space stands between a number and a reference in the same brackets; 1.7.0 printed none.");

    /// <summary>Fixups for any tree.</summary>
    public static readonly DtcChange LocalFixupsOption = new(
        "local-fixups-option", new(1, 7, 1),
        "-L writes '__local_fixups__' and '__fixups__' for any tree; before, there was no such option.");

    /// <summary>The help of fdtoverlay.</summary>
    public static readonly DtcChange OverlayHelpWithoutTypes = new(
        "overlay-help-without-types", new(1, 7, 1),
        "The help of fdtoverlay does not explain types of values, which it has no option for; before, it did.");

    /// <summary>Paths and aliases.</summary>
    public static readonly DtcChange PathsChecked = new(
        "paths-checked", new(1, 7, 1),
        "An empty path, and an alias that is no absolute path, give BADPATH; before, such an alias was followed, also "
        + "to other aliases.");

    /// <summary>Phandles of a base tree keep their numbers.</summary>
    public static readonly DtcChange ProtectBasePhandles = new(
        "protect-base-phandles", new(1, 7, 1),
        "An overlay cannot change the phandle of a node of the base; before, references to it went stale.");

    /// <summary>The error for a base without symbols.</summary>
    public static readonly DtcChange MissingSymbolsOffset = new(
        "missing-symbols-offset", new(1, 7, 1),
        "A base without '/__symbols__' gives BADOFFSET, and labels are looked up before their places are read; "
        + "before, NOTFOUND.");

    /// <summary>Long addresses on I2C.</summary>
    public static readonly DtcChange TenBitAddresses = new(
        "ten-bit-addresses", new(1, 7, 1),
        "'i2c_bus_reg' takes every address of ten bits; before, those over 0x7f were reported.");

    /// <summary>Lengths of maps of interrupts.</summary>
    public static readonly DtcChange InterruptMapLength = new(
        "interrupt-map-length", new(1, 7, 1),
        "'interrupt_map' reports a last entry that is cut short.");

    /// <summary>Graphs in overlays.</summary>
    public static readonly DtcChange GraphOverlays = new(
        "graph-overlays", new(1, 7, 1),
        "'graph_port' and 'graph_endpoint' look at 'reg' first, and at nothing else in overlays.");

    /// <summary>What must hold before cell counts of ports are looked at.</summary>
    public static readonly DtcChange GraphChildNeeds = new(
        "graph-child-needs", new(1, 7, 1),
        "'graph_child_address' needs 'graph_port' and 'graph_endpoint'; before, only 'graph_nodes'.");

    /// <summary>Endpoints without a port.</summary>
    public static readonly DtcChange EndpointInRoot = new(
        "endpoint-in-root", new(1, 7, 1),
        "'graph_nodes' reports endpoints in the root; before, dtc crashed.");

    /// <summary>Spaces in dependency files.</summary>
    public static readonly DtcChange EscapedDependencies = new(
        "escaped-dependencies", new(1, 7, 2),
        "Spaces in the names of a dependency file get a backslash; before, they did not.");

    /// <summary>What fdtoverlay says of a base without symbols.</summary>
    public static readonly DtcChange MissingSymbolsHint = new(
        "missing-symbols-hint", new(1, 7, 2),
        "fdtoverlay says that a base without '/__symbols__' is to be compiled with -@; before, it gave the error alone.");

    /// <summary>Reservations without an end.</summary>
    public static readonly DtcChange ReservationsChecked = new(
        "reservations-checked", new(1, 8, 0),
        "A blob whose reservations do not end gives TRUNCATED before it is changed; before, that was not noticed, or crashed.");

    /// <summary>What may follow the root node.</summary>
    public static readonly DtcChange NopAfterRoot = new(
        "nop-after-root", new(1, 8, 0),
        "The full check of libfdt takes a NOP after the root node; before, it gave BADSTRUCTURE.");

    /// <summary>Alignment of the blocks of a blob.</summary>
    public static readonly DtcChange AlignmentChecked = new(
        "alignment-checked", new(1, 8, 0),
        "A block that is not on its boundary gives ALIGNMENT; before, other errors or none.");

    /// <summary>What is restored from a blob.</summary>
    public static readonly DtcChange RestoreLabels = new(
        "restore-labels", new(1, 8, 0),
        "Labels, references and '/plugin/' come back from '__symbols__' and the fixups of a blob; before, they were lost.");

    /// <summary>What values without types are printed as.</summary>
    public static readonly DtcChange GuessedParts = new(
        "guessed-parts", new(1, 8, 0),
        "In a value without types each part between labels and references is guessed; before, the whole was.");

    /// <summary>Fixups that are there already.</summary>
    public static readonly DtcChange FixupsMerged = new(
        "fixups-merged", new(1, 8, 0),
        "Fixups that a source has already are not written again; before, they were appended.");

    /// <summary>A word where a number is expected.</summary>
    public static readonly DtcChange StrayIdentifiers = new(
        "stray-identifiers", new(1, 8, 0),
        "A word among numbers is named in a lexical error and taken for 0; before, it was a syntax error.");

    /// <summary>Nodes without a name.</summary>
    public static readonly DtcChange NodeNamesNeeded = new(
        "node-names-needed", new(1, 8, 0),
        "The check 'node_name_not_empty' exists.");

    /// <summary>Aliases in overlays.</summary>
    public static readonly DtcChange OverlayAliases = new(
        "overlay-aliases", new(1, 8, 0),
        "'alias_paths' takes any path in overlays; before, those of the base were reported.");

    /// <summary>Buses within I2C controllers.</summary>
    public static readonly DtcChange I2cBusChild = new(
        "i2c-bus-child", new(1, 8, 0),
        "'i2c_bus_bridge' takes an 'i2c' node with a child 'i2c-bus' for no bus; before, it compared the wrong length "
        + "and never saw one.");

    /// <summary>A reason for cell counts.</summary>
    public static readonly DtcChange ChildRangesCount = new(
        "child-ranges-count", new(1, 8, 0),
        "'avoid_unnecessary_addr_size' also takes the 'ranges' of a child as a reason for cell counts.");

    /// <summary>Address cells of interrupt parents.</summary>
    public static readonly DtcChange InterruptMapFallback = new(
        "interrupt-map-fallback", new(1, 8, 0),
        "'interrupt_map' reports a parent without '#address-cells'.");

    /// <summary>What must hold before interrupts are looked at.</summary>
    public static readonly DtcChange InterruptsNeedReferences = new(
        "interrupts-need-references", new(1, 8, 0),
        "'interrupts_property' needs 'phandle_references'; before, it ran whatever that said.");

    /// <summary>Cell counts of ports.</summary>
    public static readonly DtcChange GraphChildRetired = new(
        "graph-child-retired", new(1, 8, 0),
        "The check 'graph_child_address' does not exist any more.");

    /// <summary>Numbers on the command line of fdtput.</summary>
    public static readonly DtcChange WholeNumbers = new(
        "whole-numbers", new(1, 8, 0),
        "fdtput refuses a word that is no number to its end, and takes '0x10' with -t u or i only; before, the rest "
        + "of a word was dropped, and what was no number became the number before it.");

    /// <summary>The help of fdtput.</summary>
    public static readonly DtcChange PutCreates = new(
        "put-creates", new(1, 8, 0),
        "The help of fdtput says that nodes are created and deleted; before, that it depended on whether they exist.");

    /// <summary>Where fdtput cannot create a node.</summary>
    public static readonly DtcChange CreateNamesPath = new(
        "create-names-path", new(1, 8, 0),
        "fdtput names the whole path that it cannot create; before, that of the parent which is missing.");

    /// <summary>What fdtdump reads.</summary>
    public static readonly DtcChange DumpAnyVersion = new(
        "dump-any-version", new(1, 8, 0),
        "fdtdump prints blobs of versions over 17 that version 17 can read; before, it refused them.");

    /// <summary>How fdtdump ends.</summary>
    public static readonly DtcChange DumpEndsAtUnknownTag = new(
        "dump-ends-at-unknown-tag", new(1, 8, 0),
        "fdtdump ends with 1 at an unknown tag; before, with 0.");

    /// <summary>All of them, oldest first.</summary>
    public static IReadOnlyList<DtcChange> All { get; } =
    [
        TruncationWarns, LabelRelativePaths, KeepReferences, PrintUntyped, PortableAssembler, ExternalPathIsFatal, RawValues,
        DmaRangesCount, BusRangeRead, ArgumentOverflow, InterruptProviderBothWays, InterruptMapCheck, PropertyLengthsChecked,
        SplitStrings, SpacedReferences, LocalFixupsOption, OverlayHelpWithoutTypes, PathsChecked, ProtectBasePhandles,
        MissingSymbolsOffset, TenBitAddresses, InterruptMapLength, GraphOverlays, GraphChildNeeds, EndpointInRoot,
        EscapedDependencies, MissingSymbolsHint, ReservationsChecked, NopAfterRoot, AlignmentChecked, RestoreLabels, GuessedParts,
        FixupsMerged, StrayIdentifiers, NodeNamesNeeded, OverlayAliases, I2cBusChild, ChildRangesCount,
        InterruptMapFallback, InterruptsNeedReferences, GraphChildRetired, WholeNumbers, PutCreates, CreateNamesPath,
        DumpAnyVersion,
        DumpEndsAtUnknownTag,
    ];
}
