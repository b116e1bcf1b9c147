using Devicetree.Text.Sources;

namespace Devicetree.Schema.Examples;

/// <summary>
/// The devicetree source made of a binding's examples, and the way from its lines back to those of the binding.
/// </summary>
internal sealed class ExampleSource
{
    /// <summary>
    /// For each line of <see cref="Text"/>, from 0, where it stands in the binding; the default span for lines that we added.
    /// </summary>
    private readonly IReadOnlyList<SourceSpan> _lines;

    /// <summary>How many bytes each line is shifted to the right against the binding; may be negative.</summary>
    private readonly IReadOnlyList<int> _shifts;

    private readonly IReadOnlyList<ExampleLine?> _examples;

    internal ExampleSource(string text, IReadOnlyList<SourceSpan> lines, IReadOnlyList<int> shifts,
        IReadOnlyList<ExampleLine?> examples)
    {
        _examples = examples;
        Text = text;
        _lines = lines;
        _shifts = shifts;
    }

    /// <summary>The source as dt-extract-example prints it, with its last line break.</summary>
    public string Text { get; }

    /// <summary>
    /// The line of an example that a line of the text, counted from 1, is; null for what was added around the examples.
    /// </summary>
    internal ExampleLine? ExampleAt(int line) => line >= 1 && line <= _examples.Count ? _examples[line - 1] : null;

    /// <summary>
    /// The place in the binding of a place in the text, both counted from 1: the exact column in literal blocks, else the start
    /// of the example. The default span for what was added around the examples.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="column">The column in bytes.</param>
    /// <param name="length">How many bytes are meant.</param>
    public SourceSpan PlaceOf(int line, int column, int length = 1)
    {
        if (line < 1 || line > _lines.Count || _lines[line - 1] is not { Source: SourceText source } place)
            return default;
        int shift = _shifts[line - 1];
        if (shift == int.MinValue)
            return place;
        int start = Math.Clamp(place.Start + column - 1 - shift, place.Start, place.End);
        return source.Span(start, Math.Min(place.End, start + Math.Max(length, 1)));
    }
}

/// <summary>A line of an example.</summary>
/// <param name="Example">Which example, from 0.</param>
/// <param name="Line">Which of its lines, from 0.</param>
internal readonly record struct ExampleLine(int Example, int Line);
