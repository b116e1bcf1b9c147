namespace Devicetree.Formatting;

internal enum FormatTokenKind
{
    /// <summary>A run of characters that may make a name, a number or a macro.</summary>
    Word,

    /// <summary>A string or a character literal.</summary>
    Literal,

    /// <summary>One other character.</summary>
    Symbol,

    /// <summary>A slash keyword such as <c>/bits/</c>.</summary>
    Keyword,

    /// <summary>A comment in <c>/* */</c>.</summary>
    BlockComment,

    /// <summary>A comment after <c>//</c>, without its newline.</summary>
    LineComment,

    /// <summary>A directive of the preprocessor or a line marker, with its continuation lines.</summary>
    Directive,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A piece of source text that layout moves but never changes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="End">The offset after its last byte.</param>
/// <param name="Newlines">How many newlines stand before it, after the token before it.</param>
/// <param name="SpaceBefore">True when anything stands between it and the token before it.</param>
/// <param name="First">Its first byte, so that symbols are told apart without the text.</param>
internal readonly record struct FormatToken(FormatTokenKind Kind, int Start, int End, int Newlines, bool SpaceBefore, byte First)
{
    public bool IsComment => Kind is FormatTokenKind.BlockComment or FormatTokenKind.LineComment;

    public bool Is(char symbol) => Kind == FormatTokenKind.Symbol && First == symbol;
}
