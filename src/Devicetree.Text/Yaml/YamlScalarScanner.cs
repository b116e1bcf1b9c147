using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Text.Yaml;

/// <summary>Reads the scalars of a YAML text as libyaml does.</summary>
/// <param name="cursor">Where the text is read.</param>
internal sealed class YamlScalarScanner(YamlCursor cursor)
{
    private static readonly Dictionary<char, string> _escapes = new()
    {
        ['0'] = "\0",
        ['a'] = "\a",
        ['b'] = "\b",
        ['t'] = "\t",
        ['\t'] = "\t",
        ['n'] = "\n",
        ['v'] = "\v",
        ['f'] = "\f",
        ['r'] =
            "\r",
        ['e'] = "\e",
        [' '] = " ",
        ['"'] = "\"",
        ['/'] = "/",
        ['\\'] = "\\",
        ['N'] = "\u0085",
        ['_'] = "\u00A0",
        ['L'] =
            "\u2028",
        ['P'] = "\u2029",
    };

    /// <summary>Reads a scalar without quotes.</summary>
    /// <param name="indent">The indentation of the block that it is in.</param>
    /// <param name="isInFlow">Whether it is inside of brackets or braces.</param>
    /// <param name="endsLine">Whether a line break follows, so that a key may come next.</param>
    public Scalar Plain(int indent, bool isInFlow, out bool endsLine)
    {
        var value = new StringBuilder();
        var gap = new Gap();
        Mark start = cursor.Mark;
        Mark end = start;
        while (!cursor.IsAtDocumentIndicator && cursor.Current != '#')
        {
            while (!cursor.IsBlankOrEnd)
            {
                if (isInFlow && cursor.Current == ':' && cursor.Peek(1) is ',' or '?' or '[' or ']' or '{' or '}')
                    throw YamlProblems.Found(YamlProblems.ColonInFlow, cursor.Mark);
                if (cursor.Current == ':' && cursor.IsBlankOrEndAt(1) || isInFlow
                    && cursor.Current is ',' or '[' or ']' or '{' or '}')
                    break;
                gap.EndIn(value);
                value.Append(cursor.Current);
                cursor.Skip();
                end = cursor.Mark;
            }
            if (!cursor.IsBlank && !cursor.IsBreak)
                break;
            while (cursor.IsBlank || cursor.IsBreak)
            {
                if (gap.HasBreak && cursor.Column <= indent && cursor.Current == '\t')
                    throw YamlProblems.Found(YamlProblems.TabViolatesIndentation, cursor.Mark);
                gap.Take(cursor);
            }
            if (!isInFlow && cursor.Column <= indent)
                break;
        }
        endsLine = gap.HasBreak;
        return new Scalar(value.ToString(), ScalarStyle.Plain, start, end);
    }

    /// <summary>Reads a scalar in quotes.</summary>
    public Scalar Quoted()
    {
        Mark start = cursor.Mark;
        char quote = cursor.Current;
        bool isSingle = quote == '\'';
        var value = new StringBuilder();
        var gap = new Gap();
        cursor.Skip();
        while (true)
        {
            if (cursor.IsAtDocumentIndicator)
                throw YamlProblems.Found(YamlProblems.DocumentInQuotes, cursor.Mark);
            if (cursor.IsAtEnd)
                throw YamlProblems.Found(YamlProblems.EndInQuotes, cursor.Mark);
            bool isJoined = false;
            while (!cursor.IsBlankOrEnd)
            {
                gap.EndIn(value);
                if (isSingle && cursor.Current == quote && cursor.Peek(1) == quote)
                {
                    value.Append(quote);
                    cursor.Skip(2);
                }
                else if (cursor.Current == quote)
                {
                    break;
                }
                else if (isSingle || cursor.Current != '\\')
                {
                    value.Append(cursor.Current);
                    cursor.Skip();
                }
                else if (IsBreakAhead())
                {
                    cursor.Skip();
                    cursor.TakeBreak();
                    isJoined = true;
                    break;
                }
                else
                {
                    Escape(value);
                }
            }
            gap.EndIn(value);
            if (cursor.Current == quote && !cursor.IsAtEnd)
                break;
            gap.IsJoined = isJoined;
            while (cursor.IsBlank || cursor.IsBreak)
                gap.Take(cursor);
        }
        cursor.Skip();
        return new Scalar(value.ToString(), isSingle ? ScalarStyle.SingleQuoted : ScalarStyle.DoubleQuoted, start, cursor.Mark);
    }

    /// <summary>Reads a scalar that stands in lines of its own.</summary>
    /// <param name="parent">The indentation of the block that it is in.</param>
    public Scalar Block(int parent)
    {
        Mark start = cursor.Mark;
        bool isLiteral = cursor.Current == '|';
        cursor.Skip();
        (int? increment, char chomping) = Header();
        while (cursor.IsBlank)
            cursor.Skip();
        if (cursor.Current == '#')
        {
            while (!cursor.IsBreakOrEnd)
                cursor.Skip();
        }
        if (!cursor.IsBreakOrEnd)
            throw YamlProblems.Found(YamlProblems.NoEndOfLine, cursor.Mark);
        if (cursor.IsBreak)
            cursor.TakeBreak();
        int indent = increment is int more ? Math.Max(parent, 0) + more : 0;
        var value = new StringBuilder();
        string leading = "";
        var trailing = new StringBuilder();
        Mark end = Breaks(ref indent, parent, trailing);
        bool wasIndented = false;
        while (cursor.Column == indent && !cursor.IsAtEnd)
        {
            bool isIndented = cursor.IsBlank;
            if (!isLiteral && leading == "\n" && !wasIndented && !isIndented)
                value.Append(trailing.Length == 0 ? " " : "");
            else
                value.Append(leading);
            value.Append(trailing);
            trailing.Clear();
            wasIndented = isIndented;
            int from = cursor.Index;
            while (!cursor.IsBreakOrEnd)
                cursor.Skip();
            value.Append(cursor.TextFrom(from));
            leading = cursor.IsBreak ? cursor.TakeBreak() : "";
            end = Breaks(ref indent, parent, trailing);
        }
        if (chomping != '-')
            value.Append(leading);
        if (chomping == '+')
            value.Append(trailing);
        return new Scalar(value.ToString(), isLiteral ? ScalarStyle.Literal : ScalarStyle.Folded, start, end);
    }

    /// <summary>How far the lines are indented and what happens to the last line breaks, in either order.</summary>
    private (int? Increment, char Chomping) Header()
    {
        int? increment = null;
        char chomping = YamlCursor.End;
        for (int i = 0; i < 2; i++)
        {
            if (chomping == YamlCursor.End && cursor.Current is '+' or '-')
            {
                chomping = cursor.Current;
                cursor.Skip();
            }
            else if (increment is null && char.IsAsciiDigit(cursor.Current))
            {
                if (cursor.Current == '0')
                    throw YamlProblems.Found(YamlProblems.ZeroIndentation, cursor.Mark);
                increment = cursor.Current - '0';
                cursor.Skip();
            }
        }
        return (increment, chomping);
    }

    /// <summary>
    /// Goes over empty lines and the indentation of the next one, which says how far all are indented if nothing has said it.
    /// </summary>
    private Mark Breaks(ref int indent, int parent, StringBuilder breaks)
    {
        int deepest = 0;
        Mark end = cursor.Mark;
        while (true)
        {
            while ((indent == 0 || cursor.Column < indent) && cursor.Current == ' ')
                cursor.Skip();
            deepest = Math.Max(deepest, cursor.Column);
            if ((indent == 0 || cursor.Column < indent) && cursor.Current == '\t')
                throw YamlProblems.Found(YamlProblems.TabInBlock, cursor.Mark);
            if (!cursor.IsBreak)
                break;
            breaks.Append(cursor.TakeBreak());
            end = cursor.Mark;
        }
        if (indent == 0)
            indent = Math.Max(Math.Max(deepest, parent + 1), 1);
        return end;
    }

    private bool IsBreakAhead() => cursor.Peek(1) is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private void Escape(StringBuilder value)
    {
        char kind = cursor.Peek(1);
        int digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            value.Append(_escapes.TryGetValue(kind, out string? known)
                ? known : throw YamlProblems.Found(YamlProblems.UnknownEscape, cursor.Mark));
            cursor.Skip(2);
            return;
        }
        cursor.Skip(2);
        uint code = 0;
        for (int i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(cursor.Peek(i)))
                throw YamlProblems.Found(YamlProblems.NoHexadecimal, cursor.Mark);
            code = (code << 4) | uint.Parse([cursor.Peek(i)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
        if (code is (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF)
            throw YamlProblems.Found(YamlProblems.NoUnicode, cursor.Mark);
        value.Append(char.ConvertFromUtf32((int)code));
        cursor.Skip(digits);
    }

    /// <summary>
    /// Spaces and line breaks between two parts of a scalar: a single break is a space, more of them are one less.
    /// </summary>
    private sealed class Gap
    {
        private readonly StringBuilder _blanks = new();
        private readonly StringBuilder _more = new();
        private string _first = "";

        /// <summary>Whether there is a line break in it.</summary>
        public bool HasBreak { get; private set; }

        /// <summary>Whether a backslash ended the line, so that its break is nothing.</summary>
        public bool IsJoined
        {
            set => HasBreak |= value;
        }

        public void Take(YamlCursor cursor)
        {
            if (cursor.IsBreak)
            {
                string taken = cursor.TakeBreak();
                if (HasBreak)
                    _more.Append(taken);
                else
                    _first = taken;
                _blanks.Clear();
                HasBreak = true;
                return;
            }
            if (!HasBreak)
                _blanks.Append(cursor.Current);
            cursor.Skip();
        }

        /// <summary>Adds what the gap stands for, and begins another.</summary>
        public void EndIn(StringBuilder value)
        {
            if (!HasBreak)
                value.Append(_blanks);
            else if (_first == "\n" && _more.Length == 0)
                value.Append(' ');
            else
                value.Append(_first == "\n" ? "" : _first).Append(_more);
            _blanks.Clear();
            _more.Clear();
            _first = "";
            HasBreak = false;
        }
    }
}
