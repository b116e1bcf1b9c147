using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>Where the bytes of a preprocessed text came from.</summary>
internal sealed class PreprocessedOrigins(
    Inclusion[] inclusions, MacroUse[] calls, OriginSegment[] segments, IdentifierTable identifiers) : ISourceOrigins
{
    public SourceLocation LocationOf(int offset)
    {
        (int inclusion, int start, _) = PlaceInFile(offset);
        return inclusions[inclusion].Source.LocationOf(inclusions[inclusion].File.Offset(start));
    }

    public SourceOrigin Resolve(int start, int end)
    {
        (int inclusion, int from, int to) = PlaceInFile(start);
        (int lastInclusion, _, int lastTo) = PlaceInFile(Math.Max(start, end - 1));
        if (lastInclusion == inclusion && lastTo > to)
            to = lastTo;
        Inclusion place = inclusions[inclusion];
        SourceSpan span = place.File.Span(from, start == end && SegmentAt(start).Place >= 0 ? from : to)
            with
        { Source = place.Source };
        return new(span, Macros(start), IncludedFrom(place));
    }

    private OriginSegment SegmentAt(int offset)
    {
        int low = 0, high = segments.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (segments[middle].Output <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        // What is written before anything is read belongs to the start of the source, which is the last inclusion without a
        // parent.
        return low > 0 ? segments[low - 1] : new(0, Array.FindLastIndex(inclusions, inclusion => inclusion.Parent < 0), 0, 0);
    }

    /// <summary>
    /// The inclusion in which a byte of the output was written or called for, and the bytes of its normal form.
    /// </summary>
    private (int Inclusion, int Start, int End) PlaceInFile(int offset)
    {
        OriginSegment segment = SegmentAt(offset);
        if (segment.Place >= 0)
        {
            int start = Math.Min(segment.At + offset - segment.Output, inclusions[segment.Place].File.Normal.Length);
            return (segment.Place, start, start + 1);
        }
        MacroUse outermost = calls[~segment.Place];
        while (outermost.Place < 0)
            outermost = calls[~outermost.Place];
        return (outermost.Place, outermost.At, outermost.At + identifiers[outermost.Macro.Id].Length);
    }

    private List<MacroCall> Macros(int offset)
    {
        var macros = new List<MacroCall>();
        OriginSegment segment = SegmentAt(offset);
        if (segment.Call > 0)
            macros.Add(Describe(calls[segment.Call - 1], default));
        SourceSpan token = default;
        if (segment.Place < 0 && segment.At >= 0 && calls[~segment.Place].Macro is { BuiltIn: BuiltInMacro.None } macro)
            token = macro.File.Span(segment.At + offset - segment.Output, segment.At + offset - segment.Output + 1);
        for (int place = segment.Place; place < 0;)
        {
            MacroCall call = Describe(calls[~place], token);
            macros.Add(call);
            token = call.Call;
            place = calls[~place].Place;
        }
        return macros;
    }

    private MacroCall Describe(MacroUse use, SourceSpan token)
    {
        ReadOnlySpan<byte> name = identifiers[use.Macro.Id];
        SourceSpan call = use.Place < 0
            ? calls[~use.Place].Macro.File.Span(use.At, use.At + name.Length)
            : inclusions[use.Place].File.Span(use.At, use.At + name.Length) with { Source = inclusions[use.Place].Source };
        return new(Encoding.UTF8.GetString(name), call, use.Macro.NameSpan, token);
    }

    private List<SourceSpan> IncludedFrom(Inclusion inclusion)
    {
        var from = new List<SourceSpan>();
        while (inclusion.Parent >= 0)
        {
            Inclusion parent = inclusions[inclusion.Parent];
            from.Add(parent.File.CleanSpan(inclusion.At, 1) with { Source = parent.Source });
            inclusion = parent;
        }
        return from;
    }
}
