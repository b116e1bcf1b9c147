using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Text.Yaml;

/// <summary>
/// Makes the tokens of a YAML text as libyaml does, which the tools for bindings are built on: its grammar is that of YAML 1.1
/// with what has grown around it, and what it takes and refuses differs from YamlDotNet's scanner in many small things.
/// YamlDotNet's parser makes events of them.
/// </summary>
internal sealed class YamlScanner : IScanner
{
    /// <summary>How far from its ':' a key may begin.</summary>
    private const int LongestKey = 1024;

    private const int NoBlock = -1;

    private readonly YamlCursor _cursor;
    private readonly YamlScalarScanner _scalars;
    private readonly YamlTagScanner _tags;

    /// <summary>The tokens that are not taken yet. A key is put before what may be one when its ':' comes.</summary>
    private readonly LinkedList<Token> _tokens = new();

    /// <summary>The columns of the blocks around.</summary>
    private readonly Stack<int> _indents = new();

    /// <summary>For each level of brackets what may turn out to be a key.</summary>
    private readonly Stack<PossibleKey?> _keys = new();

    private readonly List<Comment> _comments = [];

    private readonly YamlKeyOrder _order = new();

    private int _indent = NoBlock;
    private int _flowLevel;
    private bool _mayBeKey = true;
    private bool _hasEnded;

    /// <summary>A scanner of a text.</summary>
    public YamlScanner(string text)
    {
        _cursor = new YamlCursor(text);
        _scalars = new YamlScalarScanner(_cursor);
        _tags = new YamlTagScanner(_cursor);
        _keys.Push(null);
        Add(new StreamStart(_cursor.Mark, _cursor.Mark));
    }

    /// <summary>Where it reads.</summary>
    public Mark CurrentPosition => _cursor.Mark;

    /// <summary>The current token.</summary>
    public Token? Current { get; private set; }

    /// <summary>The comments met so far.</summary>
    public IReadOnlyList<Comment> Comments => _comments;

    /// <inheritdoc/>
    public bool MoveNext() => MoveNextWithoutConsuming();

    /// <inheritdoc/>
    public bool MoveNextWithoutConsuming()
    {
        while (!_hasEnded && NeedsMore())
            Fetch();
        Current = _tokens.First?.Value;
        if (Current is null)
            return false;
        _tokens.RemoveFirst();
        _order.Check(Current);
        return true;
    }

    /// <inheritdoc/>
    public void ConsumeCurrent() => Current = null;

    /// <summary>Whether the next token is not known yet: there is none, or a key may still have to be put before it.</summary>
    private bool NeedsMore()
    {
        if (_tokens.Count == 0)
            return true;
        bool needsMore = false;
        foreach (PossibleKey? key in _keys)
            needsMore |= IsStillPossible(key) && key!.Before == _tokens.First;
        return needsMore;
    }

    private void Fetch()
    {
        SkipToToken();
        CheckKeys();
        Unroll(_cursor.Column);
        if (_cursor.IsAtEnd)
            FetchEnd();
        else if (_cursor.Column == 0 && _cursor.Current == '%')
            FetchDirective();
        else if (_cursor.IsAtDocumentIndicator)
            FetchDocumentIndicator();
        else if (!TryFetchSign())
            FetchScalar();
    }

    private bool TryFetchSign()
    {
        switch (_cursor.Current)
        {
            case '[':
                OpenFlow((start, end) => new FlowSequenceStart(start, end));
                return true;
            case '{':
                OpenFlow((start, end) => new FlowMappingStart(start, end));
                return true;
            case ']':
                CloseFlow((start, end) => new FlowSequenceEnd(start, end));
                return true;
            case '}':
                CloseFlow((start, end) => new FlowMappingEnd(start, end));
                return true;
            case ',':
                ForgetKey();
                _mayBeKey = true;
                AddSign((start, end) => new FlowEntry(start, end));
                return true;
            case '-' when _cursor.IsBlankOrEndAt(1):
                FetchBlockEntry();
                return true;
            case '?' when _flowLevel > 0 || _cursor.IsBlankOrEndAt(1):
                FetchKey();
                return true;
            case ':' when _flowLevel > 0 || _cursor.IsBlankOrEndAt(1):
                FetchValue();
                return true;
            default:
                return false;
        }
    }

    private void FetchScalar()
    {
        switch (_cursor.Current)
        {
            case '*' or '&':
                NoteKey();
                _mayBeKey = false;
                Add(_tags.AnchorOrAlias());
                break;
            case '!':
                NoteKey();
                _mayBeKey = false;
                Add(_tags.Tag(_flowLevel > 0));
                break;
            case '|' or '>' when _flowLevel == 0:
                ForgetKey();
                _mayBeKey = true;
                Add(_scalars.Block(_indent));
                break;
            case '\'' or '"':
                NoteKey();
                _mayBeKey = false;
                Add(_scalars.Quoted());
                break;
            case char first when IsStartOfPlain(first):
                NoteKey();
                _mayBeKey = false;
                Add(_scalars.Plain(_indent, _flowLevel > 0, out bool endsLine));
                _mayBeKey |= endsLine;
                break;
            default:
                throw YamlProblems.Found(YamlProblems.NoToken, _cursor.Mark);
        }
    }

    private bool IsStartOfPlain(char first) => first switch
    {
        '-' => _cursor.Peek(1) is not (' ' or '\t'),
        '?' or ':' => _flowLevel == 0 && !_cursor.IsBlankOrEndAt(1),
        ' ' or '\t' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@'
            or '`' => false,
        _ => true,
    };

    /// <summary>Goes over spaces, comments and line breaks. A tab where a key may begin is none of them.</summary>
    private void SkipToToken()
    {
        while (true)
        {
            if (_cursor.Column == 0 && _cursor.Current == '\uFEFF')
                _cursor.Skip();
            while (_cursor.Current == ' ' || _cursor.Current == '\t' && (_flowLevel > 0 || !_mayBeKey))
                _cursor.Skip();
            if (_cursor.Current == '#')
            {
                Mark start = _cursor.Mark;
                while (!_cursor.IsBreakOrEnd)
                    _cursor.Skip();
                _comments.Add(new Comment(_cursor.TextFrom((int)start.Index + 1), false, start, _cursor.Mark));
            }
            if (!_cursor.IsBreak)
                return;
            _cursor.TakeBreak();
            if (_flowLevel == 0)
                _mayBeKey = true;
        }
    }

    private void FetchEnd()
    {
        _cursor.EndLine();
        CheckKeys();
        EndBlocks();
        Add(new StreamEnd(_cursor.Mark, _cursor.Mark));
        _hasEnded = true;
    }

    private void FetchDirective()
    {
        EndBlocks();
        Add(_tags.Directive());
    }

    private void FetchDocumentIndicator()
    {
        EndBlocks();
        Mark start = _cursor.Mark;
        bool isStart = _cursor.Current == '-';
        _cursor.Skip(3);
        Add(isStart ? new DocumentStart(start, _cursor.Mark) : new DocumentEnd(start, _cursor.Mark));
    }

    private void OpenFlow(Func<Mark, Mark, Token> make)
    {
        NoteKey();
        _keys.Push(null);
        _flowLevel++;
        _mayBeKey = true;
        AddSign(make);
    }

    private void CloseFlow(Func<Mark, Mark, Token> make)
    {
        ForgetKey();
        if (_flowLevel > 0)
        {
            _flowLevel--;
            _keys.Pop();
        }
        _mayBeKey = false;
        AddSign(make);
    }

    private void FetchBlockEntry()
    {
        // Inside of brackets it is the parser that refuses it.
        if (_flowLevel == 0)
        {
            if (!_mayBeKey)
                throw YamlProblems.Found(YamlProblems.BlockEntry, _cursor.Mark);
            Roll(_cursor.Column, null, new BlockSequenceStart(_cursor.Mark, _cursor.Mark));
        }
        ForgetKey();
        _mayBeKey = true;
        AddSign((start, end) => new BlockEntry(start, end));
    }

    private void FetchKey()
    {
        if (_flowLevel == 0)
        {
            if (!_mayBeKey)
                throw YamlProblems.Found(YamlProblems.BlockKey, _cursor.Mark);
            Roll(_cursor.Column, null, new BlockMappingStart(_cursor.Mark, _cursor.Mark));
        }
        ForgetKey();
        _mayBeKey = _flowLevel == 0;
        AddSign((start, end) => new Key(start, end));
    }

    private void FetchValue()
    {
        PossibleKey? key = _keys.Peek();
        if (IsStillPossible(key))
        {
            LinkedListNode<Token> inserted = _tokens.AddBefore(key!.Before!, new Key(key.Mark, key.Mark));
            Roll((int)key.Mark.Column - 1, inserted, new BlockMappingStart(key.Mark, key.Mark));
            key.IsPossible = false;
            _mayBeKey = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                if (!_mayBeKey)
                    throw YamlProblems.Found(YamlProblems.BlockValue, _cursor.Mark);
                Roll(_cursor.Column, null, new BlockMappingStart(_cursor.Mark, _cursor.Mark));
            }
            _mayBeKey = _flowLevel == 0;
        }
        AddSign((start, end) => new Value(start, end));
    }

    /// <summary>Begins a block at a column, if it is further in than the one around.</summary>
    private void Roll(int column, LinkedListNode<Token>? before, Token start)
    {
        if (_flowLevel > 0 || _indent >= column)
            return;
        _indents.Push(_indent);
        _indent = column;
        if (before is null)
            Add(start);
        else
            _tokens.AddBefore(before, start);
    }

    /// <summary>Ends the blocks that are further in than a column.</summary>
    private void Unroll(int column)
    {
        while (_flowLevel == 0 && _indent > column)
        {
            Add(new BlockEnd(_cursor.Mark, _cursor.Mark));
            _indent = _indents.Pop();
        }
    }

    private void EndBlocks()
    {
        Unroll(NoBlock);
        ForgetKey();
        _mayBeKey = false;
    }

    /// <summary>Notes that the token that comes next may be a key.</summary>
    private void NoteKey()
    {
        bool isRequired = _flowLevel == 0 && _indent == _cursor.Column;
        if (!_mayBeKey)
            return;
        ForgetKey();
        _keys.Pop();
        _keys.Push(new PossibleKey(_cursor.Mark, isRequired));
    }

    private void ForgetKey()
    {
        if (_keys.Peek() is not { IsPossible: true } key)
            return;
        if (key.IsRequired)
            throw YamlProblems.Found(YamlProblems.NoColon, _cursor.Mark);
        key.IsPossible = false;
    }

    /// <summary>A key stands on one line with its ':', and not far from it.</summary>
    private bool IsStillPossible(PossibleKey? key)
    {
        if (key is not { IsPossible: true })
            return false;
        if (key.Mark.Line - 1 >= _cursor.Line && key.Mark.Index + LongestKey >= _cursor.Index)
            return true;
        if (key.IsRequired)
            throw YamlProblems.Found(YamlProblems.NoColon, _cursor.Mark);
        key.IsPossible = false;
        return false;
    }

    private void CheckKeys()
    {
        foreach (PossibleKey? key in _keys)
            IsStillPossible(key);
    }

    private void AddSign(Func<Mark, Mark, Token> make)
    {
        Mark start = _cursor.Mark;
        _cursor.Skip();
        Add(make(start, _cursor.Mark));
    }

    private void Add(Token token)
    {
        LinkedListNode<Token> node = _tokens.AddLast(token);
        if (_keys.Peek() is { IsPossible: true, Before: null } waiting && token.Start.Index == waiting.Mark.Index)
            waiting.Before = node;
        else if (token is FlowSequenceStart or FlowMappingStart
            && _keys.Skip(1).First() is { IsPossible: true, Before: null } opened)
            opened.Before = node;
    }

    /// <summary>A token that turns out to be a key when its ':' comes.</summary>
    private sealed class PossibleKey(Mark mark, bool isRequired)
    {
        public Mark Mark => mark;

        /// <summary>Whether it can be nothing else: it stands where the keys of its block stand.</summary>
        public bool IsRequired => isRequired;

        public bool IsPossible { get; set; } = true;

        /// <summary>The token.</summary>
        public LinkedListNode<Token>? Before { get; set; }
    }
}
