using YamlDotNet.Core;

namespace Devicetree.Text.Yaml;

/// <summary>Something that is no YAML.</summary>
/// <param name="Original">The words of libyaml, which the original tools print.</param>
/// <param name="Message">Ours.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record YamlProblem(string Original, string Message, string Remedy);

/// <summary>What texts that are no YAML have wrong with them, in the words of libyaml and in ours.</summary>
internal static class YamlProblems
{
    internal static readonly YamlProblem BlockEntry = new(
        "block sequence entries are not allowed in this context", "a list entry cannot begin here",
        "Begin the '-' on a line of its own, under its key.");

    internal static readonly YamlProblem BlockKey = new(
        "mapping keys are not allowed in this context", "a key cannot begin here", "Begin the '?' on a line of its own.");

    internal static readonly YamlProblem BlockValue = new(
        "mapping values are not allowed in this context", "a second ': ' on one line",
        "Put the value in quotes, or begin the key on a line of its own.");

    internal static readonly YamlProblem ColonInFlow = new(
        "found unexpected ':'", "a ':' that belongs to no key", "Put the text in quotes.");

    internal static readonly YamlProblem ControlCharacter = new(
        "control characters are not allowed", "a control character", "Remove it, or write it as an escape in double quotes.");

    internal static readonly YamlProblem DirectiveName = new(
        "could not find expected directive name", "a '%' without the name of a directive",
        "Write %YAML 1.2, or remove the line.");

    internal static readonly YamlProblem DirectiveNameEnd = new(
        "found unexpected non-alphabetical character", "the name of a directive ends in another character",
        "Write a space after the name.");

    internal static readonly YamlProblem DirectiveRest = new(
        "did not find expected comment or line break", "something else follows where the line should end",
        "Remove it, or begin a comment with ' #'.");

    internal static readonly YamlProblem DocumentInQuotes = new(
        "found unexpected document indicator", "a document begins or ends inside of quotes", "Close the quotes.");

    internal static readonly YamlProblem DuplicateTagDirective = new(
        "found duplicate %TAG directive", "a second %TAG directive for one handle", "Keep one of the two.");

    internal static readonly YamlProblem EndInQuotes = new(
        "found unexpected end of stream", "the file ends inside of quotes", "Close the quotes.");

    internal static readonly YamlProblem IncompatibleVersion = new(
        "found incompatible YAML document", "a version of YAML that is not known", "Write %YAML 1.2.");

    internal static readonly YamlProblem LongVersion = new(
        "found extremely long version number", "a version of YAML with too many digits", "Write %YAML 1.2.");

    internal static readonly YamlProblem NoEndOfLine = DirectiveRest;

    internal static readonly YamlProblem NoDocumentStart = new(
        "did not find expected <document start>", "a document cannot begin here",
        "Write '---' behind directives, and keep one document per file.");

    /// <summary>The parser came to something that it has no words for.</summary>
    internal static readonly YamlProblem Misplaced =
        new("found what cannot stand here", "something stands where it cannot", "Correct the line.");

    internal static readonly YamlProblem NoAnchorName = new(
        "did not find expected alphabetic or numeric character", "an anchor or alias without a name, or with a sign in it",
        "Put a text that begins with '&' or '*' in quotes.");

    internal static readonly YamlProblem NoBrace = new(
        "did not find expected ',' or '}'", "a mapping in braces that is not closed",
        "Write ',' between entries and '}' at the end.");

    internal static readonly YamlProblem NoBracket = new(
        "did not find expected ',' or ']'", "a list in brackets that is not closed",
        "Write ',' between entries and ']' at the end.");

    internal static readonly YamlProblem NoContent =
        new("did not find expected node content", "no value where one should be", "Write a value.");

    internal static readonly YamlProblem NoColon = new(
        "could not find expected ':'", "a line that is neither a key nor part of the value before it",
        "Add the ':', or indent the line to the value.");

    internal static readonly YamlProblem NoHexadecimal = new(
        "did not find expected hexdecimal number", "an escape without its hexadecimal digits",
        "Write two digits after \\x, four after \\u, eight after \\U.");

    internal static readonly YamlProblem NoKey = new(
        "did not find expected key", "a line that is no key of the mapping it is in",
        "Indent it like the other keys, or as part of a value.");

    internal static readonly YamlProblem NoOctet = new(
        "did not find URI escaped octet", "a '%' in a tag without two hexadecimal digits", "Remove it.");

    internal static readonly YamlProblem NoTagEnd = new(
        "did not find expected whitespace or line break", "a tag that does not end",
        "Put a text that begins with '!' in quotes.");

    internal static readonly YamlProblem NoTagClose = new(
        "did not find the expected '>'", "a tag without its '>'", "Close the tag.");

    internal static readonly YamlProblem NoTagMark = new(
        "did not find expected '!'", "the handle of a tag without its '!'", "Write it between two '!'.");

    internal static readonly YamlProblem NoTagUri = new(
        "did not find expected tag URI", "a tag without a name", "Put a text that begins with '!' in quotes.");

    internal static readonly YamlProblem NoUnicode = new(
        "found invalid Unicode character escape code", "an escape of what is no Unicode character", "Write another number.");

    internal static readonly YamlProblem NoVersion = new(
        "did not find expected version number", "%YAML without a version", "Write %YAML 1.2.");

    internal static readonly YamlProblem NoVersionDot = new(
        "did not find expected digit or '.' character", "%YAML with half a version", "Write %YAML 1.2.");

    internal static readonly YamlProblem NoWhitespace = new(
        "did not find expected whitespace", "the handle of a %TAG directive that does not end", "Write a space after it.");

    internal static readonly YamlProblem NoToken = new(
        "found character that cannot start any token", "a character that no value can begin with",
        "Indent with spaces, not with tabs; put a text that begins with '@', '`' or '%' in quotes.");

    internal static readonly YamlProblem TabInBlock = new(
        "found a tab character where an indentation space is expected", "a tab in the indentation", "Indent with spaces.");

    internal static readonly YamlProblem TabViolatesIndentation = new(
        "found a tab character that violates indentation", "a tab at the start of a line of a value", "Indent with spaces.");

    internal static readonly YamlProblem UndefinedTagHandle = new(
        "found undefined tag handle", "a tag with a handle that no %TAG directive defines", "Remove the tag.");

    internal static readonly YamlProblem UnknownDirective = new(
        "found unknown directive name", "a directive other than %YAML and %TAG",
        "Remove it, or put a text that begins with '%' in quotes.");

    internal static readonly YamlProblem UnknownEscape = new(
        "found unknown escape character", "a backslash before a character that has no meaning with it",
        "Write '\\\\', or use single quotes.");

    internal static readonly YamlProblem ZeroIndentation = new(
        "found an indentation indicator equal to 0", "an indentation of 0", "Write a number from 1 to 9, or none.");

    /// <summary>Where libyaml misses the start of the next document, YamlDotNet misses the end of this one.</summary>
    private const string EndOfDocument = "did not find expected <document end>";

    /// <summary>What the parser finds wrong with the order of what the scanner made.</summary>
    private static readonly YamlProblem[] _ofParser =
    [
        NoKey,
        new("did not find expected '-' indicator", "a line that is no entry of the list it is in",
            "Indent it like the other entries, or as part of one."),
        NoBracket,
        NoBrace,
        NoContent,
        NoDocumentStart,
        new("found duplicate %YAML directive", "a second %YAML directive", "Keep one of the two."),
    ];

    private static readonly YamlProblem[] _all =
    [
        BlockEntry, BlockKey, BlockValue, ColonInFlow, ControlCharacter, DirectiveName, DirectiveNameEnd, DirectiveRest,
        DocumentInQuotes,
        DuplicateTagDirective, EndInQuotes, IncompatibleVersion, LongVersion, NoAnchorName, NoColon, NoHexadecimal, NoOctet,
        NoTagEnd, NoTagClose, NoTagMark,
        NoTagUri, NoUnicode, NoVersion, NoVersionDot, NoWhitespace, NoToken, TabInBlock, TabViolatesIndentation,
        UndefinedTagHandle, UnknownDirective,
        UnknownEscape, ZeroIndentation, .. _ofParser,
    ];

    /// <summary>Every problem that has words of its own.</summary>
    public static IReadOnlyList<YamlProblem> All => _all;

    /// <summary>The words of libyaml for a message of ours; the message itself where they are the same.</summary>
    public static string OriginalOf(string message, string remedy) =>
        Array.Find(_all, problem => problem.Message == message && problem.Remedy == remedy)?.Original ?? message;

    /// <summary>The problem that libyaml says in some words.</summary>
    internal static YamlProblem Of(string original) =>
        Array.Find(_all, problem => problem.Original == (original == EndOfDocument ? NoDocumentStart.Original : original))
        ?? new(original, original, "");

    /// <summary>What ends the reading.</summary>
    internal static SyntaxErrorException Found(YamlProblem problem, Mark place) => new(place, place, problem.Original);
}
