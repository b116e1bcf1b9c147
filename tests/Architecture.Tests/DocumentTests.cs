using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>Pages that people write: decisions have one form and an index, and links lead somewhere.</summary>
public partial class DocumentTests
{
    [Fact]
    public void A_decision_asks_a_question_and_answers_it_under_a_number_of_its_own()
    {
        FileInfo[] pages = Decisions();
        Assert.NotEmpty(pages);
        Assert.Equal(pages.Length, pages.Select(NumberOf).Distinct().Count());
        Assert.All(pages, page =>
        {
            string[] lines = File.ReadAllLines(page.FullName);
            Assert.True(lines[0].StartsWith($"# {NumberOf(page)}: ", StringComparison.Ordinal),
                $"{page.Name}: the title is '# NNNN: …'");
            Assert.True(lines[2].StartsWith("**Question.** ", StringComparison.Ordinal),
                $"{page.Name}: the title is followed by '**Question.** …'");
            Assert.True(lines.Any(line => line.StartsWith("**Decision.**", StringComparison.Ordinal)),
                $"{page.Name}: '**Decision.** …' is missing");
        });
    }

    [Fact]
    public void The_index_of_decisions_lists_each_with_its_title()
    {
        string index = File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", "decisions", "README.md"));
        Assert.All(Decisions(), page => Assert.Contains($"- [{File.ReadLines(page.FullName).First()[2..]}]({page.Name})\n",
            index, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_to_a_file_leads_to_one()
    {
        var wrong = new List<string>();
        foreach (FileInfo page in Pages())
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page.FullName)))
            {
                string target = link.Groups["target"].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                    && !Path.Exists(Path.Combine(page.DirectoryName!, target)))
                    wrong.Add($"{Repository.RelativePath(page)}: {target}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_type_on_the_walks_from_door_to_door_exists()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root.FullName, "docs", "architecture.md"));
        int start = page.IndexOf("## From door to door", StringComparison.Ordinal);
        string walks = page[start..page.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
        HashSet<string> files = [.. Repository.SourceFiles("src").Select(file => file.Name.Split('.')[0])];
        string[] named = [.. TypeName().Matches(walks).Select(match => match.Groups["name"].Value).Distinct()];
        Assert.InRange(named.Length, 40, int.MaxValue);
        Assert.DoesNotContain(named, name => !files.Contains(name));
    }

    private static FileInfo[] Decisions() =>
        [.. new DirectoryInfo(Path.Combine(Repository.Root.FullName, "docs", "decisions")).EnumerateFiles("0*.md")];

    private static string NumberOf(FileInfo page) => page.Name[..4];

    private static IEnumerable<FileInfo> Pages() => Repository.Root.EnumerateFiles("*.md")
        .Concat(((string[])["docs", "bench", "fuzz", "examples", "bindings"]).Select(
            name => new DirectoryInfo(Path.Combine(Repository.Root.FullName, name)))
            .Where(directory => directory.Exists)
            .SelectMany(directory => directory.EnumerateFiles("*.md", SearchOption.AllDirectories)))
        .Where(file => !Repository.RelativePath(file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<name>[A-Z][a-z]+[A-Z]?[A-Za-z]*)`")]
    private static partial Regex TypeName();
}
