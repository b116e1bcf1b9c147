using System.Buffers;
using YamlDotNet.Core;

namespace Devicetree.Text.Yaml;

/// <summary>
/// A place in a YAML text that moves on, with what the grammar says of single characters (YAML 1.1, as libyaml reads it).
/// </summary>
/// <param name="text">The text.</param>
internal sealed class YamlCursor(string text)
{
    /// <summary>Stands for the end of the text; the character itself is refused before.</summary>
    public const char End = '\0';

    private const char NextLine = '\u0085';
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    /// <summary>What may not stand in a YAML file (YAML 1.2, section 5.1).</summary>
    private static readonly SearchValues<char> _unprintable = SearchValues.Create([.. Controls(), '\uFFFE', '\uFFFF']);

    /// <summary>Where the first of them is; behind the text where there is none.</summary>
    private readonly int _unprintableAt = text.AsSpan().IndexOfAny(_unprintable) is int found and >= 0 ? found : text.Length;

    /// <summary>The index of the next character.</summary>
    public int Index { get; private set; }

    /// <summary>Its line, from 0.</summary>
    public int Line { get; private set; }

    /// <summary>Its column, from 0, in characters of which a pair of surrogates is one.</summary>
    public int Column { get; private set; }

    /// <summary>The place.</summary>
    public Mark Mark => new(Index, Line + 1, Column + 1);

    /// <summary>The next character.</summary>
    public char Current => Peek(0);

    /// <summary>Whether nothing follows.</summary>
    public bool IsAtEnd => Index >= text.Length;

    /// <summary>A space or a tab.</summary>
    public bool IsBlank => Current is ' ' or '\t';

    /// <summary>A line break.</summary>
    public bool IsBreak => IsBreakAt(0);

    /// <summary>A line break or the end.</summary>
    public bool IsBreakOrEnd => IsBreakOrEndAt(0);

    /// <summary>A space, a tab, a line break or the end.</summary>
    public bool IsBlankOrEnd => IsBlankOrEndAt(0);

    /// <summary>Whether a line begins with three hyphens or three dots here, and nothing clings to them.</summary>
    public bool IsAtDocumentIndicator => Column == 0 && (IsAt("---") || IsAt("...")) && IsBlankOrEndAt(3);

    /// <summary>A character that follows.</summary>
    public char Peek(int ahead) => Index + ahead < text.Length ? text[Index + ahead] : End;

    /// <summary>Whether a text follows.</summary>
    public bool IsAt(string word) => text.AsSpan(Index).StartsWith(word, StringComparison.Ordinal);

    /// <summary>Whether a character that follows is a space, a break or the end.</summary>
    public bool IsBlankOrEndAt(int ahead) => Peek(ahead) is ' ' or '\t' || IsBreakOrEndAt(ahead);

    /// <summary>The text from an index up to here.</summary>
    public string TextFrom(int start) => text[start..Index];

    /// <summary>Goes over a character that is no line break.</summary>
    public void Skip()
    {
        if (Index == _unprintableAt)
            throw YamlProblems.Found(YamlProblems.ControlCharacter, Mark);
        if (!char.IsLowSurrogate(text[Index]))
            Column++;
        Index++;
    }

    /// <summary>Goes over several of them.</summary>
    public void Skip(int count)
    {
        for (; count > 0; count--)
            Skip();
    }

    /// <summary>Goes over a line break.</summary>
    /// <returns>What it stands for in a value: a line feed, or one of Unicode's separators as it is.</returns>
    public string TakeBreak()
    {
        char first = Current;
        Index += first == '\r' && Peek(1) == '\n' ? 2 : 1;
        Column = 0;
        Line++;
        return first is LineSeparator or ParagraphSeparator ? first.ToString() : "\n";
    }

    /// <summary>Pretends that the text ends with a line break, so that what is open ends on a line of its own.</summary>
    public void EndLine()
    {
        if (Column == 0)
            return;
        Column = 0;
        Line++;
    }

    private static IEnumerable<char> Controls() =>
        Enumerable.Range(0, 0xA0).Select(static c => (char)c)
        .Where(static c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or NextLine));

    private bool IsBreakAt(int ahead) => Peek(ahead) is '\n' or '\r' or NextLine or LineSeparator or ParagraphSeparator;

    private bool IsBreakOrEndAt(int ahead) => Index + ahead >= text.Length || IsBreakAt(ahead);
}
