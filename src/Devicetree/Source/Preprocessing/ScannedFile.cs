using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// A file cut into steps, once, for all that include it. Its text is in the normal form: the form in which cpp prints text
/// without macros, with comments and superfluous white space removed, so that what has no macros in it is copied as it stands.
/// </summary>
internal sealed class ScannedFile(SourceText source, CleanText clean, IdentifierTable identifiers)
{
    /// <summary>Where pieces of the normal form come from in the clean text; made when the first place is asked for.</summary>
    private (int Normal, int Clean)[]? _places;

    public SourceText Source => source;

    public CleanText Clean => clean;

    /// <summary>The normal form.</summary>
    public required byte[] Normal { get; init; }

    public required Step[] Steps { get; init; }

    /// <summary>The names in all text steps.</summary>
    public required NameInText[] Names { get; init; }

    /// <summary>The macro that makes the file empty when it is defined; 0 when there is none.</summary>
    public required int Guard { get; init; }

    /// <summary>Where a comment begins that does not end, an offset into the clean text; -1 when they all end.</summary>
    public required int UnterminatedComment { get; init; }

    /// <summary>The place of bytes of the normal form in the file.</summary>
    public SourceSpan Span(int start, int end)
    {
        int from = Offset(start);
        return source.Span(from, Math.Max(from, end > start ? Offset(end - 1) + 1 : from));
    }

    /// <summary>The place of bytes of the clean text in the file.</summary>
    public SourceSpan CleanSpan(int start, int length) => source.Span(clean.Original(start), clean.Original(start + length));

    /// <summary>The offset in the file of an offset in the normal form.</summary>
    public int Offset(int normal) => clean.Original(CleanOffset(normal));

    /// <summary>The offset in the clean text of an offset in the normal form.</summary>
    public int CleanOffset(int normal)
    {
        (int Normal, int Clean)[] places = _places ??= FileScanner.FindPlaces(clean, identifiers);
        int low = 0, high = places.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (places[middle].Normal <= normal)
                low = middle + 1;
            else
                high = middle;
        }
        int at = low == 0 ? 0 : places[low - 1].Clean + normal - places[low - 1].Normal;
        // A space may stand for a comment of many lines; the next piece is not before its start.
        if (low < places.Length)
            at = Math.Min(at, places[low].Clean);
        return Math.Clamp(at, 0, clean.Bytes.Length);
    }
}
