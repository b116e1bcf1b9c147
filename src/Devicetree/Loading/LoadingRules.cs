using Devicetree.Text.Diagnostics;

namespace Devicetree.Loading;

/// <summary>What can be wrong with a file before anyone looks into its tree; the numbers are stable.</summary>
internal static class LoadingRules
{
    /// <summary>Nothing to read.</summary>
    public static readonly DiagnosticRule Empty = new(
        "INP001", "empty-file", Severity.Error, "the file is empty", "Check whether what wrote it has failed.")
    {
        Why = "A build step or a copy that failed often leaves an empty file behind, and a boot loader that gets it "
            + "stops.",
        Example = """
            : > empty.dtb
            dt print empty.dtb
            """,
    };

    /// <summary>Bytes that are nothing we know.</summary>
    public static readonly DiagnosticRule NoDevicetree = new(
        "INP002", "no-devicetree", Severity.Error,
        "this is neither a devicetree blob nor a source: it has byte 0x{0:x2} at offset {1}",
        "Give a .dtb or a .dts.")
    {
        Why = "It was given by accident, or it was damaged: there is nothing to read a tree from.",
        Example = "dt print image.bin",
    };

    /// <summary>A compressed file.</summary>
    public static readonly DiagnosticRule Compressed = new(
        "INP003", "compressed", Severity.Error, "this file is compressed with {0}",
        "Decompress it first: '{1} < {2}' writes what is in it.")
    {
        Why = "The devicetree inside is only visible once it is unpacked, and dt does not unpack what it was not asked "
            + "to.",
        Example = """
            gzip board.dtb
            dt print board.dtb.gz
            """,
    };

    /// <summary>A file of another format, in which blobs were found.</summary>
    public static readonly DiagnosticRule Container = new(
        "INP004", "container", Severity.Error, "this is {0}, with {1} inside", "Choose one with dt's option --entry N.")
    {
        Why = "Such a file holds several trees, and which one is meant cannot be guessed: a boot loader chooses by the "
            + "board it runs on.",
        Example = "dt print dtbo.img",
    };

    /// <summary>A file of another format, in which no blob was found.</summary>
    public static readonly DiagnosticRule OtherFormat = new(
        "INP005", "other-format", Severity.Error, "this is {0}, and no devicetree blob was found in it",
        "Take the devicetree out of it, or name another file.")
    {
        Why = "The devicetree may be in another file, or packed in a form in which it cannot be seen.",
        Example = "dt print kernel.img",
    };

    /// <summary>Bytes behind the one blob of a file.</summary>
    public static readonly DiagnosticRule TrailingBytes = new(
        "INP006", "trailing-bytes", Severity.Warning, "{0} bytes follow the blob, which ends at offset 0x{1:x}",
        "Remove them if they are not meant.")
    {
        What = "Nothing follows the blob in its file.",
        Why = "They are often padding, but they can also be a second blob or a signature that gets lost when the file "
            + "is written again.",
        Example = """
            (cat board.dtb; echo more) > more.dtb
            dt print more.dtb
            """,
    };

    /// <summary>More blobs behind the first.</summary>
    public static readonly DiagnosticRule MoreBlobs = new(
        "INP007", "more-blobs", Severity.Warning, "the file holds {0}, and only the first is read",
        "Choose one with dt's option --entry N.")
    {
        Why = "What is asked or changed concerns the first blob only; the others stay unseen.",
        Example = """
            cat board.dtb board.dtb > both.dtb
            dt print both.dtb
            """,
    };

    /// <summary>An entry that the file does not have.</summary>
    public static readonly DiagnosticRule NoEntry = new(
        "INP008", "no-entry", Severity.Error, "there is no entry {0}: the file holds {1}", "Name one of them.")
    {
        Why = "There is no tree to read. Entries are counted from 1.",
        Example = """
            cat board.dtb board.dtb > both.dtb
            dt print --entry 9 both.dtb
            """,
    };

    /// <summary>A source where something else is needed.</summary>
    public static readonly DiagnosticRule IsSource = new(
        "INP009", "is-source", Severity.Error, "this is source text, not a blob",
        "Compile it with 'dt compile', or show it with 'dt print'.")
    {
        Why = "What this command does needs a blob: a source still has macros and includes, and its phandles have no "
            + "numbers yet.",
        Example = "dt decompile board.dts",
    };

    /// <summary>A blob where a source is needed.</summary>
    public static readonly DiagnosticRule IsBlob = new(
        "INP010", "is-blob", Severity.Error, "this is a devicetree blob, not source text",
        "Make a source of it with 'dt decompile'.")
    {
        Why = "A blob has lost labels, comments and macros, so it cannot take the place of its source.",
        Example = "dt compile board.dtb",
    };

    /// <summary>A directory that holds no tree.</summary>
    public static readonly DiagnosticRule BadDirectory = new(
        "INP011", "bad-directory", Severity.Error, "the directory '{0}' holds no devicetree: {1}",
        "Name a directory such as /proc/device-tree.")
    {
        Why = "In such a directory each node is a directory and each property a file, as Linux shows them. Another "
            + "directory gives a tree of nonsense, or none.",
        Example = """
            mkdir empty
            dt overlay empty overlay.dtso -o merged.dtb
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Empty, NoDevicetree, Compressed, Container, OtherFormat, TrailingBytes, MoreBlobs, NoEntry, IsSource, IsBlob,
        BadDirectory,
    ];
}
