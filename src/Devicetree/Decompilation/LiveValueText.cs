using System.Text;
using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.References;

namespace Devicetree.Decompilation;

/// <summary>The source text of values alone.</summary>
internal static class LiveValueText
{
    /// <summary>
    /// A value as <see cref="LivePrinter"/> prints it behind the equals sign, one character a byte; empty for one without bytes.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="version">The version of dtc whose text is wanted; the newest when null.</param>
    /// <exception cref="InvalidOperationException">The text takes 2 GiB or more.</exception>
    public static string Of(LiveValue value, DtcVersion? version = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
            return "";
        var text = new ByteText();
        new ValuePrinter(text, version ?? DtcVersion.Newest).Print(value);
        // The printer begins with the equals sign.
        const int Sign = 3;
        return Encoding.Latin1.GetString(text.Bytes[Sign..]);
    }

    /// <summary>A value with references in the place of phandles, as far as it says nothing of its own.</summary>
    /// <param name="value">The value.</param>
    /// <param name="entries">Its references, as <see cref="ReferenceReader"/> finds them.</param>
    /// <param name="byPath">Whether nodes are named by their paths even where they have labels.</param>
    public static string Of(LiveValue value, IReadOnlyList<ReferenceEntry> entries, bool byPath)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(entries);
        bool isList = entries.Count > 0 && entries[0].Start == 0 && value.Length % sizeof(uint) == 0
            && entries.All(entry => entry.Start % sizeof(uint) == 0 && entry.Offset % sizeof(uint) == 0);
        if (!isList || (value.Markers.Count > 0 && !byPath))
            return Of(value);
        var markers = new List<Marker>(2 * entries.Count);
        foreach (ReferenceEntry entry in entries)
        {
            markers.Add(new(entry.Start, MarkerKind.Cells, "", default));
            string name = entry.Target is null ? entry.Name
                : !byPath && entry.Target.HasLabels && entry.Target.Labels.Live.FirstOrDefault() is Label label
                ? label.Name : entry.Target.Path;
            if (name.Length > 0)
                markers.Add(new(entry.Offset, MarkerKind.PhandleReference, name, default));
        }
        return Of(value.WithMarkers([.. markers]));
    }
}
