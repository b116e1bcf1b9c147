using Devicetree.Text.Diagnostics;
using Devicetree.Text.Yaml;
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
        var scanner = new YamlScanner(text);
        Token? previous = null;
        Token? current = null;
        try
        {
            while (scanner.MoveNext())
            {
                Token next = scanner.Current!;
                if (current is not null)
                    style.Check(previous, current, next);
                (previous, current) = (current, next);
            }
            if (current is not null)
                style.Check(previous, current, null);
        }
        finally
        {
            foreach (Comment comment in scanner.Comments)
                style.CheckComment(comment);
        }
    }

    private StyleSettings Settings => _findings.Settings;

    private void Check(Token? previous, Token token, Token? next)
    {
        if (previous is StreamStart or DocumentEnd or VersionDirective or TagDirective
            && token is not (DocumentStart or VersionDirective or TagDirective or StreamEnd))
            _findings.Add(StyleRules.DocumentStart, token.Start.Line, 1, "missing document start \"---\"");
        switch (token)
        {
            case FlowMappingStart:
                CheckOpening(StyleRules.Braces, token, next, next is FlowMappingEnd, Settings.Braces, Settings.EmptyBraces,
                    "braces");
                break;
            case FlowMappingEnd when previous is not FlowMappingStart:
                CheckBefore(StyleRules.Braces, previous, token, Settings.Braces, "inside braces");
                break;
            case FlowSequenceStart:
                CheckOpening(StyleRules.Brackets, token, next, next is FlowSequenceEnd, Settings.Brackets,
                    Settings.EmptyBrackets, "brackets");
                break;
            case FlowSequenceEnd when previous is not FlowSequenceStart:
                CheckBefore(StyleRules.Brackets, previous, token, Settings.Brackets, "inside brackets");
                break;
            case FlowEntry:
                CheckComma(previous, token, next);
                break;
            case BlockEntry:
                CheckAfter(StyleRules.Hyphens, token, next, new(0, Settings.AfterHyphen), "after hyphen");
                break;
            case Value:
                CheckColon(previous, token, next);
                break;
        }
        if (token is Scalar scalar && QuotingStyle.IsRedundant(scalar, previous, Settings))
            _findings.Add(StyleRules.QuotedStrings, token.Start.Line, token.Start.Column,
                "string value is redundantly quoted with any quotes");
        CheckKeys(token, next);
    }

    private void CheckColon(Token? previous, Token token, Token? next)
    {
        CheckBefore(StyleRules.Colons, previous, token, new(0, Settings.BeforeColon), "before colon");
        CheckAfter(StyleRules.Colons, token, next, new(0, Settings.AfterColon), "after colon");
        string? kind = next switch
        {
            Key or BlockEnd => "block",
            FlowEntry or FlowMappingEnd => "flow",
            _ => null,
        };
        if (kind is "block" ? Settings.NoEmptyValuesInBlocks : kind is "flow" && Settings.NoEmptyValuesInFlow)
            _findings.Add(StyleRules.EmptyValues, token.Start.Line, EndOf(token).Column, $"empty value in {kind} mapping");
    }

    private void CheckComma(Token? previous, Token token, Token? next)
    {
        if (previous is not null && EndOf(previous).Line < token.Start.Line)
            _findings.Add(StyleRules.Commas, token.Start.Line, Math.Max(1, token.Start.Column - 1),
                "too many spaces before comma");
        else
            CheckBefore(StyleRules.Commas, previous, token, new(0, Settings.BeforeComma), "before comma");
        CheckAfter(StyleRules.Commas, token, next, Settings.AfterComma, "after comma");
    }

    private void CheckOpening(DiagnosticRule rule, Token token, Token? next, bool isEmpty, SpaceRange inside,
        SpaceRange insideEmpty, string name)
    {
        var empty = new SpaceRange(insideEmpty.Fewest < 0 ? inside.Fewest : insideEmpty.Fewest,
            insideEmpty.Most < 0 ? inside.Most : insideEmpty.Most);
        CheckAfter(rule, token, next, isEmpty ? empty : inside, isEmpty ? $"inside empty {name}" : $"inside {name}");
    }

    private void CheckAfter(DiagnosticRule rule, Token token, Token? next, SpaceRange range, string where)
    {
        if (next is null || EndOf(token).Line != next.Start.Line)
            return;
        long spaces = next.Start.Index - EndOf(token).Index;
        if (range.Most >= 0 && spaces > range.Most)
            _findings.Add(rule, token.Start.Line, next.Start.Column - 1, $"too many spaces {where}");
        else if (spaces < range.Fewest)
            _findings.Add(rule, token.Start.Line, next.Start.Column, $"too few spaces {where}");
    }

    private void CheckBefore(DiagnosticRule rule, Token? previous, Token token, SpaceRange range, string where)
    {
        if (previous is null || EndOf(previous).Line != token.Start.Line)
            return;
        long spaces = token.Start.Index - EndOf(previous).Index;
        if (range.Most >= 0 && spaces > range.Most)
            _findings.Add(rule, token.Start.Line, token.Start.Column - 1, $"too many spaces {where}");
        else if (spaces < range.Fewest)
            _findings.Add(rule, token.Start.Line, token.Start.Column, $"too few spaces {where}");
    }

    private void CheckComment(Comment comment)
    {
        int at = (int)comment.Start.Index;
        int spaces = 0;
        while (spaces < at && _text[at - spaces - 1] is ' ' or '\t')
            spaces++;
        bool isInline = spaces < at && _text[at - spaces - 1] != '\n';
        if (isInline && spaces < Settings.BeforeComment)
            _findings.Add(StyleRules.Comments, comment.Start.Line, comment.Start.Column, "too few spaces before comment");
        if (!Settings.CommentsBeginWithSpace)
            return;
        string text = comment.Value.TrimStart('#');
        bool isShebang = at == 0 && text.StartsWith('!');
        if (text.Length > 0 && text[0] != ' ' && !isShebang)
        {
            _findings.Add(
                StyleRules.Comments, comment.Start.Line, comment.Start.Column + 1 + comment.Value.Length - text.Length,
                "missing starting space in comment");
        }
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
                    _findings.Add(StyleRules.KeyDuplicates, key.Start.Line, key.Start.Column,
                        $"duplication of key \"{key.Value}\" in mapping");
                break;
        }
    }

    /// <summary>Where a token ends without the spaces that the scanner may have read behind it.</summary>
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
