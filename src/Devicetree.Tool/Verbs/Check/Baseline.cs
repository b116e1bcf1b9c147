using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Devicetree.Text.Reports;

namespace Devicetree.Tool.Verbs.Check;

/// <summary>
/// Findings that are known and do not count, as often as each stands in it. A text file with one line for each: how often, the rule, the
/// file, the node, the property and the message, separated by tabs and sorted, so that it can be read and compared. Line numbers are no
/// part of it: they change with every edit.
/// </summary>
internal sealed class Baseline
{
    private const string Header = "# dt check baseline 1";
    private const int Fields = 6;

    private readonly SortedDictionary<string, int> _counts;

    /// <summary>One without findings.</summary>
    public Baseline() => _counts = new(StringComparer.Ordinal);

    private Baseline(SortedDictionary<string, int> counts) => _counts = counts;

    /// <summary>How many findings are in it that were not met.</summary>
    public int Left => _counts.Values.Sum();

    /// <summary>Reads a baseline.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseline">The baseline; null when the text is none.</param>
    /// <param name="line">The number of the line that cannot be read.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Baseline? baseline, out int line)
    {
        baseline = null;
        line = 1;
        string[] lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != Header)
            return false;
        var result = new Baseline();
        for (int i = 1; i < lines.Length; i++)
        {
            line = i + 1;
            string entry = lines[i].TrimEnd('\r');
            if (entry.Length == 0 || entry[0] == '#')
                continue;
            int tab = entry.IndexOf('\t', StringComparison.Ordinal);
            if (entry.Split('\t').Length != Fields || !int.TryParse(entry.AsSpan(0, tab), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                return false;
            result.Add(entry[(tab + 1)..], count);
        }
        baseline = result;
        return true;
    }

    /// <summary>One with the same findings.</summary>
    public Baseline Copy() => new(new(_counts, StringComparer.Ordinal));

    /// <summary>Adds a finding.</summary>
    public void Add(ReportItem item) => Add(KeyOf(item), 1);

    /// <summary>Takes a finding off; false when it is not in it (any more).</summary>
    public bool Take(ReportItem item)
    {
        string key = KeyOf(item);
        if (!_counts.TryGetValue(key, out int count))
            return false;
        if (count == 1)
            _counts.Remove(key);
        else
            _counts[key] = count - 1;
        return true;
    }

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach ((string key, int count) in _counts)
            text.Append(CultureInfo.InvariantCulture, $"{count}\t{key}\n");
        return text.ToString();
    }

    private void Add(string key, int count) => _counts[key] = (int)Math.Min(_counts.GetValueOrDefault(key) + (long)count, int.MaxValue);

    private static string KeyOf(ReportItem item) => string.Join(
        '\t', new[] { item.Diagnostic.Rule.Id, item.File, item.NodePath, item.Property, item.Diagnostic.Message }.Select(Clean));

    private static string Clean(string? text) => text is null ? "" : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
