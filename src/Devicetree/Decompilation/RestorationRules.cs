using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// What can be wrong with the symbols and fixups of a tree that was compiled before. The numbers are stable.
/// </summary>
internal static class RestorationRules
{
    private const string Recompile = "Compile the source again, and leave symbols and fixups to the compiler.";

    /// <summary>A symbol leads nowhere.</summary>
    public static readonly DiagnosticRule SymbolWithoutNode = Warning("BLB040", "symbol-without-node",
        "symbol '{2}' of /{1} leads to '{0}', which does not exist", Recompile,
        what: "A symbol names the path of a node.",
        why: "An overlay that refers to this label cannot be applied.",
        example: "__symbols__ with 'uart0 = \"/soc/uart@1000\"' in a tree without that node.");

    /// <summary>A fixup is no path, property and offset with colons between.</summary>
    public static readonly DiagnosticRule MalformedFixup = Warning("BLB041", "malformed-fixup",
        "'{0}' of /__fixups__ has an entry that is not 'path:property:offset'", Recompile,
        what: "A fixup is a list of texts 'path:property:offset'.",
        why: "The reference that the entry stands for cannot be restored, nor filled in when the overlay is applied.",
        example: "__fixups__ with 'uart0 = \"/fragment@0:target\"'.");

    /// <summary>A fixup names a node that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutNode = Warning("BLB042", "fixup-without-node",
        "'{0}' of /__fixups__ is for the node '{1}', which does not exist", Recompile,
        what: "A fixup names a node of the overlay.",
        why: "The reference cannot be restored, and libfdt refuses to apply the overlay.",
        example: "__fixups__ with 'uart0 = \"/fragment@9:target:0\"' in an overlay with one fragment.");

    /// <summary>A fixup names a property that does not exist.</summary>
    public static readonly DiagnosticRule FixupWithoutProperty = Warning(
        "BLB043", "fixup-without-property", "'{0}' of /__fixups__ is for the property '{2}' of {1}, which does not exist",
        Recompile,
        what: "A fixup names a property of its node.",
        why: "The reference cannot be restored, and libfdt refuses to apply the overlay.",
        example: "__fixups__ with 'uart0 = \"/fragment@0:trget:0\"'.");

    /// <summary>A fixup names an offset outside of its property.</summary>
    public static readonly DiagnosticRule FixupOutside = Warning(
        "BLB044", "fixup-outside", "'{0}' of /__fixups__ is for an offset outside of '{1}' of {2}", Recompile,
        what: "The offset of a fixup lies in its property, with room for a phandle.",
        why: "The reference cannot be restored, and libfdt refuses to apply the overlay.",
        example: "__fixups__ with 'uart0 = \"/fragment@0:target:8\"', where 'target' has 4 bytes.");

    /// <summary>A local fixup is for a property that does not exist.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutProperty = Warning(
        "BLB045", "local-fixup-without-property", "/__local_fixups__ is for the property '{0}' of {1}, which does not exist",
        Recompile,
        what: "A local fixup is for a property that its node has.",
        why: "A phandle is not renumbered when the overlay is applied, or the overlay is refused.",
        example: "__local_fixups__ with 'clocks = <0>' for a node without 'clocks'.");

    /// <summary>Local fixups are no whole cells.</summary>
    public static readonly DiagnosticRule MalformedLocalFixup = Warning(
        "BLB046", "malformed-local-fixup", "'{0}' of {1} in /__local_fixups__ is not a list of cells", Recompile,
        what: "A local fixup is a list of offsets, one cell each.",
        why: "A phandle is not renumbered when the overlay is applied, or the overlay is refused.",
        example: "__local_fixups__ with 'clocks = [00 00]'.");

    /// <summary>Local fixups are for a node that does not exist.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutNode = Warning(
        "BLB047", "local-fixup-without-node", "/__local_fixups__ is for a child '{0}' of {1}, which does not exist", Recompile,
        what: "A local fixup is for a node of the overlay.",
        why: "A phandle is not renumbered when the overlay is applied, or the overlay is refused.",
        example: "__local_fixups__ with a node 'fragment@9' in an overlay with one fragment.");

    /// <summary>A local fixup names an offset outside of its property.</summary>
    public static readonly DiagnosticRule LocalFixupOutside = Warning(
        "BLB048", "local-fixup-outside", "/__local_fixups__ is for offset {1} of '{0}', which is too short for a phandle there",
        Recompile,
        what: "The offset of a local fixup lies in its property, with room for a phandle.",
        why: "The reference cannot be restored, and libfdt refuses to apply the overlay.",
        example: "__local_fixups__ with 'clocks = <8>', where 'clocks' has 4 bytes.");

    /// <summary>A local fixup is for a phandle of no node.</summary>
    public static readonly DiagnosticRule LocalFixupWithoutTarget = Warning(
        "BLB049", "local-fixup-without-target",
        "/__local_fixups__ is for a reference in '{1}', but no node has the phandle 0x{0:x} that it holds", Recompile,
        what: "A local fixup is for the phandle of a node of the overlay.",
        why: "The value is a number that means nothing in the base: a driver finds no provider, or another one.",
        example: "__local_fixups__ with 'clocks = <0>', where 'clocks' is <9> and no node has the phandle 9.");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        SymbolWithoutNode, MalformedFixup, FixupWithoutNode, FixupWithoutProperty, FixupOutside,
        LocalFixupWithoutProperty, MalformedLocalFixup, LocalFixupWithoutNode, LocalFixupOutside,
        LocalFixupWithoutTarget,
    ];

    private static DiagnosticRule Warning(
        string id, string name, string message, string remedy, string what = "", string why = "", string example = "") =>
        new(id, name, Severity.Warning, message, remedy) { What = what, Why = why, Example = example };
}
