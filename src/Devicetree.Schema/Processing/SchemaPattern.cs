using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Devicetree.Schema.Processing;

/// <summary>Whether what stands where a pattern is expected is one.</summary>
internal static class SchemaPattern
{
    private static readonly ConcurrentDictionary<string, bool> _verdicts = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a text is a regular expression at all. Verdicts are kept: the same few thousand occur again and again.
    /// </summary>
    public static bool IsValid(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (_verdicts.TryGetValue(pattern, out bool verdict))
            return verdict;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            verdict = true;
        }
        catch (ArgumentException)
        {
            verdict = false;
        }
        return _verdicts.GetOrAdd(pattern, verdict);
    }
}
