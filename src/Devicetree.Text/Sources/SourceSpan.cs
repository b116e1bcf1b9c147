namespace Devicetree.Text.Sources;

/// <summary>The bytes from <paramref name="Start"/> up to, but not including, <paramref name="End"/> of one source.</summary>
/// <param name="Source">The source; null in the default value, which is no place at all.</param>
/// <param name="Start">The offset of the first byte.</param>
/// <param name="End">The offset after the last byte.</param>
public readonly record struct SourceSpan(SourceText? Source, int Start, int End)
{
    /// <summary>The number of bytes.</summary>
    public int Length => End - Start;

    /// <summary>Where it starts, for people; null when there is no source.</summary>
    public SourceLocation? Location => Source?.LocationOf(Start);

    /// <summary>Where it came from, through includes and macros; null when there is no source.</summary>
    public SourceOrigin? Origin => Source?.Resolve(Start, End);

    /// <summary>
    /// The span from the start of this one to the end of another; this one when they are not in the same source.
    /// </summary>
    public SourceSpan To(SourceSpan last) => Source == last.Source && last.End >= Start ? this with { End = last.End } : this;
}
