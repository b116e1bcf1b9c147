namespace Devicetree.Source.Preprocessing;

/// <summary>Puts the arguments of a call into the body of its macro.</summary>
internal sealed class BodyWriter(MacroExpander expander, TokenMaker maker)
{
    /// <summary>Writes the body to the arena and gives where it stands.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="body">Its body.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="place">Where tokens of the body come from: the complement of the call.</param>
    public (int Start, int Count) Write(MacroDefinition macro, MacroBody body, CallArguments arguments, int place)
    {
        TokenArena arena = expander.Arena;
        Refilled<PpToken> output = arena.RentList();
        PpToken[] tokens = body.Tokens;
        // Where the optional part begins that is being written: nothing sets its first token apart.
        int optionalStart = -1;
        for (int i = 0; i < tokens.Length; i++)
        {
            PpToken token = tokens[i];
            token.Place = place;
            token.At = token.Start;
            bool pastedBefore = i > 0 && tokens[i - 1].Has(PpFlags.PasteNext);
            switch (token.Kind)
            {
                case PpKind.OptionalStart:
                    if (i > 0 && !pastedBefore && output.Count != optionalStart)
                        AddPadding(output, PpToken.PaddingFor(token));
                    optionalStart = output.Count;
                    if (!HasVariadicTokens(macro, arguments))
                    {
                        ExpandUnused(arguments, tokens.AsSpan(i, token.Id + 1));
                        i += token.Id;
                    }
                    break;
                case PpKind.OptionalEnd:
                    EndOptional(output, optionalStart, token.Has(PpFlags.PasteNext));
                    optionalStart = -1;
                    break;
                case PpKind.Parameter:
                    AddArgument(output, macro, arguments, token, i > 0, pastedBefore, output.Count == optionalStart);
                    if (!token.Has(PpFlags.PasteNext) && output.Count != optionalStart)
                        AddPadding(output, PpToken.AvoidPaste);
                    break;
                default:
                    output.Add(token);
                    break;
            }
        }
        (int Start, int Count) result = (arena.Add(output.AsSpan()), output.Count);
        arena.ReturnList(output);
        return result;
    }

    private void AddArgument(
        Refilled<PpToken> output, MacroDefinition macro, CallArguments arguments, in PpToken parameter, bool hasBefore,
        bool pastedBefore,
        bool beginsOptional)
    {
        int index = parameter.Id;
        if (hasBefore && !pastedBefore && !beginsOptional)
            AddPadding(output, PpToken.PaddingFor(parameter));
        if (parameter.Has(PpFlags.Stringize))
        {
            (int start, int count) = arguments.Written[index];
            PpToken text = maker.Stringize(expander.Arena.Tokens.AsSpan(start, count), parameter);
            text.Flags |= parameter.Flags & PpFlags.PasteNext;
            output.Add(text);
            return;
        }
        bool asWritten = pastedBefore || parameter.Has(PpFlags.PasteNext);
        (int Start, int Count) argument = asWritten ? arguments.Written[index] : Expanded(arguments, index);
        if (pastedBefore && output.Count > 0)
        {
            ref PpToken last = ref output[output.Count - 1];
            if (last.Kind == PpKind.Comma && macro.IsVariadic && index == macro.Parameters!.Length - 1)
            {
                if (arguments.OmitsVariadic)
                    output.Truncate(output.Count - 1);
                else
                    SetPaste(ref last, parameter);
            }
            else if (argument.Count == 0 && !beginsOptional)
            {
                SetPaste(ref last, parameter);
            }
        }
        if (argument.Count == 0)
            return;
        foreach (ref readonly PpToken token in expander.Arena.Tokens.AsSpan(argument.Start, argument.Count))
            output.Add(token);
        if (parameter.Has(PpFlags.PasteNext))
            output[output.Count - 1].Flags |= PpFlags.PasteNext;
    }

    private void EndOptional(Refilled<PpToken> output, int start, bool pasteNext)
    {
        while (output.Count > start && output[output.Count - 1].Kind == PpKind.Padding)
            output.Truncate(output.Count - 1);
        bool isEmpty = output.Count == start;
        if (isEmpty && output.Count > 0)
            output[output.Count - 1].Flags &= ~PpFlags.PasteNext;
        if (!pasteNext)
            AddPadding(output, PpToken.AvoidPaste);
        else if (output.Count > 0 && output[output.Count - 1].Kind != PpKind.Padding)
            output[output.Count - 1].Flags |= PpFlags.PasteNext;
    }

    /// <summary>What an optional part that is left out would use is expanded all the same, which counters show.</summary>
    private void ExpandUnused(CallArguments arguments, ReadOnlySpan<PpToken> part)
    {
        for (int i = 1; i < part.Length; i++)
        {
            if (part[i].Kind == PpKind.Parameter && !part[i].Has(PpFlags.Stringize) && !part[i].Has(PpFlags.PasteNext)
                && !part[i - 1].Has(PpFlags.PasteNext))
                Expanded(arguments, part[i].Id);
        }
    }

    private bool HasVariadicTokens(MacroDefinition macro, CallArguments arguments)
    {
        (int start, int count) = Expanded(arguments, macro.Parameters!.Length - 1);
        foreach (ref readonly PpToken token in expander.Arena.Tokens.AsSpan(start, count))
        {
            if (token.Kind != PpKind.Padding)
                return true;
        }
        return false;
    }

    private (int Start, int Count) Expanded(CallArguments arguments, int index)
    {
        if (arguments.Expanded[index].Start < 0)
        {
            (int start, int count) = arguments.Written[index];
            arguments.Expanded[index] = count == 0 ? (start, 0) : expander.Expand(start, count);
        }
        return arguments.Expanded[index];
    }

    /// <summary>A token is pasted to the next one exactly when the parameter after it would have been.</summary>
    private static void SetPaste(ref PpToken token, in PpToken parameter) =>
        token.Flags = (token.Flags & ~PpFlags.PasteNext) | (parameter.Flags & PpFlags.PasteNext);

    private void AddPadding(Refilled<PpToken> output, in PpToken padding)
    {
        if (!expander.InDirective)
            output.Add(padding);
    }
}
