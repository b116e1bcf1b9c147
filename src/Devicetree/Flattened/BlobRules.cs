using Devicetree.Text.Diagnostics;

namespace Devicetree.Flattened;

/// <summary>
/// Everything that can be wrong with a blob, for all who read one: what a reader refuses and what it passes over differs, the
/// rules, their numbers and the offsets do not. The drop-in named dtc has words of its own for those that dtc knows. The numbers
/// are stable.
/// </summary>
internal static class BlobRules
{
    /// <summary>How every message begins: the first argument is the offset.</summary>
    internal const string At = "at offset 0x{0:x}: ";

    /// <summary>Fewer than four bytes.</summary>
    public static readonly DiagnosticRule NoMagic = Error(
        "BLB001", "no-magic", "the file has only {1} bytes, and a blob has at least 28",
        "Check whether what wrote the file has failed.",
        why: "A build step or copy that failed often leaves such a file behind, and a boot loader that gets it stops.",
        example: "A file of 2 bytes: d0 0d");

    /// <summary>Not a blob.</summary>
    public static readonly DiagnosticRule BadMagic = Error(
        "BLB002", "bad-magic", "a blob begins with 0xd00dfeed, this file with 0x{1:x8}", "Give a blob (.dtb, .dtbo).",
        why: "A reader that took other bytes for a blob would follow offsets that mean nothing.",
        example: "A file that begins with another number, for instance a kernel image: 4d 5a 00 91");

    /// <summary>Fewer than eight bytes.</summary>
    public static readonly DiagnosticRule NoSize = Error(
        "BLB003", "no-size", "the file has only {1} bytes, and a blob has at least 28",
        "Check whether what wrote the file has failed.",
        why: "A build step or copy that failed often leaves such a file behind, and a boot loader that gets it stops.",
        example: "A file of 6 bytes: d0 0d fe ed 00 00");

    /// <summary>A total size below that of the smallest header.</summary>
    public static readonly DiagnosticRule TooSmall = Error(
        "BLB004", "too-small", "the header says that the blob has {1} bytes in all, and a header alone has 28",
        "Compile the tree again.",
        why: "The blocks of the blob could not be found: their offsets stand behind that size.",
        example: "A header with totalsize = 16.");

    /// <summary>The file ends before the total size.</summary>
    public static readonly DiagnosticRule FileTooShort = Error(
        "BLB005", "file-too-short", "the file ends after {2} bytes, and its header says that the blob has {1}",
        "Copy the file again: it was cut.",
        why: "A boot loader that trusts the header would copy what lies behind the blob in memory or flash.",
        example: "head -c 1000 board.dtb > cut.dtb");

    /// <summary>The reservation block is outside the blob.</summary>
    public static readonly DiagnosticRule ReservationsOutside = Error(
        "BLB006", "reservations-outside", "the reservation block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes",
        Again,
        why: "The kernel would use memory that firmware needs, because the list of it cannot be read.",
        example: "A header with off_mem_rsvmap = 0x100000 in a blob of 4096 bytes.");

    /// <summary>The structure block is outside the blob.</summary>
    public static readonly DiagnosticRule StructureOutside = Error(
        "BLB007", "structure-outside", "the structure block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes", Again,
        why: "The nodes would be read from what lies behind the blob: a crash, or a tree of chance.",
        example: "A header with off_dt_struct = 0x100000 in a blob of 4096 bytes.");

    /// <summary>The strings block is outside the blob.</summary>
    public static readonly DiagnosticRule StringsOutside = Error(
        "BLB008", "strings-outside", "the strings block is said to begin at 0x{1:x}, and the blob has 0x{2:x} bytes", Again,
        why: "The names of properties would be read from what lies behind the blob, and no property would be found.",
        example: "A header with off_dt_strings = 0x100000 in a blob of 4096 bytes.");

    /// <summary>The strings block runs out of the blob.</summary>
    public static readonly DiagnosticRule StringsTooLong = Error(
        "BLB009", "strings-too-long", "the strings block is said to have 0x{1:x} bytes from 0x{2:x} on, and the blob has 0x{3:x}",
        Again,
        why: "A reader that trusts the size runs into memory behind the blob; the kernel and libfdt refuse it.",
        example: "A header with size_dt_strings = 0xffffff in a blob of 4096 bytes.");

    /// <summary>The structure block runs out of the blob.</summary>
    public static readonly DiagnosticRule StructureTooLong = Error(
        "BLB010", "structure-too-long",
        "the structure block is said to have 0x{1:x} bytes from 0x{2:x} on, and the blob has 0x{3:x}", Again,
        why: "A reader that trusts the size runs into memory behind the blob; the kernel and libfdt refuse it.",
        example: "A header with size_dt_struct = 0xffffff in a blob of 4096 bytes.");

    /// <summary>The blob ends inside something.</summary>
    public static readonly DiagnosticRule PrematureEnd = Error("BLB011", "premature-end", "{1} runs out of the blob", Again,
        why: "Nodes or properties behind this place are lost; a reader without checks runs into foreign memory.",
        example: "A property with len = 0x10000 in a blob of 4096 bytes.");

    /// <summary>The structure block does not begin with a node.</summary>
    public static readonly DiagnosticRule NoRoot = Error(
        "BLB012", "no-root", "the structure block does not begin with a node but with the tag 0x{1:x}", Again,
        why: "Where the tree begins is not known, so nothing in the block can be trusted.",
        example: "A structure block that begins with 00 00 00 09 instead of 00 00 00 01.");

    /// <summary>Something other than the END tag follows the root.</summary>
    public static readonly DiagnosticRule NoEnd = Error(
        "BLB013", "no-end", "the tag 0x{1:x} follows the root node, where only END may stand", Again,
        why: "A blob has one root. What follows it is read by nobody, or shows that the tags are out of step.",
        example: "A structure block with a second node behind the root.");

    /// <summary>The END tag comes inside a node.</summary>
    public static readonly DiagnosticRule PrematureEndTag = Error("BLB014", "premature-end-tag", "the structure ends inside {1}",
        Again,
        why: "Nodes that should follow are lost.",
        example: "A structure block with 00 00 00 09 (END) before the last 00 00 00 02 (END_NODE).");

    /// <summary>A tag that does not exist.</summary>
    public static readonly DiagnosticRule BadTag = Error("BLB015", "bad-tag", "0x{1:x} inside {2} is not a valid tag", Again,
        why: "The reader has lost its step: what follows is not nodes and properties any more.",
        example: "A structure block with the tag 00 00 00 07.");

    /// <summary>The name of a property is not in the strings block, or does not end in it.</summary>
    public static readonly DiagnosticRule BadStringOffset = Error(
        "BLB016", "bad-string-offset",
        "a property of {1} has its name at 0x{2:x} of the strings block, which holds no whole name there", Again,
        why: "The property has no name, so no driver finds it; a reader without checks runs into foreign memory.",
        example: "A property with nameoff = 0x10000 and a strings block of 256 bytes.");

    /// <summary>In a blob before version 16, a node's full path does not begin with that of its parent.</summary>
    public static readonly DiagnosticRule BadPath = Error(
        "BLB017", "bad-path", "the path '{1}' is not valid for a child of '{2}'; versions before 16 store full paths", Again,
        why: "The node would be found under a path that does not lead to it.",
        example: "A blob of version 3 with the node '/cpus/cpu@0' below '/soc'.");

    /// <summary>A total size below that of the version's header.</summary>
    public static readonly DiagnosticRule HeaderCut = Error(
        "BLB018", "header-cut", "the header of a blob of version {1} has {2} bytes, and this one is said to have {3} in all",
        Again,
        why: "A part of the header, such as the sizes of its blocks, would be read from what follows it.",
        example: "A header of version 17 with totalsize = 32 and its blocks at offset 28.");

    /// <summary>A version that this reader does not know.</summary>
    public static readonly DiagnosticRule BadVersion = Error(
        "BLB019", "bad-version", "version {1}, compatible back to {2}, cannot be read", "Compile the tree as version 17.",
        why: "Later versions may have another layout, and a reader that guesses would read another tree.",
        example: "A header with version = 99 and last_comp_version = 99.");

    /// <summary>A length of 2 GiB and more, which crashes dtc.</summary>
    public static readonly DiagnosticRule PropertyTooLong = Error(
        "BLB020", "property-too-long", "a property of {1} is said to have {2} bytes, which no blob has room for", Again,
        why: "It is damage or an attack: releases of dtc crash on it.",
        example: "A property with len = 0x80000000.");

    /// <summary>Nesting that is deeper than the limit.</summary>
    public static readonly DiagnosticRule TooDeep = Error(
        "BLB021", "too-deep", "nodes nest more than {1} levels deep", "Check where the blob comes from: no board needs as many.",
        why: "The limit keeps a hostile blob from using up the stack. Boot loaders have lower limits.",
        example: "A blob of some thousand nodes, each in the one before.");

    /// <summary>More nodes or bytes than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error(
        "BLB022", "too-large", "there are more than {1} {2}", "Check where the blob comes from: no board needs as many.",
        why: "The limit keeps a hostile blob from using up memory.",
        example: "A blob of some hundred megabytes of empty nodes.");

    /// <summary>An illegal name of a node.</summary>
    public static readonly DiagnosticRule BadNodeName = Error(
        "BLB023", "bad-node-name", "'{2}' is not a valid name for a child of {1}", "Rename the node in the source of the blob.",
        why: "Paths are cut at '/' and '@', and the kernel makes a directory of the name: the node cannot be reached.",
        example: "A node with the name 'a/b'.");

    /// <summary>An illegal name of a property.</summary>
    public static readonly DiagnosticRule BadPropertyName = Error(
        "BLB024", "bad-property-name", "'{2}' is not a valid name for a property of {1}",
        "Rename the property in the source of the blob.",
        why: "The kernel makes a file of the name, and readers look it up by text: the property cannot be reached.",
        example: "A property with the name 'a/b', or with none.");

    /// <summary>Two nodes of one name.</summary>
    public static readonly DiagnosticRule TwinNodes = Error(
        "BLB025", "twin-nodes", "{1} has two children named '{2}'", "Remove or rename one of them.",
        why: "Readers find the first one only, so what the second one says is never seen.",
        example: "Two nodes 'uart@1000' in /soc, as a faulty merge of trees leaves them.");

    /// <summary>Two properties of one name.</summary>
    public static readonly DiagnosticRule TwinProperties = Error(
        "BLB026", "twin-properties", "{1} has two properties named '{2}'", "Remove one of them.",
        why: "Readers find the first one only, so what the second one says is never seen.",
        example: "Two properties 'status' in one node, as a faulty patch of a blob leaves them.");

    /// <summary>Two nodes with one phandle.</summary>
    public static readonly DiagnosticRule TwinPhandles = Error(
        "BLB027", "twin-phandles", "{1} and {2} have the same phandle 0x{3:x}", "Give one of them another phandle.",
        why: "What refers to the phandle reaches only one of the two, and which one depends on the reader.",
        example: "Two nodes with 'phandle = <1>', as in trees that were merged without renumbering.");

    /// <summary>A root with a name.</summary>
    public static readonly DiagnosticRule NamedRoot = Error(
        "BLB028", "named-root", "the root node has a name, '{1}'", "Compile the tree again: boot loaders refuse it.",
        why: "Readers count on the root having no name; libfdt and boot loaders refuse the blob.",
        example: "A structure block that begins with 00 00 00 01 and the name 'root'.");

    /// <summary>A property after a child node.</summary>
    public static readonly DiagnosticRule PropertyAfterNode = Warning(
        "BLB030", "property-after-node", "a property of {1} comes after a child node, where libfdt does not find it",
        "Compile the tree again.",
        why: "The kernel and boot loaders that use libfdt stop looking for properties at the first child, so the "
            + "property is absent to them.",
        example: "A structure block with a property behind END_NODE of a child.");

    /// <summary>A NOP tag in a version that did not know it.</summary>
    public static readonly DiagnosticRule NopInOldVersion = Warning(
        "BLB031", "nop-in-old-version", "a NOP tag stands inside {1}, which versions before 16 do not have",
        "Compile the tree again.",
        why: "A reader of such old blobs does not know the tag and stops there.",
        example: "A blob of version 3 with the tag 00 00 00 04.");

    /// <summary>A block that is not on its boundary.</summary>
    public static readonly DiagnosticRule Misaligned = Warning(
        "BLB032", "misaligned", "the {1} block begins at 0x{2:x}, not at a multiple of {3}",
        "Compile the tree again: boot loaders refuse it.",
        why: "Processors that cannot read across a boundary fault; the kernel and libfdt refuse such a blob.",
        example: "A header with off_dt_struct = 0x3a.");

    /// <summary>Blocks that share bytes.</summary>
    public static readonly DiagnosticRule Overlap = Warning(
        "BLB033", "overlap", "the {1} block, from 0x{2:x} on, shares bytes with {3}",
        "Compile the tree again: libfdt does not edit such a blob.",
        why: "A change to one of the two damages the other.",
        example: "A header whose off_dt_strings points into the structure block.");

    /// <summary>A structure block of another size than the header says.</summary>
    public static readonly DiagnosticRule StructureSize = Warning(
        "BLB034", "structure-size", "the structure ends after {2} bytes, and the header says {1}",
        "Compile the tree again: boot loaders may refuse it.",
        why: "Tools that edit a blob move what follows the block, by the size in the header: they would cut or damage it.",
        example: "A header with size_dt_struct that is 4 bytes too large.");

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

    private static DiagnosticRule Error(string id, string name, string message, string remedy, string why, string example) =>
        new(id, name, Severity.Error, At + message, remedy) { Why = why, Example = example };

    private static DiagnosticRule Warning(string id, string name, string message, string remedy, string why, string example) =>
        new(id, name, Severity.Warning, At + message, remedy) { Why = why, Example = example };
}
