using Devicetree.Checks;
using Devicetree.Decompilation;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Compilation;

/// <summary>
/// What dtc prints where a tree that was compiled before is not restored as a whole; the places are those of the rule. Some name
/// two things in the wrong order, as dtc does, and one has no line end there.
/// </summary>
internal static class DtcRestorationWords
{
    private static readonly Dictionary<string, string> _texts = new()
    {
        [RestorationRules.SymbolWithoutNode.Id] = "Path {0} referenced in property {1}/{2} missing",
        [RestorationRules.MalformedFixup.Id] = "Malformed fixup entry for label {0}\n",
        [RestorationRules.FixupWithoutNode.Id] = "Label {0} references non-existing node {1}\n",
        [RestorationRules.FixupWithoutProperty.Id] = "Label {0} references non-existing property {1} in node {2}\n",
        [RestorationRules.FixupOutside.Id] = "Label {0} contains invalid offset for property {1} in node {2}\n",
        [RestorationRules.LocalFixupWithoutProperty.Id] = "Property {0} in {1} referenced in __local_fixups__ missing\n",
        [RestorationRules.MalformedLocalFixup.Id] = "property {0} in /__local_fixups__{1} malformed\n",
        [RestorationRules.LocalFixupWithoutNode.Id] = "node {0}/{1} referenced in __local_fixups__ missing\n",
        [RestorationRules.LocalFixupOutside.Id] = "property {0} too short to contain a phandle at offset {1}\n",
        [RestorationRules.LocalFixupWithoutTarget.Id] = "node referenced by phandle 0x{0:x} in property {1} not found\n",
    };

    /// <summary>dtc's words for a rule.</summary>
    public static PassWords Of(DiagnosticRule rule) => new("Warning: " + _texts[rule.Id], IsHushed: true);
}
