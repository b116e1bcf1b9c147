using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Everything that can be wrong with a blob for a reader that judges as dtc's own does. The messages are dtc's, word for word, because
/// the drop-in prints them; the remedies say where, and what we know beyond that. The numbers are stable.
/// </summary>
public static class BlobRules
{
    /// <summary>Fewer than four bytes.</summary>
    public static readonly DiagnosticRule NoMagic = Error("BLB001", "no-magic", "EOF reading DT blob magic number", "The file has {0} bytes; a blob has at least 28.");

    /// <summary>Not a blob.</summary>
    public static readonly DiagnosticRule BadMagic = Error(
        "BLB002", "bad-magic", "Blob has incorrect magic number", "It starts with 0x{0:x8} instead of 0xd00dfeed. Is this source text? Then name it so: -I dts, or a file name that ends in .dts.");

    /// <summary>Fewer than eight bytes.</summary>
    public static readonly DiagnosticRule NoSize = Error("BLB003", "no-size", "EOF reading DT blob size", "The file has {0} bytes; a blob has at least 28.");

    /// <summary>A total size below that of the smallest header.</summary>
    public static readonly DiagnosticRule TooSmall = Error("BLB004", "too-small", "DT blob size ({0}) is too small", "The field at offset 0x4 says so; a header alone has 28 bytes.");

    /// <summary>The file ends before the total size.</summary>
    public static readonly DiagnosticRule FileTooShort = Error("BLB005", "file-too-short", "EOF before reading {0} bytes of DT blob", "The file has {1} bytes. Was it cut?");

    /// <summary>The reservation block is outside the blob.</summary>
    public static readonly DiagnosticRule ReservationsOutside = Error(
        "BLB006", "reservations-outside", "Mem Reserve structure offset exceeds total size", "The field at offset 0x10 says 0x{0:x}; the blob has 0x{1:x} bytes.");

    /// <summary>The structure block is outside the blob.</summary>
    public static readonly DiagnosticRule StructureOutside = Error(
        "BLB007", "structure-outside", "DT structure offset exceeds total size", "The field at offset 0x8 says 0x{0:x}; the blob has 0x{1:x} bytes.");

    /// <summary>The strings block is outside the blob.</summary>
    public static readonly DiagnosticRule StringsOutside = Error(
        "BLB008", "strings-outside", "String table offset exceeds total size", "The field at offset 0xc says 0x{0:x}; the blob has 0x{1:x} bytes.");

    /// <summary>The strings block runs out of the blob.</summary>
    public static readonly DiagnosticRule StringsTooLong = Error(
        "BLB009", "strings-too-long", "String table extends past total size", "0x{0:x} bytes from offset 0x{1:x}; the blob has 0x{2:x} bytes.");

    /// <summary>The structure block runs out of the blob.</summary>
    public static readonly DiagnosticRule StructureTooLong = Error(
        "BLB010", "structure-too-long", "Structure block extends past total size", "0x{0:x} bytes from offset 0x{1:x}; the blob has 0x{2:x} bytes.");

    /// <summary>The blob ends inside something.</summary>
    public static readonly DiagnosticRule PrematureEnd = Error(
        "BLB011", "premature-end", "Premature end of data parsing flat device tree", "At offset 0x{0:x} {1} runs out of the blob.");

    /// <summary>The structure block does not begin with a node.</summary>
    public static readonly DiagnosticRule NoRoot = Error(
        "BLB012", "no-root", "Device tree blob doesn't begin with FDT_BEGIN_NODE (begins with 0x{0:x8})", "At offset 0x{1:x}: nothing, not even a NOP, may stand before the root.");

    /// <summary>Something else than the END tag follows the root.</summary>
    public static readonly DiagnosticRule NoEnd = Error(
        "BLB013", "no-end", "Device tree blob doesn't end with FDT_END", "At offset 0x{0:x}: nothing, not even a NOP, may stand between the root and the END tag.");

    /// <summary>The END tag comes inside a node.</summary>
    public static readonly DiagnosticRule PrematureEndTag = Error(
        "BLB014", "premature-end-tag", "Premature FDT_END in device tree blob", "At offset 0x{0:x}, inside {1}.");

    /// <summary>A tag that does not exist.</summary>
    public static readonly DiagnosticRule BadTag = Error("BLB015", "bad-tag", "Invalid opcode word {0:x8} in device tree blob", "At offset 0x{1:x}, inside {2}.");

    /// <summary>The name of a property is not in the strings block.</summary>
    public static readonly DiagnosticRule BadStringOffset = Error(
        "BLB016", "bad-string-offset", "String offset {0} overruns string table", "A property of {2} at offset 0x{1:x} has its name there.");

    /// <summary>In a blob before version 16, a node's full path does not begin with that of its parent.</summary>
    public static readonly DiagnosticRule BadPath = Error(
        "BLB017", "bad-path", "Path \"{0}\" is not valid as a child of \"{1}\"", "Versions before 16 store full paths; this one is at offset 0x{2:x}.");

    /// <summary>A length that crashes dtc.</summary>
    public static readonly DiagnosticRule PropertyTooLong = Error(
        "BLB020", "property-too-long", "Property length {0} is not below 2 GiB", "A property of {2} at offset 0x{1:x} says so; it would run out of the blob.");

    /// <summary>Nesting that crashes dtc.</summary>
    public static readonly DiagnosticRule TooDeep = Error(
        "BLB021", "too-deep", "Nodes nest more than {0} levels deep", "At offset 0x{1:x}. Deeper trees could not be compiled from source again.");

    /// <summary>More nodes or bytes than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error("BLB022", "too-large", "The blob has more than {0} {1}", "Raise the limit if that is meant.");

    /// <summary>A property after a child node.</summary>
    public static readonly DiagnosticRule PropertyAfterNode = Warning(
        "BLB030", "property-after-node", "Flat tree input has subnodes preceding a property.", "The property at offset 0x{0:x} moves before the children of {1}.");

    /// <summary>A NOP tag in a version that did not know it.</summary>
    public static readonly DiagnosticRule NopInOldVersion = Warning(
        "BLB031", "nop-in-old-version", "NOP tag found in flat tree version <16", "At offset 0x{0:x}, inside {1}.");

    /// <summary>A symbol leads nowhere.</summary>
    public static readonly DiagnosticRule SymbolWithoutNode = Warning("BLB040", "symbol-without-node", "Path {0} referenced in property {1}/{2} missing");

    /// <summary>A fixup is no path, property and offset with colons between.</summary>
    public static readonly DiagnosticRule MalformedFixup = Warning("BLB041", "malformed-fixup", "Malformed fixup entry for label {0}");

    /// <summary>A fixup names a node that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutNode = Warning("BLB042", "fixup-without-node", "Label {0} references non-existing node {1}");

    /// <summary>A fixup names a property that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutProperty = Warning(
        "BLB043", "fixup-without-property", "Label {0} references non-existing property {1} in node {2}", "The node is the first of the two.");

    /// <summary>A fixup names an offset outside of its property.</summary>
    public static readonly DiagnosticRule FixupOutside = Warning(
        "BLB044", "fixup-outside", "Label {0} contains invalid offset for property {1} in node {2}");

    /// <summary>A local fixup is for a property that does not exist.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutProperty = Warning(
        "BLB045", "local-fixup-without-property", "Property {0} in {1} referenced in __local_fixups__ missing");

    /// <summary>Local fixups are no whole cells.</summary>
    public static readonly DiagnosticRule MalformedLocalFixup = Warning(
        "BLB046", "malformed-local-fixup", "property {0} in /__local_fixups__{1} malformed");

    /// <summary>Local fixups are for a node that does not exist.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutNode = Warning(
        "BLB047", "local-fixup-without-node", "node {0}/{1} referenced in __local_fixups__ missing", "The child is the first of the two.");

    /// <summary>A local fixup names an offset outside of its property.</summary>
    public static readonly DiagnosticRule LocalFixupOutside = Warning(
        "BLB048", "local-fixup-outside", "property {0} too short to contain a phandle at offset {1}");

    /// <summary>A local fixup is for a phandle of no node.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutTarget = Warning(
        "BLB049", "local-fixup-without-target", "node referenced by phandle 0x{0:x} in property {1} not found");

    /// <summary>A value of which only bytes are known, where the output shows structure.</summary>
    public static readonly DiagnosticRule ValueWithoutStructure = Error(
        "BLB050", "value-without-structure", "No markers present in property '{0}' value", "In {1}: YAML can be written from source only.");

    /// <summary>A string that the output cannot hold.</summary>
    public static readonly DiagnosticRule TextNotAscii = Error(
        "BLB051", "text-not-ascii", "The string in property '{0}' is not ASCII", "In {1}: dtc's YAML has no other strings; write the value in square brackets.");

    /// <summary>A piece of a value that has nothing in it, or that bytes of a file have made something else of.</summary>
    public static readonly DiagnosticRule PieceWithoutForm = Error(
        "BLB052", "piece-without-form", "A part of property '{0}' is empty or mixed with bytes of a file",
        "In {1}: dtc's YAML has no form for that; write the value without empty brackets and '/incbin/'.");

    private static DiagnosticRule Error(string id, string name, string message, string remedy) => new(id, name, Severity.Error, message, remedy);

    private static DiagnosticRule Warning(string id, string name, string message, string remedy = "") => new(id, name, Severity.Warning, message, remedy);
}
