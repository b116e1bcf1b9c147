using System.Runtime.InteropServices;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>
/// Cuts source text into tokens exactly where dtc does (devicetree.md 1.1). Which characters make a token depends on what came
/// before: names may hold almost anything, so they are only looked for where one can stand.
/// </summary>
internal sealed partial class DtsLexer
{
    private enum State : byte
    {
        /// <summary>Before the version: as <see cref="Value"/>, but without numbers.</summary>
        Initial,
        Value,
        Name,
        Bytes,
    }

    private const int MaxUnterminatedStrings = 20;

    private readonly SourceStack _sources;
    private readonly DiagnosticBag _diagnostics;
    private readonly NamePool _names;
    private readonly bool _recovers;
    private readonly bool _isStrict;
    private readonly bool _takesIdentifiers;
    private readonly bool _takesRelativePaths;

    private SourceText _source = null!;
    private byte[] _text = [];
    private int _at;
    private int _end;
    private State _state;
    private int _unterminatedStrings;

    /// <summary>
    /// The identifier that was looked to the end of last. Every byte of <c>[aabbcc…]</c> might begin a label; the end is found
    /// once.
    /// </summary>
    private (int Start, int End) _run;

    /// <summary>What was read last, a token or what stands between tokens: there dtc reports the end of the source.</summary>
    private (SourceText Source, int Start, int End) _last;

    public DtsLexer(SourceStack sources, DtsParserOptions options, NamePool names, DiagnosticBag diagnostics)
    {
        _sources = sources;
        _diagnostics = diagnostics;
        _names = names;
        _recovers = options.Recover;
        _isStrict = options.Strict;
        _takesIdentifiers = options.Version.Has(DtcChanges.StrayIdentifiers);
        _takesRelativePaths = options.Version.Has(DtcChanges.LabelRelativePaths);
        Load();
        _last = (_source, 0, 0);
    }

    /// <summary>True when the rest of the source is not read.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The file that the first line marker names; null without one.</summary>
    public string? FirstMarker { get; private set; }

    /// <summary>Makes all that follows the end of the source.</summary>
    public void Stop() => Stopped = true;

    /// <summary>Reads the next token.</summary>
    public void Next(ref DtsToken token)
    {
        while (!Stopped)
        {
            byte[] text = _text;
            int at = _at;
            if (at >= _end)
            {
                if (!_sources.TryLeave())
                    break;
                Load();
                continue;
            }
            byte c = text[at];
            if (ByteClass.Is(c, ByteClass.WhiteSpace))
            {
                SkipTo(ByteClass.End(text, at + 1, _end, ByteClass.WhiteSpace));
                continue;
            }
            if ((c == '/' && TrySkipCommentOrInclude()) || (c == '#' && TrySkipLineMarker()))
                continue;
            if (Stopped)
                break;
            Scan(c, ref token);
            return;
        }
        token.Kind = DtsTokenKind.End;
        token.Source = _recovers ? _source : _last.Source;
        token.Start = _recovers ? _at : _last.Start;
        token.End = _recovers ? _at : _last.End;
        token.Text = "";
    }

    /// <summary>
    /// Reads a token again as if a semicolon stood before it. Only for the token read last, in the file that is being read.
    /// </summary>
    public bool TryRestartAfterSemicolon(in DtsToken token)
    {
        if (token.Kind is not (DtsTokenKind.Stray or DtsTokenKind.Word or DtsTokenKind.Integer or >= DtsTokenKind.OpenBrace)
            || token.Source != _source)
            return false;
        _at = token.Start;
        _state = State.Name;
        return true;
    }

    /// <summary>The longest match wins, so the order of these questions matters where two could be answered with yes.</summary>
    private void Scan(byte c, ref DtsToken token)
    {
        byte[] text = _text;
        int at = _at;
        token.Source = _source;
        token.Start = at;
        if (ByteClass.Is(c, ByteClass.Name))
        {
            ScanWord(c, ref token);
        }
        else if (c == '"')
        {
            ScanString(ref token);
        }
        else if (c == '&' && TryScanReference(ref token))
        {
        }
        else if (c == '\'' && CharacterEnd(text.AsSpan(at, _end - at), _isStrict) is int end and > 0)
        {
            Finish(ref token, DtsTokenKind.Character, at + end + 1);
            token.Number = Character(token);
        }
        else if (c == '\\' && _state == State.Name && ByteClass.End(text, at + 1, _end, ByteClass.Name) is int name
            && name > at + 1)
        {
            _state = State.Value;
            Finish(ref token, DtsTokenKind.Name, name);
            token.Text = _names.Intern(text.AsSpan(at + 1, name - at - 1));
        }
        else if (c != '/' || !TryScanKeyword(ref token))
        {
            ScanSymbol(c, ref token);
        }
        _last = (_source, token.Start, token.End);
    }

    /// <summary>Scans what starts with a byte that names may consist of, digits among them.</summary>
    private void ScanWord(byte c, ref DtsToken token)
    {
        byte[] text = _text;
        int at = _at;
        bool isDigit = ByteClass.Is(c, ByteClass.Digit);
        if (!isDigit && ByteClass.Is(c, ByteClass.Identifier))
        {
            if (at < _run.Start || at >= _run.End)
                _run = (at, ByteClass.End(text, at + 1, _end, ByteClass.Identifier));
            int identifier = _run.End;
            if (identifier < _end && text[identifier] == ':')
            {
                Finish(ref token, DtsTokenKind.Label, identifier + 1);
                token.Text = _names.Intern(text.AsSpan(at, identifier - at));
                return;
            }
            if (_state == State.Value && _takesIdentifiers)
            {
                // dtc since 1.8 takes it for a number, which often shows more errors. Whether it is one that people meant shows
                // later.
                Finish(ref token, _recovers ? DtsTokenKind.Word : DtsTokenKind.Integer, identifier);
                token.Number = 0;
                token.Text = Encoding.ASCII.GetString(text, at, identifier - at);
                if (!_recovers)
                    Report(DtsRules.UnexpectedIdentifier, token, token.Text, SyntaxRemedies.ForWord(token, default));
                return;
            }
        }
        if (_state == State.Name)
        {
            _state = State.Value;
            Finish(ref token, DtsTokenKind.Name, ByteClass.End(text, at + 1, _end, ByteClass.Name));
            token.Text = _names.Intern(text.AsSpan(at, token.End - at));
        }
        else if (_state == State.Value && isDigit)
        {
            ScanInteger(ref token);
        }
        else if (_state == State.Bytes && at + 1 < _end
            && ByteClass.Is(c, ByteClass.HexDigit) && ByteClass.Is(text[at + 1], ByteClass.HexDigit))
        {
            Finish(ref token, DtsTokenKind.Byte, at + 2);
            token.Number = (ulong)((DtsLiterals.Digit(c) << 4) | DtsLiterals.Digit(text[at + 1]));
        }
        else
        {
            ScanSymbol(c, ref token);
        }
    }

    private bool TryScanReference(ref DtsToken token)
    {
        byte[] text = _text;
        int at = _at + 1;
        if (at >= _end)
            return false;
        if (text[at] == '{')
        {
            int start = at + 1;
            int end = ByteClass.End(text, start, _end, ByteClass.Path);
            bool isPath = end < _end && text[end] == '}' && (_takesRelativePaths || (end > start && text[start] == '/'));
            if (!isPath)
                return false;
            Finish(ref token, DtsTokenKind.PathReference, end + 1);
            token.Text = _names.Intern(text.AsSpan(start, end - start));
            return true;
        }
        int label = ByteClass.Is(text[at], ByteClass.Digit) ? at : ByteClass.End(text, at, _end, ByteClass.Identifier);
        if (label == at)
            return false;
        Finish(ref token, DtsTokenKind.LabelReference, label);
        token.Text = _names.Intern(text.AsSpan(at, label - at));
        return true;
    }

    private bool TryScanKeyword(ref DtsToken token)
    {
        ReadOnlySpan<byte> rest = _text.AsSpan(_at, _end - _at);
        (DtsTokenKind kind, int length, State state) = rest switch
        {
            _ when rest.StartsWith("/delete-property/"u8) => (DtsTokenKind.DeleteProperty, 17, State.Name),
            _ when rest.StartsWith("/delete-node/"u8) => (DtsTokenKind.DeleteNode, 13, State.Name),
            _ when rest.StartsWith("/bits/"u8) => (DtsTokenKind.Bits, 6, State.Value),
            _ when rest.StartsWith("/dts-v1/"u8) => (DtsTokenKind.Version, 8, State.Value),
            _ when rest.StartsWith("/plugin/"u8) => (DtsTokenKind.Plugin, 8, _state),
            _ when rest.StartsWith("/memreserve/"u8) => (DtsTokenKind.MemReserve, 12, State.Value),
            _ when rest.StartsWith("/omit-if-no-ref/"u8) => (DtsTokenKind.OmitIfNoRef, 16, State.Name),
            _ when rest.StartsWith("/incbin/"u8) && _state is State.Value or State.Initial => (DtsTokenKind.IncBin, 8, _state),
            _ => (DtsTokenKind.Stray, 0, _state),
        };
        if (length == 0)
            return false;
        _state = state;
        Finish(ref token, kind, _at + length);
        return true;
    }

    private void ScanSymbol(byte c, ref DtsToken token)
    {
        int next = _at + 1 < _end ? _text[_at + 1] : 0;
        (DtsTokenKind kind, int length) = (c, next) switch
        {
            ((byte)'<', '<') => (DtsTokenKind.ShiftLeft, 2),
            ((byte)'<', '=') => (DtsTokenKind.LessOrEqual, 2),
            ((byte)'<', _) => (DtsTokenKind.Less, 1),
            ((byte)'>', '>') => (DtsTokenKind.ShiftRight, 2),
            ((byte)'>', '=') => (DtsTokenKind.GreaterOrEqual, 2),
            ((byte)'>', _) => (DtsTokenKind.Greater, 1),
            ((byte)'=', '=') => (DtsTokenKind.Equal, 2),
            ((byte)'=', _) => (DtsTokenKind.Assign, 1),
            ((byte)'!', '=') => (DtsTokenKind.NotEqual, 2),
            ((byte)'!', _) => (DtsTokenKind.Not, 1),
            ((byte)'&', '&') => (DtsTokenKind.And, 2),
            ((byte)'&', _) => (DtsTokenKind.BitAnd, 1),
            ((byte)'|', '|') => (DtsTokenKind.Or, 2),
            ((byte)'|', _) => (DtsTokenKind.BitOr, 1),
            ((byte)'{', _) => (DtsTokenKind.OpenBrace, 1),
            ((byte)'}', _) => (DtsTokenKind.CloseBrace, 1),
            ((byte)'[', _) => (DtsTokenKind.OpenBracket, 1),
            ((byte)']', _) => (DtsTokenKind.CloseBracket, 1),
            ((byte)'(', _) => (DtsTokenKind.OpenParenthesis, 1),
            ((byte)')', _) => (DtsTokenKind.CloseParenthesis, 1),
            ((byte)';', _) => (DtsTokenKind.Semicolon, 1),
            ((byte)',', _) => (DtsTokenKind.Comma, 1),
            ((byte)'?', _) => (DtsTokenKind.Question, 1),
            ((byte)':', _) => (DtsTokenKind.Colon, 1),
            ((byte)'~', _) => (DtsTokenKind.Tilde, 1),
            ((byte)'^', _) => (DtsTokenKind.BitXor, 1),
            ((byte)'+', _) => (DtsTokenKind.Plus, 1),
            ((byte)'-', _) => (DtsTokenKind.Minus, 1),
            ((byte)'*', _) => (DtsTokenKind.Times, 1),
            ((byte)'/', _) => (DtsTokenKind.Slash, 1),
            ((byte)'%', _) => (DtsTokenKind.Percent, 1),
            _ => (DtsTokenKind.Stray, 1),
        };
        _state = kind switch
        {
            DtsTokenKind.OpenBracket => State.Bytes,
            DtsTokenKind.CloseBracket when _state == State.Bytes => State.Value,
            DtsTokenKind.OpenBrace or DtsTokenKind.Semicolon => State.Name,
            _ => _state,
        };
        // A word where none can stand is one error, not one for each letter.
        if (kind == DtsTokenKind.Stray && _recovers && (ByteClass.Is(c, ByteClass.Identifier) || c == '#'))
            length = ByteClass.End(_text, _at, _end, ByteClass.Name) - _at;
        Finish(ref token, kind, _at + length);
    }

    private void Finish(ref DtsToken token, DtsTokenKind kind, int end)
    {
        token.Kind = kind;
        token.End = end;
        _at = end;
    }

    private void SkipTo(int end)
    {
        _last = (_source, _at, end);
        _at = end;
    }

    private void Report(DiagnosticRule rule, in DtsToken token, params ReadOnlySpan<object> arguments) =>
        _diagnostics.Report(rule, token.Span, arguments);

    private void Load()
    {
        _source = _sources.Source;
        _at = _sources.Position;
        _run = default;
        _end = _source.Bytes.Length;
        _text = MemoryMarshal.TryGetArray(_source.Bytes, out ArraySegment<byte> segment) && segment.Offset == 0
            ? segment.Array! : _source.Bytes.ToArray();
    }
}
