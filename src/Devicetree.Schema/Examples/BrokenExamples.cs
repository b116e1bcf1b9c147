using System.Text.RegularExpressions;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Examples;

/// <summary>
/// The examples of one binding that do not compile. All examples are one source, so that one may use what another includes or
/// defines: of those that are broken the directives stay.
/// </summary>
internal sealed partial class BrokenExamples
{
    private readonly Dictionary<int, HashSet<int>> _lines = [];

    /// <summary>Notes the examples that errors are in.</summary>
    /// <param name="diagnostics">What was found in the source of all examples.</param>
    /// <param name="places">Where that is in them.</param>
    /// <returns>What was found in the examples that are broken by it; nothing when no example that still counted is.</returns>
    public IReadOnlyList<Diagnostic> Add(IReadOnlyList<Diagnostic> diagnostics, ExamplePlaces places)
    {
        var broken = new HashSet<int>();
        foreach (Diagnostic error in diagnostics.Where(item => item.Rule.Severity == Severity.Error))
        {
            if (places.LineOf(error.Span) is not ExampleLine line)
                continue;
            if (!_lines.TryGetValue(line.Example, out HashSet<int>? lines))
            {
                _lines.Add(line.Example, lines = []);
                broken.Add(line.Example);
            }
            // A directive that is left may turn out to be broken, too.
            if (lines.Add(line.Line))
                broken.Add(line.Example);
        }
        return [.. diagnostics.Where(item => places.LineOf(item.Span) is ExampleLine line && broken.Contains(line.Example))];
    }

    /// <summary>What is left of the text of an example, line by line.</summary>
    public string TextOf(int index, string text)
    {
        if (!_lines.TryGetValue(index, out HashSet<int>? broken))
            return text;
        string[] lines = text.Split('\n');
        bool continues = false;
        for (int i = 0; i < lines.Length; i++)
        {
            bool isDirective = continues || Directive().IsMatch(lines[i]);
            continues = isDirective && lines[i].EndsWith('\\');
            if (!isDirective || broken.Contains(i))
                lines[i] = "";
        }
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"^\s*#\s*(include|define|undef|if|ifdef|ifndef|elif|else|endif)\b")]
    private static partial Regex Directive();
}
