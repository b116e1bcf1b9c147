using System.Text;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// Prints trees as source text in the format of dtc, lists of strings split as since dtc 1.7. Compiling the text gives the same tree,
/// with the exceptions that <see cref="LivePrinter"/> names.
/// </summary>
public static class DtsPrinter
{
    private static readonly LivePrinterOptions Options = new() { Version = DtcVersion.Newest };

    /// <summary>The text of a tree, with lines that end in a newline each.</summary>
    public static string Print(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Encoding.Latin1.GetString(LivePrinter.Print(LiveTree.From(tree), Options));
    }
}
