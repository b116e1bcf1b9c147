using System.Text.RegularExpressions;

namespace Devicetree.Schema.Patterns;

/// <summary>
/// A pattern that <see cref="PatternParser"/> does not read: .NET's engine without backtracking, or, for those that look around, the
/// backtracking one under a time limit. A pattern that exceeds it, or that is malformed, matches nothing from then on.
/// </summary>
internal sealed class RegexFallback
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(200);

    private readonly string _pattern;
    private Regex? _regex;
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
            _isUseless = true;
        }
        catch (ArgumentException)
        {
            _isUseless = true;
        }
        return false;
    }

    private static Regex Make(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeLimit);
        }
    }
}
