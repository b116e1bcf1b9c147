namespace Devicetree.Text.Reports;

/// <summary>How findings are printed.</summary>
public enum ReportFormat
{
    /// <summary>For people: the line of compilers, then the source line with a caret, then what helps.</summary>
    Text,

    /// <summary>One object of our own, for scripts.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning services and editors.</summary>
    Sarif,

    /// <summary>The workflow commands by which GitHub annotates the lines of a change.</summary>
    GitHub,

    /// <summary>GitLab's Code Quality report, which it shows beside the lines of a merge request.</summary>
    GitLab,

    /// <summary>JUnit's XML, which test reports of most build servers are made from.</summary>
    JUnit,
}

/// <summary>One format.</summary>
/// <param name="Format">The format.</param>
/// <param name="Word">By which word a command line names it.</param>
/// <param name="Summary">What it is, for help and pages.</param>
internal sealed record ReportFormatRow(ReportFormat Format, string Word, string Summary)
{
    /// <summary>Makes the writer.</summary>
    public required Func<TextWriter, ReportSettings, ReportWriter> Create { get; init; }
}

/// <summary>Every format, one row each, in the order of <see cref="ReportFormat"/>; the first is the default.</summary>
internal static class ReportFormats
{
    /// <summary>The rows.</summary>
    internal static IReadOnlyList<ReportFormatRow> Rows { get; } =
    [
        new(ReportFormat.Text, "text", "for people: a line, the source with a caret, what helps")
        {
            Create = static (output, settings) => new TextReport(output, settings),
        },
        new(ReportFormat.Json, "json", "one object of our own")
        {
            Create = static (output, settings) => new JsonReport(output, settings),
        },
        new(ReportFormat.Sarif, "sarif", "SARIF 2.1.0, for code scanning and editors")
        {
            Create = static (output, settings) => new SarifReport(output, settings),
        },
        new(ReportFormat.GitHub, "github", "workflow commands, which GitHub shows at the lines of a change")
        {
            Create = static (output, settings) => new GitHubReport(output, settings),
        },
        new(ReportFormat.GitLab, "gitlab", "a Code Quality report, which GitLab shows in merge requests")
        {
            Create = static (output, settings) => new GitLabReport(output, settings),
        },
        new(ReportFormat.JUnit, "junit", "JUnit XML, for test reports")
        {
            Create = static (output, settings) => new JUnitReport(output, settings),
        },
    ];

    /// <summary>The words of <c>--format</c>; the first is the default.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Rows.Select(row => row.Word)];

    /// <summary>The format of a word of <see cref="Words"/>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static ReportFormat Parse(string word) =>
        Rows.FirstOrDefault(row => row.Word == word)?.Format
        ?? throw new ArgumentException($"'{word}' is not a format of a report.", nameof(word));
}
