using Devicetree.Text.Diagnostics;

namespace Devicetree.Source.Preprocessing;

/// <summary>What is to be done with a piece of a file.</summary>
internal enum StepKind : byte
{
    /// <summary>Lines of text, to be copied and expanded.</summary>
    Text,
    Define,
    Undefine,
    Include,
    IncludeNext,

    /// <summary><c>#import</c>: an include that happens once.</summary>
    Import,
    If,
    IfDefined,
    IfNotDefined,
    ElseIf,
    ElseIfDefined,
    ElseIfNotDefined,
    Else,
    EndIf,
    Line,
    Error,
    Warning,
    Pragma,

    /// <summary>A directive that changes nothing in assembler mode.</summary>
    Ignored,
}

[Flags]
internal enum StepFlags : byte
{
    None = 0,

    /// <summary>Text that is one line marker, which names another file and line for what follows.</summary>
    Marker = 1,

    /// <summary>Something stands after the last thing that the directive takes.</summary>
    ExtraTokens = 2,

    /// <summary>A conditional that is not ended in its file.</summary>
    Unterminated = 4,

    /// <summary>An <c>#else</c>, <c>#elif</c> or <c>#endif</c> without an <c>#if</c>.</summary>
    Orphan = 8,

    /// <summary>An <c>#else</c> or <c>#elif</c> after <c>#else</c>.</summary>
    AfterElse = 16,

    /// <summary>An <c>#if</c> one of whose branches is <see cref="AfterElse"/>.</summary>
    HasBadBranch = 32,
}

/// <summary>A piece of a file: some lines of text, or a directive.</summary>
internal struct Step
{
    public StepKind Kind;
    public StepFlags Flags;

    /// <summary>Where it starts in the normal form: text at its first line, a directive after its keyword.</summary>
    public int Start;

    /// <summary>Where it ends in the normal form, without a newline.</summary>
    public int End;

    /// <summary>The line, from 1, of its first token.</summary>
    public int Line;

    /// <summary>Of a directive the offset of its <c>#</c> in the clean text.</summary>
    public int At;

    /// <summary>
    /// Of text its first name in the list of names, of a directive the macro it is about (0 when there is none).
    /// </summary>
    public int Id;

    /// <summary>Of text the end of its names in the list, of a conditional the step of its next branch or of its end.</summary>
    public int Next;

    /// <summary>Of a conditional the step of its end, of text and other directives their last line.</summary>
    public int Finish;

    /// <summary>Of a definition the <see cref="MacroDefinition"/> or the <see cref="DirectiveProblem"/> in its place.</summary>
    public object? Payload;
}

/// <summary>A name in text: where it stands, its number, and what stands right before it.</summary>
/// <param name="At">The offset in the normal form.</param>
/// <param name="Id">The number of the name.</param>
/// <param name="Before">The token before it when there is no white space between them.</param>
internal readonly record struct NameInText(int At, int Id, PpKind Before);

/// <summary>What is wrong with a directive, found when its file was read.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Start">Where in the normal form.</param>
/// <param name="End">The end of that.</param>
/// <param name="Argument">What fills the text of the rule.</param>
internal sealed record DirectiveProblem(DiagnosticRule Rule, int Start, int End, string Argument);
