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
}

/// <summary>The words by which a command line names the formats.</summary>
public static class ReportFormats
{
    /// <summary>The words of <c>--format</c>, in the order of <see cref="ReportFormat"/>; the first is the default.</summary>
    public static IReadOnlyList<string> Words { get; } = ["text", "json", "sarif", "github"];

    /// <summary>The format of a word of <see cref="Words"/>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static ReportFormat Parse(string word)
    {
        for (int i = 0; i < Words.Count; i++)
        {
            if (Words[i] == word)
                return (ReportFormat)i;
        }
        throw new ArgumentException($"'{word}' is no format of a report.", nameof(word));
    }
}
