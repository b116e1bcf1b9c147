using System.Text.RegularExpressions;

namespace Devicetree.Schema.Patterns;

/// <summary>
/// One pattern in .NET's engine, for what <see cref="PatternParser"/> does not read: the engine without backtracking, or, for
/// patterns that look around, the backtracking one under a time limit. A pattern that exceeds it, or that is malformed, matches
/// nothing from then on.
/// </summary>
internal sealed class RegexFallback
{
    /// <summary>How long a search may take; names and strings take microseconds.</summary>
    private static readonly TimeSpan _timeLimit = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// On a busy machine a thread may wait longer than that. Verdicts do not depend on it: the search is repeated once.
    /// </summary>
    private static readonly TimeSpan _lastTimeLimit = TimeSpan.FromSeconds(4);

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
        catch (RegexMatchTimeoutException)
        {
            return IsMatchAtLast(text);
        }
        catch (ArgumentException)
        {
            _isUseless = true;
            return false;
        }
    }

    private bool IsMatchAtLast(string text)
    {
        try
        {
            return new Regex(_pattern, RegexOptions.CultureInvariant, _lastTimeLimit).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
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
