using System.Text.RegularExpressions;

namespace Devicetree.Schema.Patterns;

/// <summary>
/// One pattern in .NET's engine, for what <see cref="PatternParser"/> does not read: the engine without backtracking, or, for
/// patterns that refer back, the backtracking one under a time limit. A pattern that exceeds it, or that is malformed, matches
/// nothing from then on.
/// </summary>
internal sealed class RegexFallback
{
    /// <summary>
    /// How long a search may take. Names and strings take microseconds, so no machine is so busy that this decides of a pattern
    /// that is meant well; a harmful one is asked only once.
    /// </summary>
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(30);

    private readonly string _pattern;
    private volatile Regex? _regex;
    private volatile bool _isUseless;

    public RegexFallback(string pattern) => _pattern = pattern;

    public bool IsMatch(string text)
    {
        if (_isUseless)
            return false;
        try
        {
            return (_regex ??= Make(_pattern)).IsMatch(text);
        }
        catch (Exception problem) when (problem is RegexMatchTimeoutException or ArgumentException)
        {
            _isUseless = true;
            return false;
        }
    }

    private static Regex Make(string pattern)
    {
        try
        {
            // Its time is linear in the text and needs no limit.
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, _timeLimit);
        }
    }
}
