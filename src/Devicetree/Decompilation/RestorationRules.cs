using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// What can be wrong with the symbols and fixups of a tree that was compiled before. The messages are dtc's, word for word,
/// because the drop-in prints them. The numbers are stable.
/// </summary>
public static class RestorationRules
{
    /// <summary>A symbol leads nowhere.</summary>
    public static readonly DiagnosticRule SymbolWithoutNode = Warning("BLB040", "symbol-without-node",
        "Path {0} referenced in property {1}/{2} missing");

    /// <summary>A fixup is no path, property and offset with colons between.</summary>
    public static readonly DiagnosticRule MalformedFixup = Warning("BLB041", "malformed-fixup",
        "Malformed fixup entry for label {0}");

    /// <summary>A fixup names a node that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutNode = Warning("BLB042", "fixup-without-node",
        "Label {0} references non-existing node {1}");

    /// <summary>A fixup names a property that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutProperty = Warning(
        "BLB043", "fixup-without-property", "Label {0} references non-existing property {1} in node {2}",
        "The node is the first of the two.");

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
        "BLB047", "local-fixup-without-node", "node {0}/{1} referenced in __local_fixups__ missing",
        "The child is the first of the two.");

    /// <summary>A local fixup names an offset outside of its property.</summary>
    public static readonly DiagnosticRule LocalFixupOutside = Warning(
        "BLB048", "local-fixup-outside", "property {0} too short to contain a phandle at offset {1}");

    /// <summary>A local fixup is for a phandle of no node.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutTarget = Warning(
        "BLB049", "local-fixup-without-target", "node referenced by phandle 0x{0:x} in property {1} not found");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        SymbolWithoutNode, MalformedFixup, FixupWithoutNode, FixupWithoutProperty, FixupOutside,
        LocalFixupWithoutProperty, MalformedLocalFixup, LocalFixupWithoutNode, LocalFixupOutside,
        LocalFixupWithoutTarget,
    ];

    private static DiagnosticRule Warning(string id, string name, string message, string remedy = "") => new(id, name,
        Severity.Warning, message, remedy);
}
