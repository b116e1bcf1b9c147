namespace Devicetree.Source.Preprocessing;

/// <summary>Tokens that are read before the file goes on: the body of a macro, an argument, a pasted token.</summary>
internal struct ExpansionContext
{
    public PpToken[] Tokens;
    public int At;
    public int End;

    /// <summary>The macro that is not expanded while these are read; 0 when there is none.</summary>
    public int Macro;

    /// <summary>Whether the tokens are a body as it stands, so that all of them came from <see cref="Call"/>.</summary>
    public bool IsBody;

    /// <summary>Of a body, arguments put into it included, the complement of the call; 0 for other tokens.</summary>
    public int Call;

    /// <summary>Whether it belongs to the context before: a pasted token, or a padding put back.</summary>
    public bool IsPart;
}

/// <summary>
/// Gives the tokens of a source with macros expanded, and between them paddings, which say where tokens came from elsewhere than
/// their neighbours. Which paddings there are is what GCC's cpp has, because its white space follows from them.
/// </summary>
internal sealed class MacroExpander
{
    private readonly PreprocessorState _state;
    private readonly ArgumentReader _arguments;
    private readonly BodyWriter _bodies;
    private readonly TokenMaker _maker;
    private ExpansionContext[] _contexts = new ExpansionContext[32];
    private int _depth;
    private int _unexpanded;
    private int _nesting;
    private long _tokens;
    private FileFrame? _directiveFile;
    private int _directiveAt;
    private int _directiveEnd;
    private int _outerUnexpanded;
    private int _outerCall;

    public MacroExpander(PreprocessorState state)
    {
        _state = state;
        _maker = new TokenMaker(state);
        _arguments = new ArgumentReader(state, this);
        _bodies = new BodyWriter(this, _maker);
    }

    /// <summary>Whether the tokens of a directive are read: there is no white space to get right then.</summary>
    public bool InDirective => _directiveFile is not null;

    /// <summary>Holds arguments and bodies while a call at the top is expanded.</summary>
    public TokenArena Arena { get; } = new();

    /// <summary>One more than the number of the outermost call that is being expanded.</summary>
    public int OutermostCall { get; private set; }

    public void Begin()
    {
        (_depth, _unexpanded, _nesting, _tokens, _directiveFile) = (0, 0, 0, 0, null);
        Arena.Clear();
        _maker.Begin();
    }

    /// <summary>
    /// Expands a name that stands in the text of a file, and writes what it becomes; false when it is not to be expanded.
    /// </summary>
    public bool WriteExpansion(MacroDefinition macro, in PpToken name)
    {
        Arena.Clear();
        OutermostCall = 0;
        if (!TryEnter(macro, name))
            return false;
        OutputText output = _state.Output;
        output.Print(PpToken.PaddingFor(name), 0);
        while (_depth > 0 && !_state.IsStopped)
        {
            Next(out PpToken token);
            output.Print(token, OutermostCall);
        }
        _state.CheckOutput(_state.Origins.SpanOf(name));
        return true;
    }

    /// <summary>From now on reads what stands in a directive, which may itself stand among the arguments of a call.</summary>
    public void BeginDirective(FileFrame file, int start, int end)
    {
        (_directiveFile, _directiveAt, _directiveEnd) = (file, start, end);
        (_outerUnexpanded, _unexpanded) = (_unexpanded, 0);
        _outerCall = OutermostCall;
    }

    public void EndDirective()
    {
        while (_depth > 0)
            Pop();
        _directiveFile = null;
        _unexpanded = _outerUnexpanded;
        OutermostCall = _outerCall;
        if (_unexpanded == 0)
            Arena.Clear();
    }

    /// <summary>Reads the next token without expanding it.</summary>
    public void NextUnexpanded(out PpToken token)
    {
        _unexpanded++;
        Next(out token);
        _unexpanded--;
    }

    /// <summary>Reads the next token. An <see cref="PpKind.End"/> comes again and again.</summary>
    public void Next(out PpToken token)
    {
        while (true)
        {
            if (_state.IsStopped && _directiveFile is not null)
            {
                // Else all that is left would still be expanded before the end of the directive is seen.
                token = EndOf(_directiveFile);
                return;
            }
            if (_depth == 0)
            {
                ReadFile(out token);
            }
            else if (!TryReadContext(out token))
            {
                if (InDirective)
                    continue;
                return;
            }
            if (token.Kind != PpKind.Name || token.Has(PpFlags.Painted) || _state.Macros[token.Id] is not MacroDefinition macro)
                return;
            if (_state.Macros.IsActive(token.Id))
            {
                token.Flags |= PpFlags.Painted;
                return;
            }
            if (_unexpanded > 0 || !TryEnter(macro, token))
                return;
            if (InDirective)
                continue;
            token = PpToken.PaddingFor(token);
            return;
        }
    }

    private void Push(in ExpansionContext context)
    {
        if (_depth == _contexts.Length)
            Array.Resize(ref _contexts, _depth * 2);
        _contexts[_depth++] = context;
        if (context.Macro != 0)
            _state.Macros.Enter(context.Macro);
    }

    /// <summary>Reads one token before anything else, in the place of one that was read.</summary>
    private void PushPart(in PpToken token) => Push(new() { Tokens = [token], End = 1, IsPart = true });

    /// <summary>
    /// Notes a call. Where its name was read together with the body of a macro, an argument put into it included, it counts as
    /// written where that one was called; in an argument that is expanded before it gets there it counts as written where it is.
    /// </summary>
    private int AddCall(MacroDefinition macro, in PpToken name)
    {
        int outer = _depth - 1;
        while (outer >= 0 && _contexts[outer].IsPart)
            outer--;
        int call = _state.Origins.AddCall(macro, name.Place, name.At, outer < 0 ? 0 : _contexts[outer].Call);
        if (OutermostCall == 0)
            OutermostCall = call + 1;
        return call;
    }

    /// <summary>
    /// Expands the tokens of an argument, which an <see cref="PpKind.End"/> follows; the result is appended to the arena.
    /// </summary>
    public (int Start, int Count) Expand(int start, int count)
    {
        if (_nesting >= _state.Options.MaxNesting)
        {
            _state.Stop(PreprocessorRules.TooDeep, _state.Origins.SpanOf(Arena[start]), "macro calls", _state.Options.MaxNesting);
            return (start, 0);
        }
        int outer = _depth;
        Refilled<PpToken> expanded = Arena.RentList();
        Push(new() { Tokens = Arena.Tokens, At = start, End = start + count + 1 });
        _nesting++;
        while (!_state.IsStopped)
        {
            Next(out PpToken token);
            if (token.Kind == PpKind.End)
                break;
            expanded.Add(token);
            Count(1);
        }
        _nesting--;
        while (_depth > outer)
            Pop();
        (int Start, int Count) result = (Arena.Add(expanded.AsSpan()), expanded.Count);
        Arena.ReturnList(expanded);
        return result;
    }

    /// <summary>
    /// Takes the parenthesis that opens the arguments of a call. When something else comes next nothing is taken but paddings, of
    /// which the one that counts is put back.
    /// </summary>
    private bool TryTakeOpenParenthesis()
    {
        PpToken padding = default;
        while (_depth > 0)
        {
            ref ExpansionContext context = ref _contexts[_depth - 1];
            if (context.At == context.End)
            {
                Pop();
                if (!InDirective)
                    Merge(ref padding, PpToken.AvoidPaste);
                continue;
            }
            ref PpToken token = ref context.Tokens[context.At];
            if (token.Kind == PpKind.Padding)
            {
                context.At++;
                Merge(ref padding, token);
            }
            else if (token.Has(PpFlags.PasteNext))
            {
                // What is pasted may turn out to be a parenthesis, or nothing that could be taken back.
                TryReadContext(out PpToken pasted);
                if (!InDirective)
                    Merge(ref padding, pasted);
            }
            else if (token.Kind == PpKind.OpenParenthesis)
            {
                context.At++;
                return true;
            }
            else
            {
                PutBack(padding);
                return false;
            }
        }
        if (_directiveFile is not null ? TakeOpenParenthesisOfDirective() : _state.Runner.TryTakeOpenParenthesis())
            return true;
        PutBack(padding);
        return false;
    }

    private void PutBack(in PpToken padding)
    {
        if (padding.Kind == PpKind.Padding)
            PushPart(padding);
    }

    private static void Merge(ref PpToken padding, in PpToken next)
    {
        if (padding.Kind == PpKind.None || padding.Has(PpFlags.NoSource)
            || (!padding.Has(PpFlags.White) && next.Has(PpFlags.NoSource)))
            padding = next;
    }

    private bool TakeOpenParenthesisOfDirective()
    {
        int at = _directiveAt;
        if (!TokenScanner.TryRead(_directiveFile!.File.Normal, ref at, _directiveEnd, out PpToken token)
            || token.Kind != PpKind.OpenParenthesis)
            return false;
        _directiveAt = at;
        return true;
    }

    private void ReadFile(out PpToken token)
    {
        if (_directiveFile is null)
        {
            _state.Runner.ReadArgumentToken(out token);
            return;
        }
        if (!TokenScanner.TryRead(_directiveFile.File.Normal, ref _directiveAt, _directiveEnd, out token))
        {
            token = EndOf(_directiveFile);
            return;
        }
        token.Place = _directiveFile.Inclusion;
        if (token.Kind == PpKind.Name)
            token.Id = _state.Identifiers.Intern(token.Bytes);
    }

    private PpToken EndOf(FileFrame directiveFile)
    {
        PpToken end = PpToken.End;
        end.Place = directiveFile.Inclusion;
        end.At = _directiveEnd;
        return end;
    }

    /// <summary>Reads from the innermost context; false when that gave a padding instead of a token.</summary>
    private bool TryReadContext(out PpToken token)
    {
        ref ExpansionContext context = ref _contexts[_depth - 1];
        if (context.At == context.End)
        {
            Pop();
            token = PpToken.AvoidPaste;
            return false;
        }
        Take(ref context, out token);
        if (!token.Has(PpFlags.PasteNext))
            return true;
        PpToken first = token;
        PpToken next;
        do
        {
            Take(ref context, out next);
            if (next.Kind == PpKind.Padding)
                continue;
            if (!_maker.TryPaste(ref token, next))
            {
                context.At--;
                break;
            }
        }
        while (next.Has(PpFlags.PasteNext) && context.At < context.End);
        token.Flags &= ~PpFlags.PasteNext;
        PushPart(token);
        Count(1);
        token = PpToken.PaddingFor(first);
        return false;
    }

    private static void Take(ref ExpansionContext context, out PpToken token)
    {
        token = context.Tokens[context.At];
        if (token.Kind == PpKind.End)
            return;
        context.At++;
        if (!context.IsBody)
            return;
        token.Place = context.Call;
        token.At = token.Start;
    }

    private void Pop()
    {
        ref ExpansionContext context = ref _contexts[--_depth];
        if (context.Macro != 0)
            _state.Macros.Leave(context.Macro);
        context = default;
    }

    /// <summary>Goes into the expansion of a name; false when it is not to be expanded.</summary>
    private bool TryEnter(MacroDefinition macro, in PpToken name)
    {
        if (macro.BuiltIn is BuiltInMacro.HasInclude or BuiltInMacro.HasIncludeNext)
        {
            // Conditions read these as they stand; nothing else may have them.
            if (!InDirective)
                _state.Report(PreprocessorRules.HasIncludeOutside, name, _state.NameOf(macro));
            return false;
        }
        if (macro.BuiltIn != BuiltInMacro.None)
        {
            Count(1);
            int made = AddCall(macro, name);
            PushPart(_maker.BuiltIn(macro, made));
            return true;
        }
        MacroBody body = macro.Body(_state.Identifiers);
        CallArguments? arguments = null;
        if (macro.IsFunctionLike)
        {
            _unexpanded++;
            if (TryTakeOpenParenthesis())
                arguments = _arguments.Read(macro, name);
            _unexpanded--;
            if (arguments is null)
                return false;
        }
        int call = AddCall(macro, name);
        if (arguments is not null && macro.Parameters!.Length > 0)
        {
            (int Start, int Count) result = _bodies.Write(macro, body, arguments, ~call);
            Count(result.Count + 1);
            Push(new()
            {
                Tokens = Arena.Tokens,
                At = result.Start,
                End = result.Start + result.Count,
                Macro = macro.Id,
                Call =
                ~call
            });
        }
        else
        {
            Count(body.Tokens.Length + 1);
            Push(new() { Tokens = body.Tokens, End = body.Tokens.Length, Macro = macro.Id, Call = ~call, IsBody = true });
        }
        if (arguments is not null)
            _arguments.Return(arguments);
        return true;
    }

    /// <summary>Counts tokens that were read as arguments or put in: what they may be in all is bounded.</summary>
    public void Count(int tokens)
    {
        _tokens += tokens;
        if (_tokens > _state.Options.MaxExpandedTokens && !_state.IsStopped)
            _state.Stop(PreprocessorRules.ExpansionTooLarge, _state.Runner.Here, _state.Options.MaxExpandedTokens);
    }
}
