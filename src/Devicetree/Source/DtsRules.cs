using Devicetree.Text.Diagnostics;

namespace Devicetree.Source;

/// <summary>
/// Everything that can be wrong with devicetree source text before checks see it. The numbers are stable; those missing here belong to
/// <see cref="Checks.CheckRules"/> and <see cref="Compilation.Passes.PassRules"/>.
/// </summary>
public static class DtsRules
{
    /// <summary>The text does not follow the grammar.</summary>
    public static readonly DiagnosticRule UnexpectedToken = Error("DTS001", "unexpected-token", "expected {0}, found {1}", "{2}");

    /// <summary>A string has no closing quote, or a backslash at the end of a line.</summary>
    public static readonly DiagnosticRule UnterminatedString = Error(
        "DTS002", "unterminated-string", "the string does not end", "Close it with '\"'; a backslash cannot stand at the end of a line.");

    /// <summary>A comment does not end.</summary>
    public static readonly DiagnosticRule UnterminatedComment = Error(
        "DTS003", "unterminated-comment", "the comment does not end",
        "End '/*' with '*/'; end a '//' comment on the last line of a file with a newline.");

    /// <summary>An integer literal is no number of 64 bits.</summary>
    public static readonly DiagnosticRule BadInteger = Error(
        "DTS004", "bad-integer", "'{0}' is not a number of at most 64 bits",
        "Write decimal digits, 0x and hexadecimal digits, or 0 and octal digits; only U, L, UL, LL or ULL may follow.");

    /// <summary>A character literal is not exactly one character.</summary>
    public static readonly DiagnosticRule BadCharacter = Error(
        "DTS005", "bad-character", "a character literal holds one character, this one {0}", "Put one character or one escape between the quotes.");

    /// <summary>An escape sequence has no digits.</summary>
    public static readonly DiagnosticRule BadEscape = Error(
        "DTS006", "bad-escape", "'\\x' without a hexadecimal digit", "Write one or two digits after it, or '\\\\x' for the two characters.");

    /// <summary>A word where only a number can stand: dtc since 1.8 takes it for 0 and goes on.</summary>
    public static readonly DiagnosticRule UnexpectedIdentifier = Error(
        "DTS007", "unexpected-identifier", "'{0}' is not a number", "{1}");

    /// <summary>The file name of a line marker contains a NUL.</summary>
    public static readonly DiagnosticRule NulInMarker = Error(
        "DTS008", "nul-in-marker", "the file name of this line marker contains a NUL", "Remove the '\\0' from it.");

    /// <summary>The file does not start with its version.</summary>
    public static readonly DiagnosticRule MissingVersion = Error(
        "DTS010", "missing-version", "the file does not start with '/dts-v1/;'", "Put '/dts-v1/;' on the first line.");

    /// <summary>A header repeats with other flags.</summary>
    public static readonly DiagnosticRule HeaderMismatch = Error(
        "DTS011", "header-mismatch", "this header and an earlier one differ in '/plugin/'", "Write '/plugin/;' after every '/dts-v1/;' or after none.");

    /// <summary>A property comes after a child node.</summary>
    public static readonly DiagnosticRule PropertyAfterNode = Error(
        "DTS012", "property-after-node", "property '{0}' comes after a child node", "Move it before the first child of its node.");

    /// <summary>Nodes or parentheses nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = Error(
        "DTS013", "too-deep", "{0} nest more than {1} levels deep", "Flatten them.");

    /// <summary>An element width that does not exist.</summary>
    public static readonly DiagnosticRule BadElementSize = Error(
        "DTS014", "bad-element-size", "elements of {0} bits do not exist", "Use 8, 16, 32 or 64.");

    /// <summary>A reference among elements that are no cells.</summary>
    public static readonly DiagnosticRule ReferenceNeedsCell = Error(
        "DTS015", "reference-needs-cell", "a reference among elements of {0} bits", "A phandle takes 32 bits: put it into an array without /bits/.");

    /// <summary>A number does not fit into its element.</summary>
    public static readonly DiagnosticRule ValueOutOfRange = Error(
        "DTS016", "value-out-of-range", "0x{0:x} does not fit into {1} bits", "Use a smaller number or '/bits/' with wider elements.");

    /// <summary>A number does not fit into its element and loses its upper bits.</summary>
    public static readonly DiagnosticRule ValueTruncated = new(
        "DTS021", "value-truncated", Severity.Warning, "0x{0:x} does not fit into {1} bits and becomes 0x{2:x}",
        "Use a smaller number or '/bits/' with wider elements.");

    /// <summary>An expression divides by zero.</summary>
    public static readonly DiagnosticRule DivisionByZero = Error(
        "DTS017", "division-by-zero", "division by zero", "Change the divisor; both branches of '?:' and both sides of '&&' and '||' are always computed.");

    /// <summary>A file that the text includes cannot be read.</summary>
    public static readonly DiagnosticRule FileNotRead = Error(
        "DTS018", "file-not-read", "cannot read '{0}': {1}", "Correct the name: it is relative to the file that includes it, then to each search directory.");

    /// <summary>Files include each other too deeply, most likely in a circle.</summary>
    public static readonly DiagnosticRule IncludeTooDeep = Error(
        "DTS019", "include-too-deep", "files include each other more than {0} levels deep", "Look for a file that includes itself.");

    /// <summary>The source or the tree is larger than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error("DTS020", "too-large", "{0} take more than {1} bytes",
        "Look for a file that is included again and again, or allow more with '--limits 4'.");

    /// <summary>A deletion in the fragment of an overlay (<see cref="Compatibility.StrictChoices.LostDeletionsTold"/>).</summary>
    public static readonly DiagnosticRule DeletionInOverlay = new(
        "DTS022", "deletion-in-overlay", Severity.Warning, "'{0}' is not deleted: an overlay can only add and change",
        "Set it to another value; a node can be switched off with 'status = \"disabled\"'.");

    /// <summary>A deletion that comes after the property in the same new body (<see cref="Compatibility.StrictChoices.LostDeletionsTold"/>).</summary>
    public static readonly DiagnosticRule DeletionOfOwn = new(
        "DTS023", "deletion-of-own", Severity.Warning, "'{0}' is not deleted: a body only deletes what was there before it", "Remove the assignment above it.");

    /// <summary>A reservation of no bytes (<see cref="Compatibility.StrictChoices.ReservationsSeen"/>).</summary>
    public static readonly DiagnosticRule EmptyReservation = Error(
        "DTS024", "empty-reservation", "a reservation of no bytes ends the list for every reader", "Give it a size, or remove it.");

    /// <summary>A part of a binary file that is not in it (<see cref="Compatibility.StrictChoices.BinaryFilesFit"/>).</summary>
    public static readonly DiagnosticRule BinaryTooShort = Error(
        "DTS025", "binary-too-short", "'{0}' has {1} bytes; {3} from byte {2} are asked for", "Correct the numbers, or look whether it is the right file.");

    /// <summary>A deletion of what is not there (<see cref="Compatibility.StrictChoices.VainDeletionsTold"/>).</summary>
    public static readonly DiagnosticRule NothingDeleted = new(
        "DTS026", "nothing-deleted", Severity.Warning, "{0} has no {1} '{2}' that could be deleted", "{3}");

    /// <summary>A reservation that is there already.</summary>
    public static readonly DiagnosticRule RepeatedReservation = new(
        "DTS027", "repeated-reservation", Severity.Warning, "this memory is reserved already", "Remove one of the two lines, or correct its numbers.");

    /// <summary>A node that was deleted is written again (<see cref="Compatibility.StrictChoices.OldPlacesTold"/>).</summary>
    public static readonly DiagnosticRule OldPlace = new(
        "DTS028", "old-place", Severity.Warning, "'{0}' was deleted before and gets its old place, before '{1}'",
        "Use '--written-order' to have nodes in the order in which they are written.");

    /// <summary>Something is to be done to a node that does not exist.</summary>
    public static readonly DiagnosticRule UnknownTarget = Error(
        "DTS030", "unknown-target", "there is no node {0} at this point", "Define it earlier in the file, or correct the name.");

    /// <summary>The root is deleted.</summary>
    public static readonly DiagnosticRule RootDeleted = Error("DTS040", "root-deleted", "the root node cannot be deleted", "Delete its children.");

    /// <summary>A plugin extends a node by a label and a path below it.</summary>
    public static readonly DiagnosticRule RelativeInPlugin = Error(
        "DTS042", "relative-in-plugin", "{0} cannot be extended in a '/plugin/' source", "Give that node a label of its own; fixups know labels only.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnexpectedToken, UnterminatedString, UnterminatedComment, BadInteger, BadCharacter, BadEscape,
        UnexpectedIdentifier, NulInMarker, MissingVersion, HeaderMismatch, PropertyAfterNode, TooDeep, BadElementSize,
        ReferenceNeedsCell, ValueOutOfRange, ValueTruncated, DivisionByZero, FileNotRead, IncludeTooDeep, TooLarge,
        DeletionInOverlay, DeletionOfOwn, EmptyReservation, BinaryTooShort, NothingDeleted, RepeatedReservation,
        OldPlace, UnknownTarget, RootDeleted, RelativeInPlugin,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy = "") =>
        new(id, name, Severity.Error, message, remedy);
}
