using System.Text.RegularExpressions;

namespace Architecture.Tests;

public partial class HouseRuleTests
{
    private const int LongestFile = 600;
    private const int WidestLine = 130;

    public static TheoryData<string> SourceFiles => [.. Repository.SourceFiles("src").Select(Repository.RelativePath)];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        IEnumerable<string> tooLong = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            .Select(file => (Name: Repository.RelativePath(file), Lines: File.ReadLines(file.FullName).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Name}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    /// <summary>Texts are not cut: a line may be wider where a string runs across the edge.</summary>
    [Fact]
    public void No_line_is_wider_than_a_window()
    {
        var wide = new List<string>();
        foreach (FileInfo file in ((string[])["src", "tests", "fuzz", "bench"]).SelectMany(Repository.SourceFiles))
        {
            bool isRaw = false;
            int number = 0;
            foreach (string line in File.ReadLines(file.FullName))
            {
                number++;
                bool wasRaw = isRaw;
                isRaw ^= line.Split("\"\"\"").Length % 2 == 0;
                if (line.Length > WidestLine && !wasRaw && !isRaw && !RunsAcross(line, WidestLine))
                    wide.Add($"{Repository.RelativePath(file)}:{number}");
            }
        }
        Assert.Empty(wide);
    }

    [Theory]
    [InlineData("f(\"abc\");", 5, true)]
    [InlineData("f(\"abc\");", 7, false)]
    [InlineData("f(\"a\\\"bc\");", 7, true)]
    [InlineData("f('\"', abc);", 8, false)]
    [InlineData("/// says \"x", 10, false)]
    [InlineData("f(\"\"\"a\"b\"\"\", c);", 7, true)]
    [InlineData("f(\"\"\"a\"b\"\"\", c);", 12, false)]
    public void A_string_runs_across_an_edge_that_its_quotes_stand_around(string line, int edge, bool expected) =>
        Assert.Equal(expected, RunsAcross(line, edge));

    /// <summary>Whether a string begins before a column of a line and ends behind it.</summary>
    private static bool RunsAcross(string line, int edge)
    {
        string? quote = null;
        for (int at = 0; at < edge; at++)
        {
            if (quote is null)
            {
                if (line.AsSpan(at).StartsWith("//", StringComparison.Ordinal))
                    return false;
                if (line[at] == '\'' && line.AsSpan(at + 1).IndexOf('\'') is >= 1 and <= 2 and int length)
                    at += length + 1;
                else if (line[at] == '"')
                    quote = line.AsSpan(at).StartsWith("\"\"\"", StringComparison.Ordinal) ? "\"\"\"" : "\"";
                else
                    continue;
                at += quote?.Length - 1 ?? 0;
            }
            else if (line[at] == '\\' && quote.Length == 1)
            {
                at++;
            }
            else if (line.AsSpan(at).StartsWith(quote, StringComparison.Ordinal))
            {
                at += quote.Length - 1;
                quote = null;
            }
        }
        return quote is not null;
    }

    [Theory, MemberData(nameof(SourceFiles))]
    public void A_source_file_uses_no_ambient_time_or_randomness(string path)
    {
        // The tool and the parallel scheduler are where the outside world's clock and entropy come in.
        if (path.StartsWith(Path.Combine("src", "Gunyah.Tool"), StringComparison.Ordinal)
            || path.StartsWith(Path.Combine("src", "Gunyah.Machine"), StringComparison.Ordinal))
            return;

        string text = File.ReadAllText(Path.Combine(Repository.Root.FullName, path));
        Assert.DoesNotMatch(AmbientSources(), text);
    }

    [Theory, MemberData(nameof(SourceFiles))]
    public void A_namespace_is_the_path_of_its_directory(string path)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root.FullName, path));
        Match match = NamespaceDeclaration().Match(text);
        if (!match.Success)
            return; // Program.cs with top-level statements, assembly attributes
        string directory = Path.GetDirectoryName(path)!["src/".Length..].Replace(Path.DirectorySeparatorChar, '.');
        Assert.Equal(directory, match.Groups[1].Value);
    }

    /// <summary>Our own reports have our own words; who stands in an original's place has its.</summary>
    [Fact]
    public void Only_drop_ins_use_words_that_were_made_for_Python()
    {
        string[] users = [.. Repository.SourceFiles("src")
            .Where(file => File.ReadLines(file.FullName).Any(line =>
                line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(".Python;", StringComparison.Ordinal)))
            .Select(Repository.RelativePath)];
        Assert.NotEmpty(users);
        Assert.All(users, file => Assert.True(
            file.Contains("/Python/", StringComparison.Ordinal) || file.Contains("/DropIns/", StringComparison.Ordinal), file));
    }

    [Fact]
    public void Native_functions_are_those_of_the_C_library()
    {
        string[] imports = [.. Repository.SourceFiles("src").SelectMany(file => File.ReadLines(file.FullName))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("[DllImport", StringComparison.Ordinal)
            || line.StartsWith("[LibraryImport", StringComparison.Ordinal))];
        Assert.NotEmpty(imports);
        Assert.All(imports, import => Assert.StartsWith("[DllImport(CLibrary.Name, ", import, StringComparison.Ordinal));
    }

    [Fact]
    public void Package_versions_stand_only_in_the_central_file()
    {
        IEnumerable<string> own = Repository.Projects("src").Concat(Repository.Projects("tests"))
            .Where(project => File.ReadAllText(project.FullName).Contains("Version=\"", StringComparison.Ordinal))
            .Select(Repository.RelativePath);
        Assert.Empty(own);
    }

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Utc)?Now\b|\bRandom\.Shared\b|\bnew Random\(\)|\bGuid\.NewGuid\b|\bStopwatch\.(StartNew|GetTimestamp)\b|\bEnvironment\.TickCount")]
    private static partial Regex AmbientSources();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
