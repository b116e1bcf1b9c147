namespace Devicetree.Source.Preprocessing;

/// <summary>The tokens of a macro.</summary>
internal sealed class MacroBody
{
    private MacroBody(PpToken[] tokens) => Tokens = tokens;

    /// <summary>The tokens. A <c>#</c> or <c>##</c> that does something is a flag of its neighbour.</summary>
    public PpToken[] Tokens { get; }

    /// <summary>
    /// Whether it is nothing but tokens to be copied, at least one, as long as none of <see cref="Names"/> is a macro: then its
    /// text is that between <see cref="MacroDefinition.BodyStart"/> and <see cref="MacroDefinition.End"/>.
    /// </summary>
    public bool IsFlat { get; private init; }

    /// <summary>The names among the tokens of a flat body.</summary>
    public int[] Names { get; private init; } = [];

    /// <summary>Reads the body of a macro.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="text">The text that it stands in.</param>
    /// <param name="identifiers">The numbers of names.</param>
    /// <param name="problem">What is wrong with it; null when it is good.</param>
    public static MacroBody Read(MacroDefinition macro, byte[] text, IdentifierTable identifiers, out DirectiveProblem? problem)
    {
        var tokens = new List<PpToken>();
        problem = null;
        int at = macro.BodyStart;
        bool pasting = false;
        int optional = macro.IsVariadic ? identifiers.Intern("__VA_OPT__"u8) : 0;
        int optionalStart = -1, depth = 0;
        while (TokenScanner.TryRead(text, ref at, macro.End, out PpToken token))
        {
            if (token.Kind == PpKind.HashHash)
            {
                if (tokens.Count == 0 || tokens[^1].Kind == PpKind.OptionalStart)
                    problem ??= PasteProblem(token);
                else
                    tokens[^1] = tokens[^1] with { Flags = tokens[^1].Flags | PpFlags.PasteNext };
                pasting = true;
                continue;
            }
            if (token.Kind == PpKind.Name)
                NameOrParameter(macro, identifiers, ref token);
            if (optionalStart >= 0 && token.Kind == PpKind.CloseParenthesis && --depth == 0)
            {
                if (pasting)
                    problem ??= PasteProblem(token);
                token.Kind = PpKind.OptionalEnd;
                tokens[optionalStart] = tokens[optionalStart] with { Id = tokens.Count - optionalStart - 1 };
                optionalStart = -1;
            }
            else if (optionalStart >= 0 && token.Kind == PpKind.OpenParenthesis)
            {
                depth++;
            }
            else if (optional != 0 && token.Kind == PpKind.Name && token.Id == optional)
            {
                if (optionalStart >= 0 || !TokenScanner.TryRead(text, ref at, macro.End, out PpToken open)
                    || open.Kind != PpKind.OpenParenthesis)
                {
                    problem ??= new(PreprocessorRules.BadOptional, token.Start, token.Start + token.Length, "");
                    continue;
                }
                token.Kind = PpKind.OptionalStart;
                optionalStart = tokens.Count;
                depth = 1;
            }
            pasting = false;
            Add(tokens, macro, token);
        }
        if (pasting)
            problem ??= PasteProblem(tokens.Count > 0 ? tokens[^1] : default);
        if (optionalStart >= 0)
            problem ??= new(PreprocessorRules.BadOptional, tokens[optionalStart].Start, macro.End, "");
        if (tokens.Count > 0)
            tokens[0] = tokens[0] with { Flags = tokens[0].Flags & ~PpFlags.White };
        return Make([.. tokens], macro);
    }

    /// <summary>Says which array holds the bytes of the tokens.</summary>
    public void Attach(byte[] text)
    {
        foreach (ref PpToken token in Tokens.AsSpan())
            token.Buffer = text;
    }

    private static MacroBody Make(PpToken[] tokens, MacroDefinition macro)
    {
        bool isFlat = !macro.IsFunctionLike && tokens.Length > 0
            && CanTouch(tokens[0].Kind) && CanTouch(tokens[^1].Kind)
            && !Array.Exists(tokens, token => token.Has(PpFlags.PasteNext));
        return new(tokens)
        {
            IsFlat = isFlat,
            Names = isFlat ? [.. tokens.Where(token => token.Kind == PpKind.Name).Select(token => token.Id)] : [],
        };
    }

    /// <summary>Tokens for which it is quickly said whether they may touch what stands beside the macro.</summary>
    private static bool CanTouch(PpKind kind) =>
        kind is PpKind.Number or PpKind.Name or PpKind.OpenParenthesis or PpKind.CloseParenthesis or PpKind.Bracket
        or PpKind.String;

    private static void NameOrParameter(MacroDefinition macro, IdentifierTable identifiers, ref PpToken token)
    {
        token.Id = identifiers.Intern(token.Bytes);
        int parameter = macro.IsFunctionLike ? Array.IndexOf(macro.Parameters!, token.Id) : -1;
        if (parameter < 0)
            return;
        token.Kind = PpKind.Parameter;
        token.Id = parameter;
    }

    /// <summary>
    /// Adds a token. A parameter after a <c>#</c> takes its place; before anything else a <c>#</c> is only a <c>#</c> in
    /// assembler mode.
    /// </summary>
    private static void Add(List<PpToken> tokens, MacroDefinition macro, PpToken token)
    {
        if (!macro.IsFunctionLike || token.Kind != PpKind.Parameter || tokens.Count == 0 || tokens[^1].Kind != PpKind.Hash
            || tokens[^1].Has(PpFlags.PasteNext))
        {
            tokens.Add(token);
            return;
        }
        token.Flags = PpFlags.Stringize | (tokens[^1].Flags & PpFlags.White);
        tokens[^1] = token;
    }

    private static DirectiveProblem PasteProblem(in PpToken token) =>
        new(PreprocessorRules.PasteAtEnd, token.Start, token.Start + token.Length, "");
}
