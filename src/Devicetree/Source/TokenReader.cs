using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>
/// The tokens of a source one at a time, and what to do when they are not the expected ones. A token is read only when it is
/// asked for: what a statement means is reported before what is wrong after it.
/// </summary>
internal sealed class TokenReader
{
    private readonly DtsLexer _lexer;
    private readonly DiagnosticBag _diagnostics;
    private readonly bool _recovers;
    private DtsToken _current;
    private DtsToken _previous;
    private bool _isRead;

    /// <summary>Set once the end of the source was not expected: every open body would say so again.</summary>
    private bool _endReported;

    public TokenReader(SourceStack sources, DtsParserOptions options, NamePool names, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _recovers = options.Recover;
        _lexer = new DtsLexer(sources, options, names, diagnostics);
        _previous.Source = sources.Source;
    }

    /// <summary>The next token; it has not been taken.</summary>
    public ref readonly DtsToken Current
    {
        get
        {
            if (!_isRead)
                Read();
            return ref _current;
        }
    }

    /// <summary>The kind of the next token.</summary>
    public DtsTokenKind Kind
    {
        get
        {
            if (!_isRead)
                Read();
            return _current.Kind;
        }
    }

    /// <summary>The token taken last.</summary>
    public ref readonly DtsToken Previous => ref _previous;

    /// <summary>How many tokens were taken: a loop in which it stays the same goes nowhere.</summary>
    public int Taken { get; private set; }

    /// <summary>True once reading has ended at an error; nothing is reported any more.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The file that the first line marker names; null without one.</summary>
    public string? FirstMarker => _lexer.FirstMarker;

    /// <summary>True once something was reported here.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Takes the next token, which is then <see cref="Previous"/>.</summary>
    public void Take()
    {
        if (!_isRead)
            Read();
        _previous = _current;
        _isRead = false;
        Taken++;
    }

    /// <summary>Takes a word in the place of a number, and reports it.</summary>
    public void TakeWord()
    {
        Report(DtsRules.UnexpectedIdentifier, Current.Span, Current.Text, SyntaxRemedies.ForWord(Current, _previous));
        Take();
        // The arguments of a macro that is not known say nothing more.
        if (_recovers && Kind == DtsTokenKind.OpenParenthesis && Current.Source == _previous.Source
            && Current.Start == _previous.End)
            SkipParentheses();
    }

    public bool TryTake(DtsTokenKind kind)
    {
        if (Kind != kind)
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a token; reports what is there instead when it is something else.</summary>
    public bool Expect(DtsTokenKind kind, string described) => TryTake(kind) || Unexpected(described);

    /// <summary>Reports an error that does not keep from reading on.</summary>
    public void Report(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        if (Stopped)
            return;
        HasFailed = true;
        _diagnostics.Report(rule, span, arguments);
    }

    /// <summary>Reports what is suspicious but no error.</summary>
    public void Warn(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments) =>
        _diagnostics.Report(rule, span, arguments);

    /// <summary>Reports an error after which dtc does not read on, and ends reading if we do as dtc.</summary>
    public void Fail(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        Report(rule, span, arguments);
        StopUnlessRecovering();
    }

    /// <summary>What a failure that was reported already means for reading on.</summary>
    /// <returns>Whether to.</returns>
    public bool GoOnAfterFailure()
    {
        StopUnlessRecovering();
        return !Stopped;
    }

    /// <summary>Reports the current token. Always false, for callers that give up.</summary>
    public bool Unexpected(string expected) => Unexpected(expected, Current.Span);

    /// <summary>
    /// Takes the semicolon that ends a statement. When it is missing at the end of a line or of a body, reports that there and
    /// goes on as if it stood there; when something else stands before it, skips that.
    /// </summary>
    public void EndStatement()
    {
        if (TryTake(DtsTokenKind.Semicolon))
            return;
        bool endsHere = Kind is DtsTokenKind.End or DtsTokenKind.CloseBrace || StartsLaterLine();
        // A string that does not end has taken the semicolon with it, and was reported.
        if (!(endsHere && _recovers && IsUnterminated(_previous)))
            Unexpected(SyntaxRemedies.Semicolon, endsHere && _recovers
                ? _previous.Source.Span(_previous.End, _previous.End) : Current.Span);
        if (!endsHere)
            SkipStatement();
        else if (_lexer.TryRestartAfterSemicolon(_current))
            _isRead = false;
    }

    /// <summary>Skips to after the next semicolon of this body, or to its end.</summary>
    public void SkipStatement()
    {
        int depth = 0;
        while (Kind != DtsTokenKind.End)
        {
            if (Kind == DtsTokenKind.CloseBrace && depth-- == 0)
                return;
            if (Kind == DtsTokenKind.OpenBrace)
                depth++;
            Take();
            if (_previous.Kind == DtsTokenKind.Semicolon && depth == 0)
                return;
        }
    }

    /// <summary>
    /// Whether the rest of the file closes the brace that stands here and as many bodies around it; comments count as text.
    /// </summary>
    public bool ClosesAhead(int bodies)
    {
        ReadOnlySpan<byte> rest = Current.Source.Bytes.Span[Current.Start..];
        return rest.Count((byte)'}') - rest.Count((byte)'{') >= bodies;
    }

    private static bool IsUnterminated(in DtsToken token) => token.Kind == DtsTokenKind.String
        && (token.End - token.Start < 2 || token.Source.Bytes.Span[token.End - 1] != (byte)'"');

    private void SkipParentheses()
    {
        int depth = 0;
        while (Kind is not (DtsTokenKind.End or DtsTokenKind.Semicolon or DtsTokenKind.OpenBrace or DtsTokenKind.CloseBrace))
        {
            depth += Kind == DtsTokenKind.OpenParenthesis ? 1 : Kind == DtsTokenKind.CloseParenthesis ? -1 : 0;
            Take();
            if (depth == 0)
                return;
        }
    }

    private bool Unexpected(string expected, SourceSpan span)
    {
        if (!_endReported)
            Report(DtsRules.UnexpectedToken, span, expected, Current.Described, SyntaxRemedies.For(expected, Current, _previous));
        _endReported |= Kind == DtsTokenKind.End;
        StopUnlessRecovering();
        return false;
    }

    private void StopUnlessRecovering()
    {
        if (_recovers || Stopped)
            return;
        Stopped = true;
        _lexer.Stop();
        _isRead = false;
    }

    private void Read()
    {
        _lexer.Next(ref _current);
        _isRead = true;
        Stopped |= _lexer.Stopped;
    }

    private bool StartsLaterLine() =>
        Current.Source == _previous.Source && _previous.Source.Bytes.Span[_previous.End.._current.Start].Contains((byte)'\n');
}
