using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>
/// Everything that can be wrong with a blob, for all who read one: what a reader refuses and what it passes over differs, the
/// rules, their numbers and the offsets do not. The drop-in named dtc has words of its own for those that dtc knows. The numbers
/// are stable.
/// </summary>
public static class BlobRules
{
    /// <summary>How every message begins: the first argument is the offset.</summary>
    internal const string At = "at offset 0x{0:x}: ";

    /// <summary>Fewer than four bytes.</summary>
    public static readonly DiagnosticRule NoMagic = Error(
        "BLB001", "no-magic", "the file has only {1} bytes, and a blob has at least 28",
        "Check whether what wrote the file has failed.");

    /// <summary>Not a blob.</summary>
    public static readonly DiagnosticRule BadMagic = Error(
        "BLB002", "bad-magic", "a blob begins with 0xd00dfeed, this file with 0x{1:x8}", "Give a blob (.dtb, .dtbo).");

    /// <summary>Fewer than eight bytes.</summary>
    public static readonly DiagnosticRule NoSize = Error(
        "BLB003", "no-size", "the file has only {1} bytes, and a blob has at least 28",
        "Check whether what wrote the file has failed.");

    /// <summary>A total size below that of the smallest header.</summary>
    public static readonly DiagnosticRule TooSmall = Error(
        "BLB004", "too-small", "the header says that the blob has {1} bytes in all, and a header alone has 28",
        "Compile the tree again.");

    /// <summary>The file ends before the total size.</summary>
    public static readonly DiagnosticRule FileTooShort = Error(
        "BLB005", "file-too-short", "the file ends after {2} bytes, and its header says that the blob has {1}",
        "Copy the file again: it was cut.");

    /// <summary>The reservation block is outside the blob.</summary>
    public static readonly DiagnosticRule ReservationsOutside = Error(
        "BLB006", "reservations-outside", "the reservation block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes",
        Again);

    /// <summary>The structure block is outside the blob.</summary>
    public static readonly DiagnosticRule StructureOutside = Error(
        "BLB007", "structure-outside", "the structure block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes", Again);

    /// <summary>The strings block is outside the blob.</summary>
    public static readonly DiagnosticRule StringsOutside = Error(
        "BLB008", "strings-outside", "the strings block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes", Again);

    /// <summary>The strings block runs out of the blob.</summary>
    public static readonly DiagnosticRule StringsTooLong = Error(
        "BLB009", "strings-too-long", "the strings block is said to have 0x{1:x} bytes from 0x{2:x} on, and the blob has 0x{3:x}",
        Again);

    /// <summary>The structure block runs out of the blob.</summary>
    public static readonly DiagnosticRule StructureTooLong = Error(
        "BLB010", "structure-too-long",
        "the structure block is said to have 0x{1:x} bytes from 0x{2:x} on, and the blob has 0x{3:x}", Again);

    /// <summary>The blob ends inside something.</summary>
    public static readonly DiagnosticRule PrematureEnd = Error("BLB011", "premature-end", "{1} runs out of the blob", Again);

    /// <summary>The structure block does not begin with a node.</summary>
    public static readonly DiagnosticRule NoRoot = Error(
        "BLB012", "no-root", "the structure block does not begin with a node but with the tag 0x{1:x}", Again);

    /// <summary>Something other than the END tag follows the root.</summary>
    public static readonly DiagnosticRule NoEnd = Error(
        "BLB013", "no-end", "the tag 0x{1:x} follows the root node, where only END may stand", Again);

    /// <summary>The END tag comes inside a node.</summary>
    public static readonly DiagnosticRule PrematureEndTag = Error("BLB014", "premature-end-tag", "the structure ends inside {1}",
        Again);

    /// <summary>A tag that does not exist.</summary>
    public static readonly DiagnosticRule BadTag = Error("BLB015", "bad-tag", "0x{1:x} inside {2} is not a valid tag", Again);

    /// <summary>The name of a property is not in the strings block, or does not end in it.</summary>
    public static readonly DiagnosticRule BadStringOffset = Error(
        "BLB016", "bad-string-offset",
        "a property of {1} has its name at 0x{2:x} of the strings block, which holds no whole name there", Again);

    /// <summary>In a blob before version 16, a node's full path does not begin with that of its parent.</summary>
    public static readonly DiagnosticRule BadPath = Error(
        "BLB017", "bad-path", "the path '{1}' is not valid for a child of '{2}'; versions before 16 store full paths", Again);

    /// <summary>A total size below that of the version's header.</summary>
    public static readonly DiagnosticRule HeaderCut = Error(
        "BLB018", "header-cut", "the header of a blob of version {1} has {2} bytes, and this one is said to have {3} in all",
        Again);

    /// <summary>A version that this reader does not know.</summary>
    public static readonly DiagnosticRule BadVersion = Error(
        "BLB019", "bad-version", "version {1}, compatible back to {2}, cannot be read", "Compile the tree as version 17.");

    /// <summary>A length of 2 GiB and more, which crashes dtc.</summary>
    public static readonly DiagnosticRule PropertyTooLong = Error(
        "BLB020", "property-too-long", "a property of {1} is said to have {2} bytes, which no blob has room for", Again);

    /// <summary>Nesting that is deeper than the limit.</summary>
    public static readonly DiagnosticRule TooDeep = Error(
        "BLB021", "too-deep", "nodes nest more than {1} levels deep", "Check where the blob comes from: no board needs as many.");

    /// <summary>More nodes or bytes than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error(
        "BLB022", "too-large", "there are more than {1} {2}", "Check where the blob comes from: no board needs as many.");

    /// <summary>An illegal name of a node.</summary>
    public static readonly DiagnosticRule BadNodeName = Error(
        "BLB023", "bad-node-name", "'{2}' is not a valid name for a child of {1}", "Rename the node in the source of the blob.");

    /// <summary>An illegal name of a property.</summary>
    public static readonly DiagnosticRule BadPropertyName = Error(
        "BLB024", "bad-property-name", "'{2}' is not a valid name for a property of {1}",
        "Rename the property in the source of the blob.");

    /// <summary>Two nodes of one name.</summary>
    public static readonly DiagnosticRule TwinNodes = Error(
        "BLB025", "twin-nodes", "{1} has two children named '{2}'", "Remove one, or give it a unit address.");

    /// <summary>Two properties of one name.</summary>
    public static readonly DiagnosticRule TwinProperties = Error(
        "BLB026", "twin-properties", "{1} has two properties named '{2}'", "Remove one.");

    /// <summary>Two nodes with one phandle.</summary>
    public static readonly DiagnosticRule TwinPhandles = Error(
        "BLB027", "twin-phandles", "{1} and {2} have the same phandle 0x{3:x}", "Give one of them another.");

    /// <summary>A root with a name.</summary>
    public static readonly DiagnosticRule NamedRoot = Error(
        "BLB028", "named-root", "the root node has a name, '{1}'", "Compile the tree again: boot loaders refuse it.");

    /// <summary>A property after a child node.</summary>
    public static readonly DiagnosticRule PropertyAfterNode = Warning(
        "BLB030", "property-after-node", "a property of {1} comes after a child node, where libfdt does not find it",
        "Compile the tree again.");

    /// <summary>A NOP tag in a version that did not know it.</summary>
    public static readonly DiagnosticRule NopInOldVersion = Warning(
        "BLB031", "nop-in-old-version", "a NOP tag stands inside {1}, which versions before 16 do not have",
        "Compile the tree again.");

    /// <summary>A block that is not on its boundary.</summary>
    public static readonly DiagnosticRule Misaligned = Warning(
        "BLB032", "misaligned", "the {1} block begins at 0x{2:x}, not at a multiple of {3}",
        "Compile the tree again: boot loaders refuse it.");

    /// <summary>Blocks that share bytes.</summary>
    public static readonly DiagnosticRule Overlap = Warning(
        "BLB033", "overlap", "the {1} block, from 0x{2:x} on, shares bytes with {3}",
        "Compile the tree again: libfdt does not edit such a blob.");

    /// <summary>A structure block of another size than the header says.</summary>
    public static readonly DiagnosticRule StructureSize = Warning(
        "BLB034", "structure-size", "the structure ends after {2} bytes, and the header says {1}",
        "Compile the tree again: boot loaders may refuse it.");

    private const string Again = "Compile the tree again, or copy the file again: it was damaged.";

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NoMagic, BadMagic, NoSize, TooSmall, FileTooShort, ReservationsOutside, StructureOutside, StringsOutside,
        StringsTooLong, StructureTooLong, PrematureEnd, NoRoot, NoEnd, PrematureEndTag, BadTag, BadStringOffset,
        BadPath, HeaderCut, BadVersion, PropertyTooLong, TooDeep, TooLarge, BadNodeName, BadPropertyName, TwinNodes,
        TwinProperties, TwinPhandles, NamedRoot, PropertyAfterNode, NopInOldVersion, Misaligned, Overlap,
        StructureSize,
    ];

    private static DiagnosticRule Error(string id, string name, string message, string remedy) => new(id, name, Severity.Error,
        At + message, remedy);

    private static DiagnosticRule Warning(string id, string name, string message, string remedy) => new(id, name,
        Severity.Warning, At + message, remedy);
}
