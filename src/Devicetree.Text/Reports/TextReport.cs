using System.Globalization;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// For people: <c>file:line:column: error ID: message</c>, the source line with a caret under the place, then the node, the
/// facts, the other places and the remedy, each on a line of its own. The last line counts.
/// </summary>
internal sealed class TextReport(TextWriter output, ReportSettings settings) : ReportWriter(output, settings)
{
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Cyan = "\e[36m";
    private const string Bold = "\e[1m";
    private const string Plain = "\e[0m";

    private protected override void Write(ReportItem item)
    {
        Diagnostic diagnostic = item.Diagnostic;
        Severity severity = diagnostic.Rule.Severity;
        bool hasPlace = diagnostic.Span.Location is not null;
        Output.Write(Paint(Bold, hasPlace ? $"{diagnostic.Span.Location}: " : Where(item)));
        Output.Write(Paint(ColorOf(severity), $"{Diagnostic.SeverityWord(severity)} {diagnostic.Rule.Id}"));
        Output.Write(": ");
        Output.WriteLine(diagnostic.Message);
        if (SourceExcerpt.Of(diagnostic.Span) is SourceExcerpt excerpt)
            WriteExcerpt(diagnostic.Span.Location!.Value.Line, excerpt.Cut(), ColorOf(severity));
        if (hasPlace && Subject(item) is { Length: > 0 } subject)
            Output.WriteLine($"    in {subject}");
        foreach (ReportDetail detail in item.Details)
            Output.WriteLine($"    {detail.Name}: {SourceExcerpt.Printable(detail.Value)}");
        foreach (RelatedPlace place in diagnostic.Related)
        {
            string where = place.Span.Location is SourceLocation at ? $"{at}: " : "";
            Output.WriteLine($"    {where}{PrintableText.Of(place.Message)}");
        }
        if (diagnostic.Remedy.Length > 0)
            Output.WriteLine($"    {Paint(Cyan, "help:")} {diagnostic.Remedy}");
    }

    private protected override void WriteEnd()
    {
        if (!Settings.Counts || Errors + Warnings + Notes == 0)
            return;
        Output.WriteLine(string.Join(", ",
            new[] { Count(Errors, "error"), Count(Warnings, "warning"), Count(Notes, "note") }.Where(part => part.Length > 0)));
    }

    /// <summary>The place of a finding in an input without lines.</summary>
    private static string Where(ReportItem item)
    {
        string subject = Subject(item);
        return (item.File, subject) switch
        {
            (null, "") => "",
            (null, _) => $"{subject}: ",
            (_, "") => $"{PrintableText.Of(item.File)}: ",
            _ => $"{PrintableText.Of(item.File)}: {subject}: ",
        };
    }

    private static string Subject(ReportItem item) =>
        PrintableText.Of(item.Property is null ? item.NodePath ?? "" : $"{item.NodePath}: {item.Property}");

    private static string Count(int count, string word) => count switch
    {
        0 => "",
        1 => $"1 {word}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} {word}s"),
    };

    private static string ColorOf(Severity severity) => severity switch
    {
        Severity.Error => Red,
        Severity.Warning => Yellow,
        _ => Cyan,
    };

    private void WriteExcerpt(int line, SourceExcerpt excerpt, string paint)
    {
        string number = line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        Output.WriteLine($"{number} | {excerpt.Text}");
        string mark = "^" + new string('~', excerpt.Length - 1);
        Output.WriteLine($"{new string(' ', number.Length)} | {new string(' ', excerpt.Column - 1)}{Paint(paint, mark)}");
    }

    private string Paint(string paint, string text) => Settings.Color && text.Length > 0 ? $"{paint}{text}{Plain}" : text;
}
