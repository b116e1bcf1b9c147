using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// Fingerprints of the findings of one report: the same in every run for the same finding, wherever its line has moved, and
/// different for any two findings of one report. Those who are alike in everything are numbered in their order.
/// </summary>
/// <param name="paths">How paths are normalised.</param>
internal sealed class FindingIdentities(ReportPaths paths)
{
    private readonly Dictionary<UInt128, int> _met = [];

    /// <summary>The fingerprint of the next finding: 32 hexadecimal digits.</summary>
    public string Next(ReportItem item)
    {
        FindingKey key = FindingKey.Of(item, paths);
        SourceSpan span = item.Diagnostic.Span;
        string place = span.Location is SourceLocation location ? paths.Normalize(location.Path) : "";
        // What is about no node is known by the text of its line.
        string line = key.Node.Length == 0 && SourceExcerpt.Of(span) is SourceExcerpt excerpt ? excerpt.Text.Trim() : "";
        string whole = string.Join('\0', key.Rule, key.Path, key.Node, key.Property, place, line);
        UInt128 hash = Hash(whole);
        int number = _met.GetValueOrDefault(hash) + 1;
        _met[hash] = number;
        return (number == 1 ? hash : Hash($"{whole}\0{number}")).ToString("x32", CultureInfo.InvariantCulture);
    }

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
}
