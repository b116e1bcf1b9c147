using Devicetree.Diagnostics;

namespace Devicetree.Source;

internal enum DtsTokenKind
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

    /// <summary>An integer as written, with its suffix.</summary>
    Integer,

    /// <summary>A character literal; the text is what stands between the quotes.</summary>
    Character,

    /// <summary>A string; its bytes are what stands between the quotes.</summary>
    String,

    /// <summary>Two hexadecimal digits of a byte string.</summary>
    Byte,

    /// <summary>An operator or a punctuation mark.</summary>
    Symbol,

    /// <summary>Characters that begin no token.</summary>
    Stray,
}

/// <summary>A token and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Text">What the kind says; for the others the token as written.</param>
internal readonly record struct DtsToken(DtsTokenKind Kind, SourceSpan Span, string Text)
{
    public bool Is(string symbol) => Kind == DtsTokenKind.Symbol && Text == symbol;

    /// <summary>The token for a diagnostic.</summary>
    public string Described => Kind switch
    {
        DtsTokenKind.End => "the end of the file",
        DtsTokenKind.Label => $"label '{Text}:'",
        DtsTokenKind.LabelReference => $"'&{Text}'",
        DtsTokenKind.PathReference => $"'&{{{Text}}}'",
        DtsTokenKind.String => "a string",
        DtsTokenKind.Character => $"'{Text}'",
        _ => $"'{Text}'",
    };
}
