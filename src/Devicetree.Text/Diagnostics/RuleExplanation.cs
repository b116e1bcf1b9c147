using System.Text;

namespace Devicetree.Text.Diagnostics;

/// <summary>All that can be said about a rule, as <c>dt explain</c> and <c>gunyah explain</c> print it.</summary>
internal static class RuleExplanation
{
    private const string Indentation = "    ";

    /// <summary>The explanation of a rule.</summary>
    /// <returns>Lines, each ended by a line feed: the ID with name and severity, what, why, an example, what to do.</returns>
    public static string Of(DiagnosticRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var text = new StringBuilder($"{rule.Id} {rule.Name} ({Diagnostic.SeverityWord(rule.Severity)})\n\n{rule.Summary}\n");
        if (rule.Why.Length > 0)
            text.Append($"\n{rule.Why}\n");
        if (rule.Example.Length > 0)
        {
            text.Append("\nFor example:\n\n");
            foreach (string line in rule.Example.TrimEnd('\n').Split('\n'))
                text.Append(line.Length > 0 ? Indentation : "").Append(line).Append('\n');
        }
        if (rule.Advice.Length > 0)
            text.Append($"\nWhat to do: {rule.Advice}\n");
        return text.ToString();
    }

    /// <summary>Explains the rules that a user asks for, or lists all of them.</summary>
    /// <param name="rules">The rules of the program.</param>
    /// <param name="asked">IDs or names; none for the list.</param>
    /// <param name="output">Takes the explanations.</param>
    /// <param name="refuse">Says that there is no such rule, and answers the exit code of that.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Write(IReadOnlyCollection<DiagnosticRule> rules, IReadOnlyList<string> asked, TextWriter output,
        Func<string, int> refuse)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(refuse);
        if (asked.Count == 0)
        {
            foreach (DiagnosticRule rule in rules)
                output.Write($"{rule.Id} {Diagnostic.SeverityWord(rule.Severity),-7} {rule.Name}\n");
            return ExitCodes.Good;
        }
        int code = ExitCodes.Good;
        string between = "";
        foreach (string id in asked)
        {
            DiagnosticRule[] found = Find(rules, id, out string? near);
            if (found.Length == 0)
            {
                string remedy = near is null ? "Call 'explain' alone for a list." : $"Did you mean '{near}'?";
                code = refuse($"there is no rule '{id}'. {remedy}");
            }
            foreach (DiagnosticRule rule in found)
            {
                output.Write(between + Of(rule));
                between = "\n";
            }
        }
        return code;
    }

    /// <summary>
    /// Finds a rule by its ID, in either case of letters, or rules by their name, which several kinds of input may have.
    /// </summary>
    /// <param name="rules">The rules.</param>
    /// <param name="asked">What the user asks for.</param>
    /// <param name="near">An ID or a name like it, when there is no such rule; null when there is none like it.</param>
    private static DiagnosticRule[] Find(IReadOnlyCollection<DiagnosticRule> rules, string asked, out string? near)
    {
        near = null;
        DiagnosticRule[] found = [.. rules.Where(rule => string.Equals(rule.Id, asked, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0)
            found = [.. rules.Where(rule => rule.Name == asked)];
        if (found.Length == 0)
            near = NearMiss.Of(asked.ToUpperInvariant(), rules.Select(rule => rule.Id))
                ?? NearMiss.Of(asked, rules.Select(rule => rule.Name));
        return found;
    }
}
