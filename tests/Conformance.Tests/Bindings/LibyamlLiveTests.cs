using System.Text;
using System.Text.Json;
using Conformance.Tests.Tools;

namespace Conformance.Tests.Bindings;

/// <summary>YAML is read as the installed libyaml reads it, asked through Python.</summary>
public class LibyamlLiveTests
{
    private const int Mutants = 8000;

    /// <summary>Of so many mutants one may be refused at another place or in other words.</summary>
    private const int MostElsewhere = 1000;

    private static readonly string[] _pieces =
    [
        " ", "  ", "\n", "\t", ":", ": ", "- ", "-", "? ", "[", "]", "{", "}", ",", "#", " #", "'", "\"", "|\n", ">\n", "&a ",
        "*a", "!", "%", "@", "`", "a", "b: c\n", "\\",
        "---\n", "...\n", "\r\n", "\u0001", "|2\n", "\u0085",
    ];

    [Fact]
    public void The_recorded_verdicts_are_those_of_the_installed_library() =>
        Assert.Equal(YamlVerdict.Recorded.Select(row => YamlVerdict.Of(row.Verdict)),
        Ask(YamlVerdict.Recorded.Select(row => row.Text)));

    [Fact]
    public void Mutants_of_the_recorded_texts_are_read_or_refused_alike()
    {
        string[] texts = [.. Enumerable.Range(0, Mutants).Select(Mutant)];
        string[] original = Ask(texts);
        var differences = new List<string>();
        int elsewhere = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            string ours = YamlVerdict.Of(texts[i]);
            if (ours == original[i] || IsExempt(texts[i], original[i], ours))
                continue;
            // Of two errors in one text the parsers may meet another one first; that is rare.
            bool bothRefuse = ours.StartsWith("refused", StringComparison.Ordinal)
                && original[i].StartsWith("refused", StringComparison.Ordinal);
            if (!bothRefuse || ++elsewhere > Mutants / MostElsewhere)
                differences.Add($"{JsonSerializer.Serialize(texts[i])}\n  libyaml: {original[i]}\n  ours:    {ours}");
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {texts.Length}\n" + string.Join('\n', differences.Take(40)));
    }

    /// <summary>
    /// What is meant to differ: control characters are an error at their place and not before all others, keys that are no
    /// strings are an error and repeated anchors are none; lines are counted as everywhere here, by line feeds, and a file has no
    /// line behind its last one; a file that begins with the end of a document; what tags mean, and whether an alias is known, is
    /// found in the order of the text.
    /// </summary>
    private static bool IsExempt(string text, string original, string ours) =>
        original.StartsWith("refused: control", StringComparison.Ordinal)
        || ours.StartsWith("refused: control", StringComparison.Ordinal)
        || original == "other" || ours.Contains("a key is ", StringComparison.Ordinal)
        || original.EndsWith(": second occurrence", StringComparison.Ordinal)
        || text.StartsWith("...", StringComparison.Ordinal)
        || (text.Contains("...", StringComparison.Ordinal) && ours == "read \"\"")
        || ours.EndsWith(": found undefined tag handle", StringComparison.Ordinal)
        || (text.Contains('!', StringComparison.Ordinal)
            && (ours.Contains("constructor for the tag", StringComparison.Ordinal)
                || ours.EndsWith("something stands where it cannot", StringComparison.Ordinal)))
        || ours.EndsWith(": found undefined alias", StringComparison.Ordinal)
        || ours.EndsWith(": did not find expected token", StringComparison.Ordinal)
        || ours.EndsWith("before version directive", StringComparison.Ordinal)
        || (Words(original) == Words(ours) && (text.AsSpan().ContainsAny('\r', '\u0085', '\uFEFF') || !text.EndsWith('\n')));

    private static string Words(string verdict) => verdict[(verdict.IndexOf(": ", StringComparison.Ordinal) + 1)..];

    private static string Mutant(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(YamlVerdict.Recorded[random.Next(YamlVerdict.Recorded.Count)].Text);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(text.Length + 1);
            if (random.Next(3) == 0 && at < text.Length)
                text.Remove(at, 1);
            else
                text.Insert(at, _pieces[random.Next(_pieces.Length)]);
        }
        return text.ToString();
    }

    private static string[] Ask(IEnumerable<string> texts)
    {
        ExternalTool.Require("python3");
        using var directory = new TemporaryDirectory();
        string file = directory.Write("texts.json",
            Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(text => JsonSerializer.Serialize(text)))));
        ToolResult result = ExternalTool.Start("/usr/bin/python3", Checkout.File("tests", "vectors", "yaml", "verdict.py"), file);
        if (result.StandardError.Contains("No module named", StringComparison.Ordinal))
            ExternalTool.Missing("python3-yaml is not installed");
        result.Succeeds();
        return [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => YamlVerdict.Of(JsonDocument.Parse(line).RootElement))];
    }
}
