using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// What dtc since 1.8 restores of a tree that was compiled before (<see cref="DtcChanges.RestoreLabels"/>). It comes after the
/// checks: first labels, then symbols are generated if they are wanted, then references.
/// </summary>
internal static class Restoration
{
    /// <summary>Restores labels from <c>/__symbols__</c>.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="diagnostics">Gets warnings, by the rules of <see cref="RestorationRules"/>.</param>
    public static void RestoreLabels(LiveTree tree, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(diagnostics);
        SymbolLabels.Restore(tree, diagnostics);
    }

    /// <summary>Restores references from <c>/__fixups__</c> and <c>/__local_fixups__</c>.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="diagnostics">Gets warnings, by the rules of <see cref="RestorationRules"/>.</param>
    public static void RestoreReferences(LiveTree tree, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(diagnostics);
        RestoredReferences.Restore(tree, diagnostics);
    }
}
