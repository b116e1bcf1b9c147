using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Text.Yaml;

/// <summary>Reads directives, anchors, aliases and tags of a YAML text as libyaml does.</summary>
/// <param name="cursor">Where the text is read.</param>
internal sealed class YamlTagScanner(YamlCursor cursor)
{
    private const int MostVersionDigits = 9;
    private const int KnownMajor = 1;
    private const int OldestMinor = 1;
    private const int NewestMinor = 2;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    /// <summary>Reads a directive and the rest of its line.</summary>
    public Token Directive()
    {
        Mark start = cursor.Mark;
        cursor.Skip();
        string name = Word();
        if (name.Length == 0)
            throw YamlProblems.Found(YamlProblems.DirectiveName, cursor.Mark);
        if (!cursor.IsBlankOrEnd)
            throw YamlProblems.Found(YamlProblems.DirectiveNameEnd, cursor.Mark);
        Token directive = name switch
        {
            "YAML" => Version(start),
            "TAG" => TagDirective(start),
            _ => throw YamlProblems.Found(YamlProblems.UnknownDirective, cursor.Mark),
        };
        SkipBlanks();
        if (cursor.Current == '#')
        {
            while (!cursor.IsBreakOrEnd)
                cursor.Skip();
        }
        if (!cursor.IsBreakOrEnd)
            throw YamlProblems.Found(YamlProblems.DirectiveRest, cursor.Mark);
        if (cursor.IsBreak)
            cursor.TakeBreak();
        if (directive is VersionDirective { Version: { Major: not KnownMajor } or { Minor: < OldestMinor or > NewestMinor } })
            throw YamlProblems.Found(YamlProblems.IncompatibleVersion, start);
        return directive;
    }

    /// <summary>Reads an anchor or an alias.</summary>
    public Token AnchorOrAlias()
    {
        Mark start = cursor.Mark;
        bool isAlias = cursor.Current == '*';
        cursor.Skip();
        string name = Word();
        if (name.Length == 0 || !(cursor.IsBlankOrEnd || cursor.Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
            throw YamlProblems.Found(YamlProblems.NoAnchorName, cursor.Mark);
        return isAlias ? new AnchorAlias(new AnchorName(name), start, cursor.Mark)
            : new Anchor(new AnchorName(name), start, cursor.Mark);
    }

    /// <summary>Reads a tag.</summary>
    /// <param name="isInFlow">Whether it is inside of brackets or braces.</param>
    public Tag Tag(bool isInFlow)
    {
        Mark start = cursor.Mark;
        string handle = "";
        string suffix;
        if (cursor.Peek(1) == '<')
        {
            cursor.Skip(2);
            suffix = Uri("", isPlain: false);
            if (cursor.Current != '>')
                throw YamlProblems.Found(YamlProblems.NoTagClose, cursor.Mark);
            cursor.Skip();
        }
        else
        {
            handle = Handle(isDirective: false);
            if (handle.Length > 1 && handle[^1] == '!')
            {
                suffix = Uri("", isPlain: true);
            }
            else
            {
                suffix = Uri(handle, isPlain: true);
                handle = "!";
                // The tag without a name has no handle but itself.
                if (suffix.Length == 0)
                    (handle, suffix) = ("", "!");
            }
        }
        if (!cursor.IsBlankOrEnd && !(isInFlow && cursor.Current == ','))
            throw YamlProblems.Found(YamlProblems.NoTagEnd, cursor.Mark);
        return new Tag(handle, suffix, start, cursor.Mark);
    }

    private VersionDirective Version(Mark start)
    {
        SkipBlanks();
        int major = Number();
        if (cursor.Current != '.')
            throw YamlProblems.Found(YamlProblems.NoVersionDot, cursor.Mark);
        cursor.Skip();
        int minor = Number();
        return new VersionDirective(new YamlDotNet.Core.Version(major, minor), start, cursor.Mark);
    }

    private int Number()
    {
        int from = cursor.Index;
        while (char.IsAsciiDigit(cursor.Current))
        {
            if (cursor.Index - from >= MostVersionDigits)
                throw YamlProblems.Found(YamlProblems.LongVersion, cursor.Mark);
            cursor.Skip();
        }
        if (cursor.Index == from)
            throw YamlProblems.Found(YamlProblems.NoVersion, cursor.Mark);
        return int.Parse(cursor.TextFrom(from), CultureInfo.InvariantCulture);
    }

    private TagDirective TagDirective(Mark start)
    {
        SkipBlanks();
        string handle = Handle(isDirective: true);
        if (!cursor.IsBlank)
            throw YamlProblems.Found(YamlProblems.NoWhitespace, cursor.Mark);
        SkipBlanks();
        string prefix = Uri("", isPlain: false);
        if (!cursor.IsBlankOrEnd)
            throw YamlProblems.Found(YamlProblems.NoTagEnd, cursor.Mark);
        return new TagDirective(handle, prefix, start, cursor.Mark);
    }

    private string Handle(bool isDirective)
    {
        int from = cursor.Index;
        if (cursor.Current != '!')
            throw YamlProblems.Found(YamlProblems.NoTagMark, cursor.Mark);
        cursor.Skip();
        Word();
        if (cursor.Current == '!')
            cursor.Skip();
        else if (isDirective && cursor.TextFrom(from) != "!")
            throw YamlProblems.Found(YamlProblems.NoTagMark, cursor.Mark);
        return cursor.TextFrom(from);
    }

    /// <summary>The rest of a tag; a plain one ends at the signs of flow collections.</summary>
    private string Uri(string head, bool isPlain)
    {
        var text = new StringBuilder(head.Length > 1 ? head[1..] : "");
        bool isEmpty = head.Length == 0;
        while (IsWord(cursor.Current)
            || cursor.Current is ';' or '/' or '?' or ':' or '@' or '&' or '=' or '+' or '$' or '.' or '%' or '!' or '~' or '*'
            or '\'' or '(' or ')' || !isPlain && cursor.Current is ',' or '[' or ']')
        {
            if (cursor.Current == '%' && !(char.IsAsciiHexDigit(cursor.Peek(1)) && char.IsAsciiHexDigit(cursor.Peek(2))))
                throw YamlProblems.Found(YamlProblems.NoOctet, cursor.Mark);
            text.Append(cursor.Current);
            cursor.Skip();
            isEmpty = false;
        }
        return isEmpty ? throw YamlProblems.Found(YamlProblems.NoTagUri, cursor.Mark) : text.ToString();
    }

    private string Word()
    {
        int from = cursor.Index;
        while (IsWord(cursor.Current))
            cursor.Skip();
        return cursor.TextFrom(from);
    }

    private void SkipBlanks()
    {
        while (cursor.IsBlank)
            cursor.Skip();
    }
}
