using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>A file that is being read, and how far it was.</summary>
internal sealed class FileFrame(ScannedFile file, int inclusion, Inclusion origin, int directory, int written)
{
    private int _countedStep = -1;
    private int _countedTo;
    private int _countedLine;

    public ScannedFile File => file;

    /// <summary>Its number among the inclusions.</summary>
    public int Inclusion => inclusion;

    /// <summary>The search directory in which it was found; -1 when it was found in none of them.</summary>
    public int Directory => directory;

    /// <summary>How many characters of its path the includer wrote.</summary>
    public int Written => written;

    /// <summary>The step that is next or, when <see cref="Offset"/> says so, being read.</summary>
    public int Step { get; set; }

    /// <summary>Where in a text step reading goes on, an offset into the normal form; -1 before its start.</summary>
    public int Offset { get; set; } = -1;

    /// <summary>The next name of a text step, which may lie before <see cref="Offset"/>.</summary>
    public int Name { get; set; }

    /// <summary>What must be added to a line of the file to get what it is called, changed by <c>#line</c>.</summary>
    public int LineShift => origin.LineShift;

    /// <summary>What the file is called, changed by <c>#line</c>.</summary>
    public string Path { get; private set; } = file.Source.Path;

    public bool IsAtEnd => Step >= file.Steps.Length;

    public ref readonly Step Current => ref file.Steps[Step];

    /// <summary>Goes to a step, to its start.</summary>
    public void GoTo(int step)
    {
        Step = step;
        Offset = -1;
        _countedStep = -1;
    }

    /// <summary>The line of the file of an offset in the current text step. Asked for with rising offsets.</summary>
    public int LineAt(int offset)
    {
        if (_countedStep != Step || offset < _countedTo)
            (_countedStep, _countedTo, _countedLine) = (Step, Current.Start, Current.Line);
        _countedLine += file.Normal.AsSpan(_countedTo, offset - _countedTo).Count((byte)'\n');
        _countedTo = offset;
        return _countedLine;
    }

    /// <summary>The place of bytes of the normal form, with the line markers that were met.</summary>
    public SourceSpan Span(int start, int end) => file.Span(start, end) with { Source = origin.Source };

    /// <summary>The place of what stands in a directive after its word, or of its <c>#</c> when there is nothing.</summary>
    public SourceSpan Span(in Step step) =>
        step.End > step.Start ? Span(step.Start, step.End) : file.CleanSpan(step.At, 1) with { Source = origin.Source };

    /// <summary>Says what the lines after a directive are called, as <c>#line</c> does.</summary>
    public void Rename(in Step step, int line, string? path)
    {
        Path = path ?? Path;
        origin.Rename(line - step.Finish - 1);
        Mark(step, line, Path);
    }

    /// <summary>Says where the lines after a step came from, for people only.</summary>
    public void Mark(in Step step, int line, string path)
    {
        // Past the end of the line: the newline, too, belongs to the marker.
        int end = file.Clean.Bytes.Span[file.CleanOffset(step.End)..].IndexOf((byte)'\n');
        int next = end < 0 ? file.Clean.Bytes.Length : file.CleanOffset(step.End) + end + 1;
        origin.Mark(file.Clean.Original(next), path, line);
    }
}
