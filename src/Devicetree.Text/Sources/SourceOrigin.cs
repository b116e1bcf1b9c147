namespace Devicetree.Text.Sources;

/// <summary>A macro whose expansion made a piece of text.</summary>
/// <param name="Name">The macro.</param>
/// <param name="Call">Where it was called: in a file, or in the definition of the next macro of the list.</param>
/// <param name="Definition">Where it was defined, its name; no place for macros that no file defines.</param>
/// <param name="Token">Where in the definition the text stands; no place for text that the preprocessor makes up.</param>
public sealed record MacroCall(string Name, SourceSpan Call, SourceSpan Definition, SourceSpan Token);

/// <summary>Where a piece of text really came from.</summary>
/// <param name="Span">
/// The place in a file as a person wrote it. Text out of a macro is where the outermost macro was called; an argument of a macro
/// is where it was written.
/// </param>
/// <param name="Macros">The macros that made the text, the innermost first; empty for text that no macro made.</param>
/// <param name="IncludedFrom">Where the file was included, the innermost first; empty for the main file.</param>
public sealed record SourceOrigin(SourceSpan Span, IReadOnlyList<MacroCall> Macros, IReadOnlyList<SourceSpan> IncludedFrom);

/// <summary>
/// Knows for every byte of a text that was made out of other files where it came from. May be asked by several threads.
/// </summary>
internal interface ISourceOrigins
{
    /// <summary>Where the bytes from <paramref name="start"/> up to <paramref name="end"/> came from.</summary>
    SourceOrigin Resolve(int start, int end);

    /// <summary>The place of a byte, as <see cref="Resolve"/> would say, without the rest.</summary>
    SourceLocation LocationOf(int offset);
}
