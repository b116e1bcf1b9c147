using System.Reflection;
using System.Text;
using Devicetree.Text.Diagnostics;

namespace Architecture.Tests;

/// <summary>The page of all diagnostics: a section for each rule of both programs.</summary>
internal static class DiagnosticPage
{
    /// <summary>What the letters of IDs stand for, in the order of the page.</summary>
    private static readonly (string Letters, string Title)[] _kinds =
    [
        ("INP", "Files"), ("DT", "Commands of `dt`"), ("CPP", "The preprocessor"), ("DTS", "Devicetree sources"),
        ("FMT", "Layout of sources"),
        ("BLB", "Blobs"), ("FLD", "Directories that hold a tree"), ("BND", "Devicetrees against bindings"),
        ("DTV", "Values of devicetrees"),
        ("SCH", "Sets of bindings"), ("DOC", "Bindings"), ("EXA", "Examples in bindings"), ("STY", "The style of bindings"),
        ("YML", "YAML"),
        ("GT", "Commands of `gunyah`"), ("GUN", "The devicetree of a guest"), ("GM", "Machine files and runs"),
    ];

    /// <summary>Every rule of both programs, by ID.</summary>
    public static IReadOnlyList<DiagnosticRule> Rules { get; } =
        [.. new[] { "dt", "gunyah" }.SelectMany(ListOf).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The text after the page's head.</summary>
    public static string Sections()
    {
        var page = new StringBuilder();
        ILookup<string, DiagnosticRule> byKind = Rules.ToLookup(rule => rule.Id.TrimEnd([.. "0123456789"]));
        Assert.Equal(byKind.Select(kind => kind.Key).Order(), _kinds.Select(kind => kind.Letters).Order());
        foreach ((string letters, string title) in _kinds)
            page.Append($"- [{letters}: {title}](#{Anchor($"{letters}: {title}")})\n");
        foreach ((string letters, string title) in _kinds)
        {
            page.Append($"\n## {letters}: {title}\n");
            foreach (DiagnosticRule rule in byKind[letters])
                Append(page, rule);
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, DiagnosticRule rule)
    {
        page.Append($"\n### {rule.Id}\n\n`{rule.Name}`, {Diagnostic.SeverityWord(rule.Severity)}. {rule.Summary}\n");
        if (rule.Why.Length > 0)
            page.Append($"\n{rule.Why}\n");
        if (rule.Example.Length > 0)
            page.Append($"\n```\n{rule.Example.TrimEnd('\n')}\n```\n");
        if (rule.Advice.Length > 0)
            page.Append($"\n**What to do:** {rule.Advice}\n");
    }

    /// <summary>The anchor that forges give a heading.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(each => char.IsLetterOrDigit(each) || each is ' ' or '-'))
        .Replace(' ', '-');

    private static IReadOnlyList<DiagnosticRule> ListOf(string program)
    {
        Type table = Assembly.Load(program).GetTypes().Single(type => type.Name == "RuleTable");
        return (IReadOnlyList<DiagnosticRule>)table.GetProperty("All")!.GetValue(null)!;
    }
}
