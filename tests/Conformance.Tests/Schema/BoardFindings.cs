using System.IO.Compression;

namespace Conformance.Tests.Schema;

/// <summary>What the newest dt-validate printed for one board.</summary>
/// <param name="Crashed">True when it stopped with an exception, so that only what it printed before is known.</param>
/// <param name="Findings">What it printed: a line with those below it that are indented.</param>
internal sealed record BoardFindings(bool Crashed, IReadOnlyList<string> Findings)
{
    private const string Archive = "dt-validate-arm64.txt.gz";

    /// <summary>A line of the exception that the original ended with.</summary>
    private const string Exception = "!! ";

    /// <summary>How the original begins the line in which it says where it stopped.</summary>
    private const string Undecodable = "Could not decode node ";

    private const string Ambiguous = ": property has multiple types: ";

    /// <summary>
    /// The properties for which it said that several types fit and picked one by chance. Ours takes a value that either reading
    /// makes good, so what the original finds wrong with the type of such a value is no finding of ours.
    /// </summary>
    public IEnumerable<string> Ambiguities =>
        Findings.Where(line => line.Contains(Ambiguous, StringComparison.Ordinal))
        .Select(line => line[..line.IndexOf(Ambiguous, StringComparison.Ordinal)]);

    /// <summary>The findings that do not depend on chance.</summary>
    public IEnumerable<string> Certain()
    {
        string[] ambiguities = [.. Ambiguities];
        return Findings.Where(finding => !ambiguities.Any(name =>
            finding.Contains($" {name}: [", StringComparison.Ordinal)
            && finding.Contains("] is not of type 'integer'\n", StringComparison.Ordinal)));
    }

    /// <summary>All boards by the names of their blobs.</summary>
    public static Dictionary<string, BoardFindings> ReadAll()
    {
        var boards = new Dictionary<string, BoardFindings>(StringComparer.Ordinal);
        using FileStream file = File.OpenRead(Path.Combine(ReferenceCore.Reference!, Archive));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        List<string> findings = [];
        while (text.ReadLine() is string line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ');
                boards.Add(words[1], new(words[3] != "0", findings = []));
            }
            else
            {
                Add(findings, line);
            }
        }
        return boards;
    }

    /// <summary>The findings of a text, each with the lines below it.</summary>
    public static List<string> Split(string text)
    {
        List<string> findings = [];
        foreach (string line in text.Split('\n'))
            Add(findings, line);
        return findings;
    }

    private static void Add(List<string> findings, string line)
    {
        if (line.StartsWith('\t'))
            findings[^1] += "\n" + line;
        else if (line.Length > 0 && !line.StartsWith(Exception, StringComparison.Ordinal)
            && !line.StartsWith(Undecodable, StringComparison.Ordinal))
            findings.Add(line);
    }
}
