using Devicetree.Diagnostics;

namespace Devicetree.Source;

/// <summary>Everything that can be wrong with devicetree source text. The numbers are stable; gaps may be filled by later rules.</summary>
public static class DtsRules
{
    /// <summary>The text does not follow the grammar.</summary>
    public static readonly DiagnosticRule UnexpectedToken = Error("DTS001", "unexpected-token", "expected {0}, found {1}");

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
        "Decimal digits, 0x and hexadecimal digits, or 0 and octal digits, with U, L, UL, LL or ULL after them or nothing.");

    /// <summary>A character literal is not exactly one character.</summary>
    public static readonly DiagnosticRule BadCharacter = Error(
        "DTS005", "bad-character", "a character literal holds one character, this one {0}", "Put one character or one escape between the quotes.");

    /// <summary>An escape sequence has no digits.</summary>
    public static readonly DiagnosticRule BadEscape = Error(
        "DTS006", "bad-escape", "'\\x' without a hexadecimal digit", "Write one or two digits after it, or '\\\\x' for the two characters.");

    /// <summary>A word where only a number can stand: dtc since 1.8 takes it for 0 and goes on.</summary>
    public static readonly DiagnosticRule UnexpectedIdentifier = Error(
        "DTS007", "unexpected-identifier", "'{0}' is not a number", "If it is a macro, include the file that defines it and run the preprocessor.");

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
        "DTS013", "too-deep", "{0} nest more than {1} levels deep", "Flatten them, or raise the limit.");

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
        "DTS017", "division-by-zero", "division by zero", "Both branches of '?:' and both sides of '&&' and '||' are always computed.");

    /// <summary>A file that the text includes cannot be read.</summary>
    public static readonly DiagnosticRule FileNotRead = Error(
        "DTS018", "file-not-read", "cannot read '{0}': {1}", "Names are relative to the file that includes them, then to each search folder.");

    /// <summary>Files include each other too deeply, most likely in a circle.</summary>
    public static readonly DiagnosticRule IncludeTooDeep = Error(
        "DTS019", "include-too-deep", "files include each other more than {0} levels deep", "Look for a file that includes itself.");

    /// <summary>The source or the tree is larger than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error("DTS020", "too-large", "{0} take more than {1} bytes", "Raise the limit if that is meant.");

    /// <summary>Something is to be done to a node that does not exist.</summary>
    public static readonly DiagnosticRule UnknownTarget = Error(
        "DTS030", "unknown-target", "there is no node {0} at this point",
        "Define it earlier in the file; only '/plugin/' sources may extend nodes of another tree.");

    /// <summary>A value refers to a node that does not exist.</summary>
    public static readonly DiagnosticRule UnknownReference = Error(
        "DTS031", "unknown-reference", "{0} refers to {1}, which does not exist", "Label a node so, or correct the name.");

    /// <summary>Two children of one node have the same name.</summary>
    public static readonly DiagnosticRule DuplicateNode = Error(
        "DTS032", "duplicate-node", "{0} stands twice in the same body", "Merge the two, or give them different unit addresses.");

    /// <summary>Two properties of one node have the same name.</summary>
    public static readonly DiagnosticRule DuplicateProperty = Error(
        "DTS033", "duplicate-property", "{0} is set twice in the same body", "Keep one of them.");

    /// <summary>A node name has a character that is not allowed.</summary>
    public static readonly DiagnosticRule BadNodeName = Error(
        "DTS034", "bad-node-name", "'{0}' is not a node name", "Use letters, digits and ',._+-', and at most one '@'.");

    /// <summary>A property name has a character that is not allowed.</summary>
    public static readonly DiagnosticRule BadPropertyName = Error(
        "DTS035", "bad-property-name", "'{0}' is not a property name", "Use letters, digits and ',._+*#?-'.");

    /// <summary>A <c>name</c> property contradicts the name of its node.</summary>
    public static readonly DiagnosticRule BadNameProperty = Error(
        "DTS036", "bad-name-property", "the 'name' of {0} is not the node's own", "Remove the property; the node's name says it.");

    /// <summary>A label stands at two places.</summary>
    public static readonly DiagnosticRule DuplicateLabel = Error(
        "DTS037", "duplicate-label", "label '{0}' is already in use", "Rename one of the two.");

    /// <summary>A phandle that is set by hand cannot be used.</summary>
    public static readonly DiagnosticRule BadPhandle = Error(
        "DTS038", "bad-phandle", "{0} is not a phandle of its node",
        "Remove it: nodes that are referred to get one. Otherwise one cell, not 0 and not 0xffffffff, equal in both spellings.");

    /// <summary>Two nodes have the same phandle.</summary>
    public static readonly DiagnosticRule DuplicatePhandle = Error(
        "DTS039", "duplicate-phandle", "phandle 0x{0:x} of {1} belongs to {2} already", "Remove both: nodes that are referred to get a free one.");

    /// <summary>The root is deleted.</summary>
    public static readonly DiagnosticRule RootDeleted = Error("DTS040", "root-deleted", "the root node cannot be deleted", "Delete its children.");

    /// <summary>A phandle reference in a plugin names a path of the other tree, which cannot be looked up by label.</summary>
    public static readonly DiagnosticRule ExternalPath = Error(
        "DTS041", "external-path", "{0} refers to {1} in another tree by its path", "Use a label; fixups know labels only.");

    /// <summary>A plugin extends a node by a label and a path below it.</summary>
    public static readonly DiagnosticRule RelativeInPlugin = Error(
        "DTS042", "relative-in-plugin", "{0} cannot be extended in a '/plugin/' source", "Give that node a label of its own; fixups know labels only.");

    private static DiagnosticRule Error(string id, string name, string message, string remedy = "") =>
        new(id, name, Severity.Error, message, remedy);
}
