using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>Carries out <c>#include</c> and its kin.</summary>
internal sealed class IncludeReader(PreprocessorState state)
{
    /// <summary>Goes on with the file that a directive names.</summary>
    public void Run(FileFrame file, in Step step)
    {
        SourceSpan span = file.Span(step);
        string? name = ReadName(file, step, out bool isQuoted, out bool extra);
        if (name is null)
        {
            state.Diagnostics.Report(PreprocessorRules.BadInclude, span, FileScanner.Word(step.Kind));
            return;
        }
        if (extra)
            state.Diagnostics.Report(PreprocessorRules.ExtraTokens, span, FileScanner.Word(step.Kind));
        IncludeSearch search = step.Kind == StepKind.IncludeNext && state.Files.Level > 0 ? IncludeSearch.Next
            : isQuoted ? IncludeSearch.Beside : IncludeSearch.Directories;
        if (state.Files.Find(name, search, span, out int directory) is not ScannedFile found)
            return;
        if (step.Kind == StepKind.Import)
            state.Files.IncludeOnce(found);
        state.Output.GoTo(step.Line + file.LineShift, file.Path);
        state.Files.Enter(found, directory, file.Inclusion, step.At, name.Length);
        state.Output.Marker(1, found.Source.Path, " 1");
    }

    /// <summary>
    /// Reads the name of a file from the tokens that come next: in quotes, or between angle brackets that may be in several
    /// tokens.
    /// </summary>
    /// <param name="expander">Gives the tokens.</param>
    /// <param name="isQuoted">Whether it is in quotes.</param>
    /// <returns>The name, null when there is none.</returns>
    public static string? ReadTokens(MacroExpander expander, out bool isQuoted)
    {
        expander.Next(out PpToken token);
        isQuoted = token.Kind == PpKind.String;
        if (isQuoted)
            return NonEmpty(token.Bytes[1..^1]);
        if (token.Kind != PpKind.Less)
            return null;
        var name = new List<byte>();
        while (true)
        {
            expander.Next(out token);
            if (token.Kind == PpKind.End)
                return null;
            if (token.Kind == PpKind.Greater)
                return NonEmpty([.. name]);
            if (token.Has(PpFlags.White))
                name.Add((byte)' ');
            name.AddRange(token.Bytes);
        }
    }

    private string? ReadName(FileFrame file, in Step step, out bool isQuoted, out bool extra)
    {
        ReadOnlySpan<byte> text = file.File.Normal.AsSpan(step.Start, step.End - step.Start);
        isQuoted = text.Length > 0 && text[0] == '"';
        extra = false;
        if (isQuoted || (text.Length > 0 && text[0] == '<'))
        {
            int end = text[1..].IndexOf(isQuoted ? (byte)'"' : (byte)'>') + 1;
            extra = end > 0 && end + 1 < text.Length;
            return end > 0 ? NonEmpty(text[1..end]) : null;
        }
        state.Expander.BeginDirective(file, step.Start, step.End);
        string? name = ReadTokens(state.Expander, out isQuoted);
        if (name is not null)
        {
            state.Expander.Next(out PpToken after);
            extra = after.Kind != PpKind.End;
        }
        state.Expander.EndDirective();
        return name;
    }

    private static string? NonEmpty(ReadOnlySpan<byte> name) => name.IsEmpty ? null : Encoding.UTF8.GetString(name);
}
