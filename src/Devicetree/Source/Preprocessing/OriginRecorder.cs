using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>A file as it was included once.</summary>
/// <param name="File">The file.</param>
/// <param name="Source">Its text, with the line markers that counted this time.</param>
/// <param name="Parent">The inclusion that included it; -1 for those that no file includes.</param>
/// <param name="At">Where in the parent, an offset into its clean text.</param>
internal sealed record Inclusion(ScannedFile File, SourceText Source, int Parent, int At)
{
    /// <summary>Its text; replaced by one of its own when a line marker is met.</summary>
    public SourceText Source { get; private set; } = Source;

    private bool _hasOwnSource;

    /// <summary>What must be added to a line of the file to get what <c>#line</c> calls it.</summary>
    public int LineShift { get; private set; }

    public void Rename(int lineShift) => LineShift = lineShift;

    /// <summary>Notes that the text after an offset in the file is on a line of another file.</summary>
    public void Mark(int offset, string path, int line)
    {
        if (!_hasOwnSource)
            Source = Source.WithOwnMarkers();
        _hasOwnSource = true;
        Source.MapFollowing(offset, path, line);
    }
}

/// <summary>A macro call.</summary>
/// <param name="Macro">The macro.</param>
/// <param name="Place">Where its name stood (see <see cref="PpToken.Place"/>).</param>
/// <param name="At">The offset there.</param>
/// <param name="Counted">The number of the call whose place <c>__LINE__</c> says; its own when no other body was being
/// read.</param>
internal readonly record struct MacroUse(MacroDefinition Macro, int Place, int At, int Counted);

/// <summary>From an offset of the output on, text came from a place, byte by byte.</summary>
/// <param name="Output">The offset in the output.</param>
/// <param name="Place">An inclusion, or the complement of a call, in whose macro's body it stands.</param>
/// <param name="At">The offset in the normal form of the file that is meant; -1 for text that stands in none.</param>
/// <param name="Call">For the argument of a call one more than the number of the call; else 0.</param>
internal readonly record struct OriginSegment(int Output, int Place, int At, int Call);

/// <summary>Notes where the output comes from while it is written.</summary>
internal sealed class OriginRecorder(IdentifierTable identifiers)
{
    private readonly Refilled<OriginSegment> _segments = new();
    private readonly Refilled<MacroUse> _calls = new();
    private readonly List<Inclusion> _inclusions = [];

    public Inclusion this[int inclusion] => _inclusions[inclusion];

    /// <summary>Notes an inclusion and gives its number.</summary>
    public int Add(Inclusion inclusion)
    {
        _inclusions.Add(inclusion);
        return _inclusions.Count - 1;
    }

    /// <summary>Notes a call and gives its number.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="place">Where its name stood.</param>
    /// <param name="at">The offset there.</param>
    /// <param name="outer">The complement of the call whose body its name was read with; 0 when there is none.</param>
    public int AddCall(MacroDefinition macro, int place, int at, int outer)
    {
        int number = _calls.Count;
        if (outer == 0 && place < 0)
            outer = place;
        _calls.Add(new(macro, place, at, outer == 0 ? number : _calls[~outer].Counted));
        return number;
    }

    /// <summary>Notes where the output after an offset comes from.</summary>
    public void AddSegment(int output, int place, int at, int call = 0) => _segments.Add(new(output, place, at, call));

    /// <summary>The span of a token in the file where a person would look for it: where the outermost macro was called.</summary>
    public SourceSpan SpanOf(in PpToken token)
    {
        (int place, int at, int length) = (token.Place, token.At, token.Length);
        while (place < 0)
        {
            MacroUse call = _calls[~place];
            (place, at, length) = (call.Place, call.At, identifiers[call.Macro.Id].Length);
        }
        Inclusion inclusion = _inclusions[place];
        return inclusion.File.Span(at, at + length) with { Source = inclusion.Source };
    }

    /// <summary>The line of a call as <c>__LINE__</c> says it: where the outermost macro was called.</summary>
    public int LineOf(int call)
    {
        MacroUse counted = _calls[_calls[call].Counted];
        Inclusion inclusion = _inclusions[counted.Place];
        return inclusion.File.Source.LocationOf(inclusion.File.Offset(counted.At)).Line + inclusion.LineShift;
    }

    /// <summary>All that was noted, for the text that was written.</summary>
    public PreprocessedOrigins Freeze() => new([.. _inclusions], _calls.ToArray(), _segments.ToArray(), identifiers);

    public void Clear()
    {
        _segments.Truncate(0);
        _calls.Clear();
        _inclusions.Clear();
    }
}
