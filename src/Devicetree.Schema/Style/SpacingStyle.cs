using Devicetree.Text.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Schema.Style;

/// <summary>Spaces around signs, and what tells itself from one token and the next.</summary>
internal sealed class SpacingStyle
{
    private readonly string _text;
    private readonly StyleFindings _findings;

    /// <summary>The keys of the mappings around a token; null for a list.</summary>
    private readonly Stack<HashSet<string>?> _keys = new();

    private SpacingStyle(string text, StyleFindings findings) => (_text, _findings) = (text, findings);

    public static void Check(string text, StyleFindings findings)
    {
        var style = new SpacingStyle(text, findings);
        var scanner = new Scanner(new StringReader(text), skipComments: false);
        Token? previous = null;
        Token? current = null;
        long error = -1;
        while (scanner.MoveNext())
        {
            Token next = scanner.Current!;
            if (next is Error)
            {
                // Some errors are passed over by the scanner, at others it stands still for ever.
                if (next.Start.Index <= error)
                    break;
                error = next.Start.Index;
            }
            if (next is Comment comment)
            {
                style.CheckComment(comment);
                continue;
            }
            if (current is not null)
                style.Check(previous, current, next);
            (previous, current) = (current, next);
        }
        if (current is not null)
            style.Check(previous, current, null);
    }

    private void Check(Token? previous, Token token, Token? next)
    {
        if (previous is StreamStart or DocumentEnd or VersionDirective or TagDirective
            && token is not (DocumentStart or VersionDirective or TagDirective or StreamEnd))
            _findings.Add(StyleRules.DocumentStart, token.Start.Line, 1, "missing document start \"---\"");
        switch (token)
        {
            case FlowMappingStart:
                CheckOpening(StyleRules.Braces, token, next, next is FlowMappingEnd, "braces");
                break;
            case FlowMappingEnd when previous is not FlowMappingStart:
                CheckBefore(StyleRules.Braces, previous, token, 0, 1, "inside braces");
                break;
            case FlowSequenceStart:
                CheckOpening(StyleRules.Brackets, token, next, next is FlowSequenceEnd, "brackets");
                break;
            case FlowSequenceEnd when previous is not FlowSequenceStart:
                CheckBefore(StyleRules.Brackets, previous, token, 0, 1, "inside brackets");
                break;
            case FlowEntry:
                CheckComma(previous, token, next);
                break;
            case BlockEntry:
                CheckAfter(StyleRules.Hyphens, token, next, 0, 1, "after hyphen");
                break;
            case Value:
                CheckColon(previous, token, next);
                break;
        }
        CheckKeys(token, next);
    }

    private void CheckColon(Token? previous, Token token, Token? next)
    {
        CheckBefore(StyleRules.Colons, previous, token, 0, 0, "before colon");
        CheckAfter(StyleRules.Colons, token, next, 0, 1, "after colon");
        string? kind = next switch
        {
            Key or BlockEnd => "block",
            FlowEntry or FlowMappingEnd => "flow",
            _ => null,
        };
        if (kind is not null)
            _findings.Add(StyleRules.EmptyValues, token.Start.Line, EndOf(token).Column, $"empty value in {kind} mapping");
    }

    private void CheckComma(Token? previous, Token token, Token? next)
    {
        if (previous is not null && EndOf(previous).Line < token.Start.Line)
            _findings.Add(StyleRules.Commas, token.Start.Line, Math.Max(1, token.Start.Column - 1), "too many spaces before comma");
        else
            CheckBefore(StyleRules.Commas, previous, token, 0, 0, "before comma");
        CheckAfter(StyleRules.Commas, token, next, 1, 1, "after comma");
    }

    private void CheckOpening(DiagnosticRule rule, Token token, Token? next, bool isEmpty, string name) =>
        CheckAfter(rule, token, next, 0, isEmpty ? 0 : 1, isEmpty ? $"inside empty {name}" : $"inside {name}");

    private void CheckAfter(DiagnosticRule rule, Token token, Token? next, int fewest, int most, string where)
    {
        if (next is null || EndOf(token).Line != next.Start.Line)
            return;
        long spaces = next.Start.Index - EndOf(token).Index;
        if (spaces > most)
            _findings.Add(rule, token.Start.Line, next.Start.Column - 1, $"too many spaces {where}");
        else if (spaces < fewest)
            _findings.Add(rule, token.Start.Line, next.Start.Column, $"too few spaces {where}");
    }

    private void CheckBefore(DiagnosticRule rule, Token? previous, Token token, int fewest, int most, string where)
    {
        if (previous is null || EndOf(previous).Line != token.Start.Line)
            return;
        long spaces = token.Start.Index - EndOf(previous).Index;
        if (spaces > most)
            _findings.Add(rule, token.Start.Line, token.Start.Column - 1, $"too many spaces {where}");
        else if (spaces < fewest)
            _findings.Add(rule, token.Start.Line, token.Start.Column, $"too few spaces {where}");
    }

    private void CheckComment(Comment comment)
    {
        int at = (int)comment.Start.Index;
        if (at > 0 && _text[at - 1] is not (' ' or '\t' or '\n'))
            _findings.Add(StyleRules.Comments, comment.Start.Line, comment.Start.Column, "too few spaces before comment");
    }

    private void CheckKeys(Token token, Token? next)
    {
        switch (token)
        {
            case BlockMappingStart or FlowMappingStart:
                _keys.Push(new HashSet<string>(StringComparer.Ordinal));
                break;
            case BlockSequenceStart or FlowSequenceStart:
                _keys.Push(null);
                break;
            case BlockEnd or FlowMappingEnd or FlowSequenceEnd:
                _keys.TryPop(out _);
                break;
            case Key when next is Scalar key && _keys.TryPeek(out HashSet<string>? known) && known is not null:
                if (!known.Add(key.Value) && key.Value != "<<")
                    _findings.Add(StyleRules.KeyDuplicates, key.Start.Line, key.Start.Column, $"duplication of key \"{key.Value}\" in mapping");
                break;
        }
    }

    /// <summary>Where a token ends without the blanks that the scanner may have read behind it.</summary>
    private Mark EndOf(Token token)
    {
        Mark end = token.End;
        // The scanner has the opening signs end where they begin.
        if (token is FlowMappingStart or FlowSequenceStart)
            return new Mark((int)token.Start.Index + 1, (int)token.Start.Line, (int)token.Start.Column + 1);
        if (token is not Scalar)
            return end;
        long index = Math.Min(end.Index, _text.Length);
        while (index > token.Start.Index && char.IsWhiteSpace(_text[(int)index - 1]))
            index--;
        long line = end.Line;
        for (long i = index; i < end.Index && i < _text.Length; i++)
            line -= _text[(int)i] == '\n' ? 1 : 0;
        int start = index == 0 ? -1 : _text.LastIndexOf('\n', (int)index - 1);
        return new Mark((int)index, (int)line, (int)(index - start));
    }
}
