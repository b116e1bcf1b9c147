using System.Text;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>
/// Prints trees as source text in the format of dtc, lists of strings split as since dtc 1.7. Compiling the text gives the same
/// tree, with the exceptions that <see cref="LivePrinter"/> names.
/// </summary>
public static class DtsPrinter
{
    private static readonly LivePrinterOptions _options = new() { Version = DtcVersion.Newest };

    /// <summary>The text of a tree, with lines that end in a newline each.</summary>
    public static string Print(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Encoding.Latin1.GetString(LivePrinter.Print(LiveTree.From(tree), _options));
    }

    /// <summary>
    /// The text of one value, as it stands between an equals sign and the semicolon; empty for a value without bytes.
    /// </summary>
    /// <param name="value">The bytes.</param>
    /// <param name="references">Cells that hold the phandle of a node with a label: the byte offset of each, and the label. None
    /// when null.</param>
    internal static string PrintValue(ReadOnlyMemory<byte> value, IEnumerable<KeyValuePair<int, string>>? references = null)
    {
        var text = new ByteText();
        var shown = new LiveValue(ValueBudget.Unlimited(), value);
        Marker[] markers =
        [
            .. (references ?? [])
                .Where(reference => reference.Key >= 0 && reference.Key <= value.Length - sizeof(uint))
                .Select(reference => new Marker(reference.Key, MarkerKind.PhandleReference, reference.Value, default)),
        ];
        // Where all of it can be cells, it is one list of them, as most people write it.
        if (markers.Length > 0 && value.Length % sizeof(uint) == 0 && markers.All(marker => marker.Offset % sizeof(uint) == 0))
            shown.AddReferences([new Marker(0, MarkerKind.Cells, "", default), .. markers]);
        else
            shown.AddReferences(markers);
        new ValuePrinter(text, _options.Version).Print(shown);
        return Encoding.Latin1.GetString(text.Bytes).TrimStart(' ', '=');
    }
}
