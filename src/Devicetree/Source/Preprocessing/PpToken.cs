namespace Devicetree.Source.Preprocessing;

/// <summary>
/// What a preprocessing token is. The operators that become another one with an equals sign after them come first, so that
/// <see cref="Spacing"/> can ask for all of them at once.
/// </summary>
internal enum PpKind : byte
{
    None,
    Equals,
    Not,
    Greater,
    Less,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    And,
    Or,
    Xor,
    ShiftRight,
    ShiftLeft,
    LastBeforeEquals = ShiftLeft,
    EqualsEquals,
    NotEquals,
    GreaterEquals,
    LessEquals,
    AndAnd,
    OrOr,
    PlusPlus,
    MinusMinus,
    Arrow,

    /// <summary><c>+=</c> and the like, which mean nothing to the preprocessor.</summary>
    Assignment,
    Question,
    Colon,
    Comma,
    OpenParenthesis,
    CloseParenthesis,
    Complement,
    Dot,
    Ellipsis,
    Hash,
    HashHash,

    /// <summary>Brackets, braces and semicolons.</summary>
    Bracket,
    Name,
    Number,
    Character,
    String,

    /// <summary>A string or character with a prefix.</summary>
    Wide,
    Backslash,

    /// <summary>Any other byte, or the rest of a line after a quote that nothing closes.</summary>
    Other,

    /// <summary>A parameter in the body of a macro; <see cref="PpToken.Id"/> is its number.</summary>
    Parameter,

    /// <summary><c>__VA_OPT__ (</c> in the body of a macro; <see cref="PpToken.Id"/> is the number of tokens inside.</summary>
    OptionalStart,

    /// <summary>The parenthesis that closes it.</summary>
    OptionalEnd,

    /// <summary>No token: says that the token after it may have to be set apart from the one before.</summary>
    Padding,

    /// <summary>The end of an argument, a directive or the file.</summary>
    End,
}

[Flags]
internal enum PpFlags : byte
{
    None = 0,

    /// <summary>There is white space before it. Of a padding: there is before the token that it stands for.</summary>
    White = 1,

    /// <summary>The first of its line.</summary>
    LineStart = 2,

    /// <summary>A name that may not be expanded any more, because it came out of the macro of that name.</summary>
    Painted = 4,

    /// <summary>To be pasted to the token after it.</summary>
    PasteNext = 8,

    /// <summary>A parameter that becomes a string.</summary>
    Stringize = 16,

    /// <summary>Of a padding: it stands for no token.</summary>
    NoSource = 32,
}

/// <summary>A preprocessing token: bytes of a buffer, and where it came from.</summary>
internal struct PpToken
{
    /// <summary>Holds the bytes.</summary>
    public byte[] Buffer;

    public int Start;
    public int Length;

    /// <summary>Of a name its number in the <see cref="IdentifierTable"/>.</summary>
    public int Id;

    /// <summary>From which text it came: an inclusion, or the complement of a call (see <see cref="OriginRecorder"/>).</summary>
    public int Place;

    /// <summary>Where in that text it stands, an offset into the normal form.</summary>
    public int At;

    public PpKind Kind;
    public PpFlags Flags;

    public readonly ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, Length);

    public readonly bool Has(PpFlags flag) => (Flags & flag) != 0;

    /// <summary>Says that whatever comes next may have to be set apart.</summary>
    public static PpToken AvoidPaste => new() { Kind = PpKind.Padding, Flags = PpFlags.NoSource };

    public static PpToken End => new() { Kind = PpKind.End };

    /// <summary>Stands for a token whose place other tokens take.</summary>
    public static PpToken PaddingFor(in PpToken token) => new() { Kind = PpKind.Padding, Flags = token.Flags & PpFlags.White };
}
