using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

internal enum DtsTokenKind : byte
{
    /// <summary>The end of the first source; the ends of included ones are not seen.</summary>
    End,
    Version,
    Plugin,
    MemReserve,
    Bits,
    DeleteProperty,
    DeleteNode,
    OmitIfNoRef,
    IncBin,

    /// <summary>A label; the text is without the colon.</summary>
    Label,

    /// <summary><c>&amp;label</c>; the text is the label.</summary>
    LabelReference,

    /// <summary><c>&amp;{path}</c>; the text is the path.</summary>
    PathReference,

    /// <summary>The name of a node or a property.</summary>
    Name,

    /// <summary>An integer; its value is the number.</summary>
    Integer,

    /// <summary>A character literal; its value is the number.</summary>
    Character,

    /// <summary>A string; its bytes are what stands between the quotes.</summary>
    String,

    /// <summary>Two hexadecimal digits of a byte string; their value is the number.</summary>
    Byte,

    /// <summary>A word where a number stands, when reading goes on after errors; else it is a number, reported at once.</summary>
    Word,

    /// <summary>Characters that begin no token.</summary>
    Stray,

    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    Semicolon,
    Comma,
    Assign,
    Question,
    Colon,
    Not,
    Tilde,

    // From here on operators with two operands.
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Plus,
    Minus,
    Times,
    Slash,
    Percent,
}

/// <summary>
/// A token and where it stands. A struct that is passed by reference: there is one for every few bytes of a source.
/// </summary>
internal struct DtsToken
{
    /// <summary>No name is as long.</summary>
    private const int MaxWritten = 120;

    /// <summary>What directives are called; any other word after a '#' is a name.</summary>
    private static readonly string[] _preprocessorWords =
        ["include", "define", "undef", "if", "ifdef", "ifndef", "elif", "else", "endif", "error", "warning", "line", "pragma"];

    public DtsTokenKind Kind;

    /// <summary>Where it starts in <see cref="Source"/>.</summary>
    public int Start;

    /// <summary>Where it ends.</summary>
    public int End;

    public SourceText Source;

    /// <summary>The text of names, labels and references.</summary>
    public string Text;

    /// <summary>The value of numbers.</summary>
    public ulong Number;

    public readonly SourceSpan Span => Source.Span(Start, End);

    public readonly bool IsReference => Kind is DtsTokenKind.LabelReference or DtsTokenKind.PathReference;

    /// <summary>What stands between the quotes of a string.</summary>
    public readonly ReadOnlySpan<byte> Contents => End - Start < 2 ? [] : Source.Bytes.Span[(Start + 1)..(End - 1)];

    /// <summary>The token for a diagnostic.</summary>
    public readonly string Described => Kind switch
    {
        DtsTokenKind.End => "the end of the file",
        DtsTokenKind.Label => $"label '{Text}:'",
        DtsTokenKind.LabelReference => $"'&{Text}'",
        DtsTokenKind.PathReference => $"'&{{{Text}}}'",
        DtsTokenKind.String => "a string",
        DtsTokenKind.Character => Written,
        _ => $"'{Written}'",
    };

    /// <summary>What stands in the source, cut where it is longer than any word.</summary>
    public readonly string Written => End - Start <= MaxWritten
        ? Encoding.Latin1.GetString(Source.Bytes.Span[Start..End])
        : Encoding.Latin1.GetString(Source.Bytes.Span[Start..(Start + MaxWritten)]) + "…";

    /// <summary>
    /// A word that begins a line as a directive of the preprocessor does, with the backslash that some makefiles write before it.
    /// </summary>
    public readonly bool IsDirective =>
        Written.TrimStart('\\') is ['#', .. string word] && _preprocessorWords.Contains(word, StringComparer.Ordinal);
}
