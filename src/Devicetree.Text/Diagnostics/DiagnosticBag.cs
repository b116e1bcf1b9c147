using System.Globalization;
using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Diagnostics;

/// <summary>
/// Collects diagnostics in the order they are found. It keeps a bounded number, so that an input of a million faults costs no
/// more than one of some thousands. Errors have room of their own, which others cannot take: a result that is refused always says
/// why.
/// </summary>
/// <param name="capacity">The most warnings and notes that are kept.</param>
public sealed class DiagnosticBag(int capacity = DiagnosticBag.DefaultCapacity)
{
    /// <summary>How many warnings and notes are kept when nothing else is said.</summary>
    public const int DefaultCapacity = 1000;

    /// <summary>How many errors are kept: more than anyone corrects at once, and no more than some megabytes of text.</summary>
    public const int MaxErrors = 10_000;

    /// <summary>
    /// What is quoted from an input is cut after so many characters: more than the path of any real node or the text of any check
    /// has, so that only a hostile input is cut.
    /// </summary>
    private const int MaxQuoted = 8192;

    private readonly List<Diagnostic> _items = [];
    private int _others;

    /// <summary>The diagnostics that were kept.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>How many errors were reported, kept or not.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>How many warnings and notes were reported beyond the capacity.</summary>
    public int Dropped { get; private set; }

    /// <summary>How many errors were reported beyond <see cref="MaxErrors"/>.</summary>
    public int DroppedErrors => Math.Max(0, ErrorCount - MaxErrors);

    /// <summary>True when at least one error was reported.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>Reports that a rule is broken.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="span">Where.</param>
    /// <param name="arguments">
    /// What fills the places of its texts. All but numbers become strings, only if the diagnostic is kept, and are made safe to
    /// print: cut, and without control characters.
    /// </param>
    public void Report(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments) =>
        Report(rule, span, [], arguments);

    /// <summary>Reports that a rule is broken, with other places that help to understand it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="span">Where.</param>
    /// <param name="related">The other places.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void Report(
        DiagnosticRule rule, SourceSpan span, IReadOnlyList<RelatedPlace> related, params ReadOnlySpan<object> arguments) =>
        Report(rule, span, related, null, arguments);

    /// <summary>Reports that a rule is broken by a node or a property.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="span">Where.</param>
    /// <param name="related">The other places.</param>
    /// <param name="subject">The node or property.</param>
    /// <param name="arguments">What fills the places of its texts.</param>
    public void Report(
        DiagnosticRule rule, SourceSpan span, IReadOnlyList<RelatedPlace> related, DiagnosticSubject? subject,
        params ReadOnlySpan<object> arguments)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!Count(rule))
            return;
        var safe = new object[arguments.Length];
        for (int i = 0; i < safe.Length; i++)
            safe[i] = arguments[i] is ValueType ? arguments[i] : Printable(arguments[i].ToString() ?? "");
        _items.Add(new(
            rule, span, string.Format(CultureInfo.InvariantCulture, rule.Message, safe),
            string.Format(CultureInfo.InvariantCulture, rule.Remedy, safe), related)
        {
            Arguments = safe,
            Subject = subject,
        });
    }

    /// <summary>Takes over a diagnostic of another bag, its texts as they are.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        if (Count(diagnostic.Rule))
            _items.Add(diagnostic);
    }

    /// <summary>Counts a diagnostic; false when there is no room for it.</summary>
    private bool Count(DiagnosticRule rule)
    {
        if (rule.Severity == Severity.Error)
            return ++ErrorCount <= MaxErrors;
        if (++_others <= capacity)
            return true;
        Dropped++;
        return false;
    }

    private static string Printable(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxQuoted)))
            result.Append(char.IsControl(c) ? '\uFFFD' : c);
        return text.Length > MaxQuoted ? result.Append('…').ToString() : result.ToString();
    }
}
