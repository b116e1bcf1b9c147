using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>The file that is being read and the files that include it. All limits on reading files are kept here.</summary>
internal sealed class SourceStack
{
    private readonly Stack<(SourceText Source, int Position)> _including = new();
    private readonly DtsParserOptions _options;
    private readonly DiagnosticBag _diagnostics;
    private long _bytesLeft;

    /// <summary>
    /// Set once, after which nothing is included: files in a circle would come to the same depth again and again.
    /// </summary>
    private bool _tooDeep;

    public SourceStack(SourceText first, DtsParserOptions options, DiagnosticBag diagnostics)
    {
        _options = options;
        _diagnostics = diagnostics;
        _bytesLeft = (long)options.MaxSourceBytes - first.Bytes.Length;
        Source = first.WithOwnMarkers();
        if (_bytesLeft < 0)
        {
            diagnostics.Report(DtsRules.TooLarge, Source.Span(0, 0), "the sources", options.MaxSourceBytes);
            Position = Source.Bytes.Length;
        }
    }

    public SourceText Source { get; private set; }

    /// <summary>Where reading <see cref="Source"/> begins or, of a file that includes another one, where it goes on.</summary>
    public int Position { get; set; }

    /// <summary>Goes on with a file that is named at <paramref name="span"/>; false, reported, when that fails.</summary>
    public bool Include(string name, SourceSpan span)
    {
        if (_including.Count + 1 >= _options.MaxIncludeDepth && !_tooDeep)
        {
            _diagnostics.Report(DtsRules.IncludeTooDeep, span, _options.MaxIncludeDepth);
            _tooDeep = true;
        }
        if (_tooDeep || !TryRead(name, span, out SourceText? file))
            return false;
        _bytesLeft -= file.Bytes.Length;
        _including.Push((Source, Position));
        Source = file.WithOwnMarkers();
        Position = 0;
        return true;
    }

    /// <summary>Reads a file that is named at <paramref name="span"/>; reports it when that fails.</summary>
    public bool TryRead(string name, SourceSpan span, [NotNullWhen(true)] out SourceText? file)
    {
        file = null;
        string? reason = "no files were given to this source";
        int limit = (int)Math.Max(0, _bytesLeft);
        if (_options.Files?.TryRead(name, span.Source!.Path, limit, out file, out reason) != true)
        {
            _diagnostics.Report(DtsRules.FileNotRead, span, name, reason!);
            return false;
        }
        if (file!.Bytes.Length <= limit)
            return true;
        _diagnostics.Report(DtsRules.TooLarge, span, "the sources", _options.MaxSourceBytes);
        return false;
    }

    /// <summary>Returns to the including file; false at the end of the first one.</summary>
    public bool TryLeave()
    {
        if (!_including.TryPop(out (SourceText Source, int Position) outer))
            return false;
        (Source, Position) = outer;
        return true;
    }
}
