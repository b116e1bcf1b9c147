using System.Globalization;
using System.Text;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>Errors in a source, in dtc's words.</summary>
internal static class DtcSourceErrors
{
    /// <summary>Prints what was found while reading a source that was not good, up to where dtc would have stopped.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(DiagnosticBag diagnostics, bool stopped, DtcConsole console)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items)
        {
            if (FatalText(diagnostic) is string fatal)
                return console.Fatal(fatal);
            PrintOne(diagnostic, console);
        }
        return console.Fatal(stopped ? "Unable to parse input tree" : "Syntax error parsing input tree");
    }

    /// <summary>Prints what does not stop dtc: warnings.</summary>
    public static void PrintWarnings(DiagnosticBag diagnostics, DtcConsole console)
    {
        foreach (Diagnostic diagnostic in diagnostics.Items)
            PrintOne(diagnostic, console);
    }

    private static void PrintOne(Diagnostic diagnostic, DtcConsole console)
    {
        string place = PlaceOf(diagnostic);
        if (diagnostic.Rule == DtsRules.ValueTruncated)
            console.Line($"WARNING: {place}: {TruncationText(diagnostic)}");
        else if (LexicalText(diagnostic) is string lexical)
            console.Line($"Lexical error: {place} {lexical}");
        else
            console.Line($"Error: {place} {SyntaxText(diagnostic)}");
    }

    private static string PlaceOf(Diagnostic diagnostic)
    {
        SourceSpan span = diagnostic.Span;
        if (span.Source is not SourceText source)
            return DtcPlace.Of(span);
        SourceLocation start = source.LocationOf(span.Start);
        // Nothing of an empty file was ever counted.
        if (source.Bytes.IsEmpty)
            return $"{start.Path}:0.0";
        // What a marker says holds from its end on, but not for itself.
        return diagnostic.Rule == DtsRules.NulInMarker
            ? string.Create(CultureInfo.InvariantCulture,
                $"{start.Path}:{start.Line}.{start.Column}-{start.Column + span.Length}")
            : DtcPlace.Of(span);
    }

    /// <summary>What ends dtc at once; null for what does not.</summary>
    private static string? FatalText(Diagnostic diagnostic)
    {
        DiagnosticRule rule = diagnostic.Rule;
        if (rule == DtsRules.FileNotRead)
            return $"Couldn't open \"{FileName(diagnostic.Span)}\": {diagnostic.Arguments[1]}";
        if (rule == DtsRules.BinaryTooShort)
            return $"Couldn't seek to offset {diagnostic.Arguments[2]} in \"{diagnostic.Arguments[0]}\": Invalid argument";
        if (rule == DtsRules.IncludeTooDeep)
            return "Includes nested too deeply";
        if (rule == DtsRules.BadEscape)
            return "\\x used with no following hex digits";
        return rule == DtsRules.TooLarge || rule == DtsRules.TooDeep || rule == DtsRules.RootDeleted ? diagnostic.Message : null;
    }

    private static string? LexicalText(Diagnostic diagnostic)
    {
        DiagnosticRule rule = diagnostic.Rule;
        if (rule == DtsRules.BadInteger)
        {
            string text = TextOf(diagnostic.Span);
            bool isOctal = text.StartsWith('0') && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            // A digit that is none in octal ends the number; what is left over is no suffix.
            return isOctal && text.IndexOfAny(['8', '9']) >= 0
                ? $"Bad integer literal '{text}'" : $"Integer literal '{text}' out of range";
        }
        if (rule == DtsRules.UnexpectedIdentifier)
            return $"Unexpected '{TextOf(diagnostic.Span)}'";
        if (rule == DtsRules.NulInMarker)
            return "nul in line number directive";
        if (rule != DtsRules.BadCharacter)
            return null;
        int length = DtsLiterals.Unescape(BytesOf(diagnostic.Span)[1..^1])?.Length ?? 0;
        return length == 0 ? "Empty character literal" : $"Character literal has {length} characters instead of 1";
    }

    private static string TruncationText(Diagnostic diagnostic)
    {
        int digits = (int)diagnostic.Arguments[1] / 4;
        string cut = ((ulong)diagnostic.Arguments[2]).ToString($"x{digits}", CultureInfo.InvariantCulture);
        return $"Value 0x{diagnostic.Arguments[0]:x16} truncated to 0x{cut}";
    }

    private static string SyntaxText(Diagnostic diagnostic)
    {
        DiagnosticRule rule = diagnostic.Rule;
        if (rule == DtsRules.HeaderMismatch)
            return "Header flags don't match earlier ones";
        if (rule == DtsRules.PropertyAfterNode)
            return "Properties must precede subnodes";
        if (rule == DtsRules.BadElementSize)
            return "Array elements must be 8, 16, 32 or 64-bits";
        if (rule == DtsRules.ReferenceNeedsCell)
            return "References are only allowed in arrays with 32-bit elements.";
        if (rule == DtsRules.DivisionByZero)
            return "Division by zero";
        if (rule == DtsRules.ValueOutOfRange)
            return $"Value out of range for {diagnostic.Arguments[1]}-bit array element";
        if (rule.Id == DtsRules.UnknownTarget.Id)
            return $"Label or path {diagnostic.Arguments[1]} not found";
        if (rule == DtsRules.RelativeInPlugin)
            return $"Label-relative reference {diagnostic.Arguments[0]} not supported in plugin";
        return "syntax error";
    }

    private static ReadOnlySpan<byte> BytesOf(SourceSpan span) =>
        span.Source is null ? [] : span.Source.Bytes.Span[span.Start..span.End];

    private static string TextOf(SourceSpan span) => Encoding.UTF8.GetString(BytesOf(span));

    private static string FileName(SourceSpan span) =>
        span.Length < 2 ? TextOf(span) : DtsLiterals.FileName(BytesOf(span)[1..^1]);
}
