using System.Text;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Decompilation;

/// <summary>
/// Puts labels back from <c>/__symbols__</c>, as dtc does since 1.8. A symbol that is no label in the language, or one of another
/// node, stays a symbol only: dtc does not look, and prints text that cannot be read.
/// </summary>
internal static class SymbolLabels
{
    public static void Restore(LiveTree tree, DiagnosticBag diagnostics)
    {
        foreach (LiveProperty symbol in tree.Root?.Children.FindLive(OverlayNames.Symbols)?.Properties.Live ?? [])
        {
            ReadOnlySpan<byte> value = symbol.Value.Bytes.Span;
            int end = value.IndexOf((byte)0);
            string path = Encoding.Latin1.GetString(end < 0 ? value : value[..end]);
            if (end < 0 || tree.FindWritten(path) is not LiveNode node)
                diagnostics.Report(RestorationRules.SymbolWithoutNode, default, path, OverlayNames.Symbols, symbol.Name);
            else if (NameRules.IsLabel(symbol.Name) && (tree.Find(symbol.Name) ?? node) == node)
                tree.AddLabel(node, new Label(symbol.Name, default));
        }
    }
}
