using System.Diagnostics.CodeAnalysis;

namespace Devicetree.Schema.Patterns;

/// <summary>
/// Parses the part of Python's regular expressions that bindings use: characters, classes, groups, alternatives, counts,
/// <c>^</c> and <c>$</c>, and conditions on what lies ahead or behind. Lazy counts are read like greedy ones, since only whether
/// there is a match matters. Anything else (back references, flags, named classes) is left to <see cref="RegexFallback"/>.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>Groups deeper than this are left to the fallback, which has a limit of its own.</summary>
    private const int MaxDepth = 64;

    /// <summary>A count above this would make an automaton too large to be worth it.</summary>
    private const int MaxCount = 1000;

    private readonly string _text;
    private int _at;
    private int _depth;

    private PatternParser(string text) => _text = text;

    /// <summary>Parses a pattern; false when it holds something that is not supported or is malformed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PatternNode? node)
    {
        var parser = new PatternParser(text);
        return parser.TryChoice(out node) && parser._at == text.Length;
    }

    private bool TryChoice([NotNullWhen(true)] out PatternNode? node)
    {
        node = null;
        if (++_depth > MaxDepth)
            return false;
        var options = new List<PatternNode>();
        do
        {
            if (!TrySequence(out PatternNode? option))
                return false;
            options.Add(option);
        }
        while (TryTake('|'));
        _depth--;
        node = options.Count == 1 ? options[0] : new ChoiceNode(options);
        return true;
    }

    private bool TrySequence([NotNullWhen(true)] out PatternNode? node)
    {
        node = null;
        var parts = new List<PatternNode>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            if (!TryAtom(out PatternNode? atom) || !TryCount(ref atom))
                return false;
            parts.Add(atom);
        }
        node = parts.Count == 1 ? parts[0] : new SequenceNode(parts);
        return true;
    }

    private bool TryAtom([NotNullWhen(true)] out PatternNode? node)
    {
        node = null;
        char c = _text[_at++];
        switch (c)
        {
            case '^':
                node = new StartNode();
                return true;
            case '$':
                node = new EndNode();
                return true;
            case '.':
                node = new SetNode(CharSet.AllButNewline);
                return true;
            case '(':
                return TryGroup(out node);
            case '[':
                return TryClass(out node);
            case '\\':
                if (!TryEscape(out char escaped))
                    return false;
                node = new SetNode(CharSet.Of(escaped));
                return true;
            case '*' or '+' or '?':
                return false;
            default:
                node = new SetNode(CharSet.Of(c));
                return true;
        }
    }

    private bool TryGroup([NotNullWhen(true)] out PatternNode? node)
    {
        node = null;
        if (!TryTake('?') || TryTake(':'))
            return TryChoice(out node) && TryTake(')');

        bool isBehind = TryTake('<');
        bool isNegated = TryTake('!');
        if (!isNegated && !TryTake('=') || !TryChoice(out PatternNode? part) || !TryTake(')'))
            return false;
        node = new LookNode(part, isBehind, isNegated);
        return true;
    }

    private bool TryClass([NotNullWhen(true)] out PatternNode? node)
    {
        node = null;
        bool negated = TryTake('^');
        var ranges = new List<(char, char)>();
        bool first = true;
        while (_at < _text.Length && (first || _text[_at] != ']'))
        {
            first = false;
            if (!TryClassCharacter(out char low))
                return false;
            char high = low;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                if (!TryClassCharacter(out high) || high < low)
                    return false;
            }
            ranges.Add((low, high));
        }
        node = new SetNode(new CharSet(ranges, negated));
        return TryTake(']');
    }

    private bool TryClassCharacter(out char c)
    {
        c = _text[_at++];
        return c != '\\' || TryEscape(out c);
    }

    private bool TryEscape(out char c)
    {
        c = default;
        if (_at == _text.Length)
            return false;
        c = _text[_at++];
        if (!char.IsAsciiLetterOrDigit(c))
            return true;
        c = c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            _ => default,
        };
        return c != default;
    }

    /// <summary>Reads what follows an atom: <c>* + ? {n} {n,} {n,m} {,m}</c>, each perhaps with <c>?</c>.</summary>
    private bool TryCount(ref PatternNode atom)
    {
        if (_at == _text.Length)
            return true;
        (int Min, int? Max)? count = _text[_at] switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => null,
        };
        if (count is not null)
            _at++;
        else if (_text[_at] != '{' || !TryBraces(out count))
            return true;
        if (count is not { } range || range.Min > MaxCount || range.Max > MaxCount || range.Max < range.Min)
            return false;
        TryTake('?');
        atom = new RepeatNode(atom, range.Min, range.Max);
        // A second count after the first is an error in Python, and a possessive one (x*+) does not mean the same.
        return _at == _text.Length || _text[_at] is not ('*' or '+' or '?') && !(_text[_at] == '{' && TryBraces(out _));
    }

    /// <summary>A count in braces; what does not look like one is a literal brace.</summary>
    private bool TryBraces(out (int Min, int? Max)? count)
    {
        count = null;
        int at = _at + 1;
        int min = Number(ref at, out bool hasMin);
        int? max = min;
        bool comma = at < _text.Length && _text[at] == ',';
        if (comma)
        {
            at++;
            int upper = Number(ref at, out bool hasMax);
            max = hasMax ? upper : null;
            if (!hasMin && !hasMax)
                return false;
        }
        else if (!hasMin)
        {
            return false;
        }
        if (at == _text.Length || _text[at] != '}')
            return false;
        _at = at + 1;
        count = (min, max);
        return true;
    }

    private int Number(ref int at, out bool found)
    {
        int value = 0;
        int start = at;
        for (; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
            value = Math.Min(10 * value + (_text[at] - '0'), MaxCount + 1);
        found = at > start;
        return value;
    }

    private bool TryTake(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }
}
