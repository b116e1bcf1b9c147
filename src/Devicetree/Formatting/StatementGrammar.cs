namespace Devicetree.Formatting;

/// <summary>
/// The shape of a statement before the preprocessor has run: labels, then a node, a property, a slash keyword, or macros that
/// stand for them. Wide enough for everything that macros make of sources, too narrow for C, JSON, YAML and prose.
/// </summary>
internal static class StatementGrammar
{
    /// <summary>Finds the first token that cannot stand where it stands.</summary>
    /// <param name="tokens">A statement with its ';', or the head of a node with its '{' (of an empty one with its '};'
    /// too).</param>
    /// <param name="text">The text of the tokens.</param>
    /// <returns>The token's index; their number where the statement lacks its end; null for a good one.</returns>
    public static int? FirstStray(ReadOnlySpan<FormatToken> tokens, ReadOnlySpan<byte> text)
    {
        int at = Skip(tokens, 0);
        while (at < tokens.Length)
        {
            FormatToken token = tokens[at];
            int next = Skip(tokens, at + 1);
            bool isLast = next >= tokens.Length;
            switch (token.Kind)
            {
                case FormatTokenKind.Word when !isLast && tokens[next].Is(':'):
                    at = Skip(tokens, next + 1);
                    continue;
                case FormatTokenKind.Keyword when text[token.Start..token.End].SequenceEqual("/include/"u8):
                    // It has no ';': what follows its file is the next statement.
                    if (isLast || tokens[next].Kind != FormatTokenKind.Literal)
                        return next;
                    at = Skip(tokens, next + 1);
                    continue;
                case FormatTokenKind.Keyword:
                    return tokens[^1].Is('}') || tokens[^1].Is('{') || Ends(tokens) ? null : tokens.Length;
                case FormatTokenKind.Symbol when token.Is('/'):
                    return !isLast && tokens[next].Is('{') ? null : next;
                case FormatTokenKind.Symbol when token.Is('&'):
                    return isLast || tokens[next].Kind != FormatTokenKind.Word ? next : AfterName(tokens, Skip(tokens, next + 1));
                case FormatTokenKind.Symbol when token.Is(';'):
                    return null;
                case FormatTokenKind.Word when !isLast && tokens[next].Is('('):
                    at = Skip(tokens, BehindArguments(tokens, next));
                    if (at < tokens.Length && tokens[at].Kind == FormatTokenKind.Symbol && !tokens[at].Is('&')
                        && !tokens[at].Is('/'))
                        return tokens[at].Is(':') ? FirstStrayBehind(tokens, text, at + 1) : AfterName(tokens, at);
                    continue;
                case FormatTokenKind.Word when isLast || tokens[next].Newlines > 0 && tokens[next].Kind != FormatTokenKind.Symbol:
                    // A macro without arguments; anything else would be two names side by side, or one without an end.
                    if (!IsMacroName(text[token.Start..token.End]))
                        return next;
                    at = next;
                    continue;
                case FormatTokenKind.Word:
                    return AfterName(tokens, next);
                default:
                    return at;
            }
        }
        return null;
    }

    private static int? FirstStrayBehind(ReadOnlySpan<FormatToken> tokens, ReadOnlySpan<byte> text, int start) =>
        FirstStray(tokens[start..], text) is int stray ? start + stray : null;

    /// <summary>What may follow the name of a node or a property.</summary>
    private static int? AfterName(ReadOnlySpan<FormatToken> tokens, int at)
    {
        if (at >= tokens.Length)
            return tokens.Length;
        if (tokens[at].Is('{') || tokens[at].Is(';'))
            return null;
        if (!tokens[at].Is('='))
            return at;
        for (at++; at < tokens.Length; at++)
        {
            if (tokens[at].Is('(') || tokens[at].Is('['))
                at = BehindArguments(tokens, at) - 1;
            else if (tokens[at].Is(';'))
                return null;
            else if (tokens[at].Is('{') || tokens[at].Is('}') || tokens[at].Is('='))
                return at;
        }
        return tokens.Length;
    }

    private static bool Ends(ReadOnlySpan<FormatToken> tokens)
    {
        int last = tokens.Length - 1;
        while (last > 0 && IsBetween(tokens[last]))
            last--;
        return tokens[last].Is(';');
    }

    /// <summary>The index behind the bracket that closes the one at an index.</summary>
    private static int BehindArguments(ReadOnlySpan<FormatToken> tokens, int at)
    {
        int depth = 0;
        for (; at < tokens.Length; at++)
        {
            if (tokens[at].Is('(') || tokens[at].Is('['))
                depth++;
            else if ((tokens[at].Is(')') || tokens[at].Is(']')) && --depth == 0)
                return at + 1;
        }
        return at;
    }

    /// <summary>Macros that stand for statements are written in capitals, in every tree at hand.</summary>
    private static bool IsMacroName(ReadOnlySpan<byte> word)
    {
        foreach (byte c in word)
        {
            if (!char.IsAsciiLetterUpper((char)c) && !char.IsAsciiDigit((char)c) && c != '_')
                return false;
        }
        return true;
    }

    private static int Skip(ReadOnlySpan<FormatToken> tokens, int at)
    {
        while (at < tokens.Length && IsBetween(tokens[at]))
            at++;
        return at;
    }

    private static bool IsBetween(FormatToken token) => token.IsComment || token.Kind == FormatTokenKind.Directive;
}
