using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>Goes through the steps of files: copies text, has names in it expanded, and hands directives on.</summary>
internal sealed class StepRunner(PreprocessorState state)
{
    private readonly DirectiveRunner _directives = new(state);

    /// <summary>
    /// Set when a macro call ended on a later line than it began: then lines of output and source are not the same.
    /// </summary>
    private bool _outOfStep;

    /// <summary>The place that is being read.</summary>
    public SourceSpan Here
    {
        get
        {
            if (state.Files.IsEmpty)
                return default;
            FileFrame file = state.Files.Top;
            return file.IsAtEnd ? file.Span(file.File.Normal.Length, file.File.Normal.Length)
                : file.Offset >= 0 ? file.Span(file.Offset, file.Offset) : file.Span(file.Current.Start, file.Current.Start);
        }
    }

    /// <summary>Reads the file on top of the stack, and all that it includes, to its end.</summary>
    public void Run()
    {
        _outOfStep = false;
        while (!state.Files.IsEmpty && !state.IsStopped)
        {
            FileFrame file = state.Files.Top;
            if (file.IsAtEnd)
                Leave();
            else if (file.Current.Kind == StepKind.Text)
                ReadText(file);
            else
                _directives.Run(file);
        }
    }

    /// <summary>
    /// Takes the parenthesis that opens the arguments of a call when it comes next in the file, on whatever line.
    /// </summary>
    public bool TryTakeOpenParenthesis()
    {
        FileFrame file = state.Files.Top;
        if (!FindOpenParenthesis(file, out int step, out int offset))
            return false;
        _outOfStep |= step != file.Step || file.File.Normal.AsSpan(file.Offset, offset - file.Offset).Contains((byte)'\n');
        if (step != file.Step)
            file.GoTo(step);
        file.Offset = offset + 1;
        return true;
    }

    /// <summary>Reads a token of the arguments of a call. Directives between them are carried out.</summary>
    public void ReadArgumentToken(out PpToken token)
    {
        while (true)
        {
            FileFrame file = state.Files.Top;
            if (file.IsAtEnd || state.IsStopped)
            {
                token = PpToken.End;
                token.Place = file.Inclusion;
                token.At = file.File.Normal.Length;
                return;
            }
            if (file.Current.Kind != StepKind.Text)
            {
                _directives.Run(file);
                continue;
            }
            ref readonly Step step = ref file.Current;
            bool lineStart = file.Offset < 0;
            int at = lineStart ? step.Start : file.Offset;
            int blanks = file.File.Normal.AsSpan(at, step.End - at).IndexOfAnyExcept((byte)' ', (byte)'\n');
            if (blanks < 0)
            {
                file.GoTo(file.Step + 1);
                continue;
            }
            lineStart |= file.File.Normal.AsSpan(at, blanks).Contains((byte)'\n');
            TokenScanner.TryRead(file.File.Normal, ref at, step.End, out token);
            file.Offset = at;
            token.Place = file.Inclusion;
            if (lineStart)
            {
                token.Flags |= PpFlags.White | PpFlags.LineStart;
                _outOfStep = true;
            }
            if (token.Kind == PpKind.Name)
                token.Id = state.Identifiers.Intern(token.Bytes);
            return;
        }
    }

    private static bool FindOpenParenthesis(FileFrame file, out int step, out int offset)
    {
        offset = file.Offset;
        for (step = file.Step; step < file.File.Steps.Length; step++)
        {
            ref readonly Step piece = ref file.File.Steps[step];
            if (piece.Kind != StepKind.Text)
                return false;
            int at = step == file.Step && file.Offset >= 0 ? file.Offset : piece.Start;
            int blanks = file.File.Normal.AsSpan(at, piece.End - at).IndexOfAnyExcept((byte)' ', (byte)'\n');
            if (blanks < 0)
                continue;
            offset = at + blanks;
            return file.File.Normal[offset] == '(';
        }
        return false;
    }

    private void Leave()
    {
        state.Files.Leave();
        if (state.Files.IsEmpty)
            return;
        FileFrame outer = state.Files.Top;
        state.Output.Marker(outer.File.Steps[outer.Step - 1].Finish + 1 + outer.LineShift, outer.Path, " 2");
    }

    private void ReadText(FileFrame file)
    {
        ref readonly Step step = ref file.Current;
        if (file.Offset < 0)
        {
            state.Output.StartLine(step.Line + file.LineShift, file.Path);
            file.Offset = step.Start;
            file.Name = step.Id;
            _outOfStep = false;
        }
        else if (file.Name < step.Id)
        {
            file.Name = step.Id;
        }
        NameInText[] names = file.File.Names;
        MacroTable macros = state.Macros;
        int index = file.Step;
        while (file.Name < step.Next)
        {
            NameInText name = names[file.Name++];
            if (macros[name.Id] is not MacroDefinition macro || name.At < file.Offset)
                continue;
            Expand(file, step, name, macro);
            if (file.Step != index || state.Files.Top != file || state.IsStopped)
                return;
        }
        Copy(file, step, step.End);
        if (!_outOfStep)
            state.Output.SkipTo(step.Finish + file.LineShift);
        if (step.Flags.HasFlag(StepFlags.Marker))
            Mark(file, step);
        state.CheckOutput(Here);
        file.GoTo(file.Step + 1);
    }

    private void Expand(FileFrame file, in Step step, in NameInText name, MacroDefinition macro)
    {
        byte[] normal = file.File.Normal;
        int end = name.At + state.Identifiers[name.Id].Length;
        MacroBody? body = macro.BuiltIn == BuiltInMacro.None ? macro.Body(state.Identifiers) : null;
        bool isFlat = body is { IsFlat: true } && !state.Macros.Any(body.Names);
        if (!isFlat && macro.IsFunctionLike)
        {
            int before = file.Offset;
            file.Offset = end;
            bool isCall = FindOpenParenthesis(file, out _, out _);
            file.Offset = before;
            if (!isCall)
                return;
        }
        bool white = name.At > step.Start && normal[name.At - 1] == ' ';
        if (Copy(file, step, white ? name.At - 1 : name.At))
            state.Output.Follow(name.Before);
        var token = new PpToken
        {
            Kind = PpKind.Name,
            Buffer = normal,
            Start = name.At,
            Length = end - name.At,
            Id = name.Id,
            Place = file.Inclusion,
            At = name.At,
            Flags = white ? PpFlags.White : PpFlags.None,
        };
        if (!isFlat && !_outOfStep)
            state.Output.SkipTo(file.LineAt(name.At) + file.LineShift);
        file.Offset = end;
        if (isFlat)
            WriteFlat(macro, body!, token);
        else
            state.Expander.WriteExpansion(macro, token);
    }

    /// <summary>Writes a body that is its own expansion.</summary>
    private void WriteFlat(MacroDefinition macro, MacroBody body, in PpToken name)
    {
        OutputText output = state.Output;
        int call = state.Origins.AddCall(macro, name.Place, name.At, 0);
        output.Print(PpToken.PaddingFor(name), 0);
        PpToken first = body.Tokens[0];
        if (output.NeedsBlank(first.Kind, first.Bytes, false))
            output.Put((byte)' ');
        state.Origins.AddSegment(output.Length, ~call, macro.BodyStart);
        output.Put(first.Buffer.AsSpan(macro.BodyStart, macro.End - macro.BodyStart));
        output.Printed(body.Tokens[^1].Kind);
        output.MayFuse = true;
    }

    /// <summary>Copies text up to an offset. Gives whether there was any.</summary>
    private bool Copy(FileFrame file, in Step step, int to)
    {
        int from = file.Offset;
        if (from >= to)
            return false;
        byte[] normal = file.File.Normal;
        bool lineStart = from == step.Start;
        if (_outOfStep && normal.AsSpan(from, to - from).IndexOf((byte)'\n') is int newline and >= 0)
        {
            newline += from;
            if (newline > from)
                CopyPiece(file, step, from, newline, lineStart);
            int next = normal.AsSpan(newline, to - newline).IndexOfAnyExcept((byte)'\n');
            from = next < 0 ? to : newline + next;
            state.Output.StartLine(file.LineAt(from) + file.LineShift, file.Path);
            _outOfStep = false;
            lineStart = true;
        }
        if (from < to)
            CopyPiece(file, step, from, to, lineStart);
        file.Offset = to;
        return true;
    }

    private void CopyPiece(FileFrame file, in Step step, int from, int to, bool lineStart)
    {
        byte[] normal = file.File.Normal;
        OutputText output = state.Output;
        if (output.MayFuse)
        {
            int blanks = normal.AsSpan(from, to - from).IndexOfAnyExcept((byte)' ', (byte)'\n');
            int token = blanks < 0 ? to : from + blanks;
            lineStart |= normal.AsSpan(from, token - from).Contains((byte)'\n');
            int end = token;
            PpKind kind = token < to ? TokenScanner.ReadKind(normal.AsSpan(0, step.End), ref end) : PpKind.None;
            if (lineStart)
            {
                // The spaces of a line's first token are there already; only a # that stands alone would look like a directive.
                output.StartTokens();
                CopyRaw(file, from, token);
                if (kind == PpKind.Hash && (token == 0 || normal[token - 1] != ' '))
                    output.Put((byte)' ');
            }
            else if (token < to && output.NeedsBlank(kind, normal.AsSpan(token, end - token), token > from))
            {
                output.Put((byte)' ');
            }
            if (token < to)
                output.Printed(kind);
            from = token;
        }
        CopyRaw(file, from, to);
    }

    private void CopyRaw(FileFrame file, int from, int to)
    {
        if (from >= to)
            return;
        state.Origins.AddSegment(state.Output.Length, file.Inclusion, from);
        state.Output.Put(file.File.Normal.AsSpan(from, to - from));
    }

    /// <summary>A line marker in the source is text to cpp, but it does say where the next lines came from.</summary>
    private static void Mark(FileFrame file, in Step step)
    {
        ReadOnlySpan<byte> text = file.File.Normal.AsSpan(step.Start, step.End - step.Start);
        if (LineMarker.TryParse(text, out LineMarker marker))
            file.Mark(step, marker.Line, QuotedText.Decode(text[marker.NameStart..marker.NameEnd]));
    }
}
