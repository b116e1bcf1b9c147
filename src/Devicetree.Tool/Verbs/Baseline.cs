using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Verbs;

/// <summary>
/// Findings that are known and do not count, as often as each stands in it. A text file with one line for each: how often, the
/// rule, the file, the node and the property, separated by tabs and sorted, so that it can be read and compared. Line numbers and
/// messages are no part of it: they change with every edit and every version. Files are named from the root of the repository.
/// </summary>
/// <param name="paths">How files are named.</param>
internal sealed class Baseline(ReportPaths paths)
{
    private const string Header = "# dt baseline 2";
    private const int Fields = 5;

    /// <summary>What earlier programs wrote: with the message as one more field, and paths as the user wrote them.</summary>
    private const string OldHeader = "# dt check baseline 1";

    private readonly Multiset<FindingKey> _findings = new();

    /// <summary>How many findings are in it that were not met.</summary>
    public long Left => _findings.Count;

    /// <summary>Reads a baseline.</summary>
    /// <param name="text">The text.</param>
    /// <param name="paths">How files are named.</param>
    /// <param name="baseline">The baseline; null when the text is none.</param>
    /// <param name="line">The number of the line that cannot be read.</param>
    public static bool TryParse(string text, ReportPaths paths, [NotNullWhen(true)] out Baseline? baseline, out int line)
    {
        baseline = null;
        line = 1;
        string[] lines = [.. text.Split('\n').Select(each => each.TrimEnd('\r'))];
        bool isOld = lines[0] == OldHeader;
        if (!isOld && lines[0] != Header)
            return false;
        var result = new Baseline(paths);
        for (int i = 1; i < lines.Length; i++)
        {
            line = i + 1;
            if (lines[i].Length == 0 || lines[i][0] == '#')
                continue;
            string[] fields = lines[i].Split('\t');
            if (fields.Length != (isOld ? Fields + 1 : Fields)
                || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
            {
                return false;
            }
            result._findings.Add(new(fields[1], isOld ? paths.Normalize(fields[2]) : fields[2], fields[3], fields[4]), count);
        }
        baseline = result;
        return true;
    }

    /// <summary>Adds a finding.</summary>
    public void Add(ReportItem item) => _findings.Add(KeyOf(item));

    /// <summary>Takes a finding off; false when it is not in it, or not any more.</summary>
    public bool Take(ReportItem item) => _findings.Take(KeyOf(item));

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        IEnumerable<(string Line, int Count)> lines = _findings.Counts.Select(
            each => (string.Join('\t', each.Key.Rule, each.Key.Path, each.Key.Node, each.Key.Property), each.Value));
        foreach ((string line, int count) in lines.OrderBy(each => each.Line, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{count}\t{line}\n");
        return text.ToString();
    }

    private FindingKey KeyOf(ReportItem item)
    {
        FindingKey key = FindingKey.Of(item, paths);
        return new(key.Rule, Clean(key.Path), Clean(key.Node), Clean(key.Property));
    }

    /// <summary>A name that cannot end its field or its line.</summary>
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
