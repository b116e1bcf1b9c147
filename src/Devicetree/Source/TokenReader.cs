using Devicetree.Diagnostics;

namespace Devicetree.Source;

/// <summary>The tokens of a source one at a time, and what to do when they are not the expected ones.</summary>
internal sealed class TokenReader
{
    private readonly DtsLexer _lexer;

    /// <summary>Set once the end of the source was not expected: every open body would say so again.</summary>
    private bool _endReported;

    public TokenReader(SourceStack sources, DiagnosticBag diagnostics)
    {
        Diagnostics = diagnostics;
        _lexer = new DtsLexer(sources, diagnostics);
        Previous = new DtsToken(DtsTokenKind.End, sources.Source.Span(0, 0), "");
        Current = _lexer.Next();
    }

    public DiagnosticBag Diagnostics { get; }

    /// <summary>The next token; it has not been taken.</summary>
    public DtsToken Current { get; private set; }

    /// <summary>The token taken last.</summary>
    public DtsToken Previous { get; private set; }

    public DtsToken Take()
    {
        Previous = Current;
        Current = _lexer.Next();
        return Previous;
    }

    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        Take();
        return true;
    }

    public bool TryTake(DtsTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a symbol; reports what is there instead when it is something else.</summary>
    public bool Expect(string symbol) => TryTake(symbol) || Unexpected($"'{symbol}'");

    /// <summary>Reports the current token. Always false, for callers that give up.</summary>
    public bool Unexpected(string expected) => Unexpected(expected, Current.Span);

    /// <summary>
    /// Takes the semicolon that ends a statement. When it is missing at the end of a line or of a body, reports that there and goes on
    /// as if it stood there; when something else stands before it, skips that.
    /// </summary>
    public void EndStatement()
    {
        if (TryTake(";"))
            return;
        bool endsHere = Current.Kind == DtsTokenKind.End || Current.Is("}") || StartsLaterLine();
        Unexpected("';'", endsHere ? Previous.Span with { Start = Previous.Span.End } : Current.Span);
        if (!endsHere)
            SkipStatement();
        else if (_lexer.TryRestartAfterSemicolon(Current))
            Current = _lexer.Next();
    }

    /// <summary>Skips to after the next semicolon of this body, or to its end.</summary>
    public void SkipStatement()
    {
        int depth = 0;
        while (Current.Kind != DtsTokenKind.End)
        {
            if (Current.Is("}") && depth-- == 0)
                return;
            if (Current.Is("{"))
                depth++;
            if (Take().Is(";") && depth == 0)
                return;
        }
    }

    private bool Unexpected(string expected, SourceSpan span)
    {
        if (!_endReported)
            Diagnostics.Report(DtsRules.UnexpectedToken, span, expected, Current.Described);
        _endReported |= Current.Kind == DtsTokenKind.End;
        return false;
    }

    private bool StartsLaterLine() =>
        Current.Span.Source is SourceText source && source == Previous.Span.Source
        && source.Bytes.Span[Previous.Span.End..Current.Span.Start].Contains((byte)'\n');
}
