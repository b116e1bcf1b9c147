using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Regular expressions of schemas. They are written for Python's engine and are searched for anywhere in a text. They run in time linear
/// in the text; the few that need an assertion about what is around, which no such engine can do, run under a time limit.
/// </summary>
public static class SchemaPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>How long one search may take where time is not linear. Property names and strings take microseconds.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<string, bool> _verdicts = new(StringComparer.Ordinal);

    /// <summary>Whether a text is a regular expression at all. Verdicts are kept: the same few thousand occur again and again.</summary>
    public static bool IsValid(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (_verdicts.TryGetValue(pattern, out bool verdict))
            return verdict;
        try
        {
            _ = new Regex(pattern, Options, _patience);
            verdict = true;
        }
        catch (ArgumentException)
        {
            verdict = false;
        }
        return _verdicts.GetOrAdd(pattern, verdict);
    }

    /// <summary>The expression ready to search with; null when it is none.</summary>
    public static Regex? Compile(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, _patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether an expression is found in a text; not, when the search takes too long.</summary>
    public static bool Finds(Regex pattern, string text)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
