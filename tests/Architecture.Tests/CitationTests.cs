using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>
/// Facts about the originals stand on the pages of docs/facts, and code, tests and docs cite them in one form: the page, then
/// sections or quirks, as in <c>gunyah-abi.md 4.3.2 to 4.3.4, Q7</c> or <c>devicetree.md 1.18</c>.
/// </summary>
public partial class CitationTests
{
    private static readonly Dictionary<string, HashSet<string>> _pages = Directory
        .EnumerateFiles(Path.Combine(Repository.Root.FullName, "docs", "facts"), "*.md")
        .ToDictionary(file => Path.GetFileName(file), file => Places(File.ReadAllText(file)));

    [Fact]
    public void Every_page_and_section_that_is_cited_exists()
    {
        List<string> lost = [];
        int found = 0;
        foreach ((string file, string text) in CitingFiles())
        {
            foreach (Match citation in Citation().Matches(text))
            {
                string page = citation.Groups["page"].Value;
                found++;
                IEnumerable<string> cited = Place().Matches(citation.Groups["places"].Value).Select(place => place.Value);
                lost.AddRange(cited.Where(place => !_pages.TryGetValue(page, out HashSet<string>? places)
                    || !places.Contains(place))
                    .Select(place => $"{file}: {page} {place}"));
            }
        }

        Assert.Empty(lost);
        Assert.True(found > 300, $"only {found} citations were recognized");
    }

    [Fact]
    public void Every_citation_has_the_one_form()
    {
        IEnumerable<string> others = CitingFiles()
            .SelectMany(file => OtherForm().Matches(file.Text).Select(match => (file.Name, file.Text, match)))
            .Where(place => !OtherDocument().IsMatch(place.Text[Math.Max(0, place.match.Index - 60)..place.match.Index]))
            .Select(place => $"{place.Name}: {place.match.Value}");
        Assert.Empty(others);
    }

    [Fact]
    public void A_page_of_facts_refers_to_sections_that_it_has()
    {
        IEnumerable<string> lost = _pages.Keys.SelectMany(page => OwnSection()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", "facts", page)))
            .Select(match => match.Groups[1].Value)
            .Where(section => !_pages[page].Contains(section))
            .Select(section => $"{page}: section {section}"));
        Assert.Empty(lost);
    }

    [Theory]
    [InlineData("gunyah-abi.md 4.3.2 to 4.3.4, Q7", "gunyah-abi.md", "4.3.2|4.3.4|Q7")]
    [InlineData("gunyah-rm.md 1.6 and 1.7.", "gunyah-rm.md", "1.6|1.7")]
    [InlineData("devicetree.md 3.1, step 8", "devicetree.md", "3.1")]
    [InlineData("(gunyah-rm.md 7.3 and Q-08).", "gunyah-rm.md", "7.3|Q-08")]
    public void A_citation_is_read_to_its_end(string text, string page, string places)
    {
        Match citation = Citation().Match(text);
        Assert.Equal(page, citation.Groups["page"].Value);
        Assert.Equal(places, string.Join('|', Place().Matches(citation.Groups["places"].Value).Select(place => place.Value)));
    }

    [Theory]
    [InlineData("(gunyah-abi.md, section 4.3)")]
    [InlineData("(reference 1.18)")]
    [InlineData("(section 4.1.4)")]
    [InlineData("as gunyah-rm.md has it")]
    [InlineData("(quirk Q7)")]
    public void Another_form_is_recognized(string text) => Assert.Matches(OtherForm(), text);

    /// <summary>Texts in which a comment that goes on in the next line is one line.</summary>
    private static IEnumerable<(string Name, string Text)> CitingFiles()
    {
        string[] extensions = [".cs", ".md", ".yaml", ".yml", ".txt", ".dts", ".dtsi"];
        string[] directories = ["src", "tests", "docs", "bench", "fuzz", "examples"];
        return directories
            .Select(directory => new DirectoryInfo(Path.Combine(Repository.Root.FullName, directory)))
            .Where(directory => directory.Exists)
            .SelectMany(directory => directory.EnumerateFiles("*", SearchOption.AllDirectories))
            .Append(new FileInfo(Path.Combine(Repository.Root.FullName, "README.md")))
            .Where(file => extensions.Contains(file.Extension))
            .Select(file => (File: file, Name: Repository.RelativePath(file).Replace('\\', '/')))
            .Where(file => !file.Name.Split('/').Any(part => part is "bin" or "obj"))
            .Where(file => !file.Name.StartsWith("docs/facts/", StringComparison.Ordinal)
            && file.Name != "tests/Architecture.Tests/CitationTests.cs")
            .Select(file => (file.Name, WrappedComment().Replace(File.ReadAllText(file.File.FullName), " ")));
    }

    /// <summary>The numbers of a page's headings and the names of its quirks.</summary>
    private static HashSet<string> Places(string page) =>
        [.. Heading().Matches(page).Concat(QuirkRow().Matches(page)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^#+ (\d+(?:\.\d+)*)\.? ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| \**(Q-?\d+)\b", RegexOptions.Multiline)]
    private static partial Regex QuirkRow();

    [GeneratedRegex(@"\b(?<page>[a-z][a-z-]*\.md) (?<places>(?:\d+(?:\.\d+)*|Q-?\d+)(?:(?:,| to| and) (?:\d+(?:\.\d+)*|Q-?\d+)\b)*)")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d+(?:\.\d+)*|Q-?\d+")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b[Ss]ections? \d[\d.]*|\b[Rr]eference \d+(?:\.\d+)*[),:;]|(?<!/)\b(?:gunyah-abi|gunyah-rm|devicetree)\.md\b(?! [\dQ])|\b[Qq]uirks? Q|\(Q-?\d+")]
    private static partial Regex OtherForm();

    /// <summary>Documents of others, whose sections are cited by their own names.</summary>
    [GeneratedRegex(@"Devicetree Specification|SARIF|YAML")]
    private static partial Regex OtherDocument();

    [GeneratedRegex(@"(?<!Specification[^|.]{0,20})\bsections? (\d+(?:\.\d+)*)\b")]
    private static partial Regex OwnSection();

    [GeneratedRegex(@"\n[ \t]*(?:///?|#|\*)?[ \t]*")]
    private static partial Regex WrappedComment();
}
