using System.Reflection;

namespace Architecture.Tests;

/// <summary>The arrows between the directories of each project: which of them names types of which others.</summary>
public class DirectoryArrowTests
{
    public static TheoryData<string> Projects => [.. DirectoryRows.All.Keys];

    [Fact]
    public void Every_project_lists_its_directories() => Assert.Equal(
        Repository.Projects("src").Select(static project => Path.GetFileNameWithoutExtension(project.Name)).Order(),
        DirectoryRows.All.Keys.Order());

    [Theory, MemberData(nameof(Projects))]
    public void A_directory_may_know_only_directories_that_are_listed_before_it(string project)
    {
        var before = new HashSet<string>();
        var circles = new List<string>();
        foreach (DirectoryRow row in DirectoryRows.All[project])
        {
            circles.AddRange(row.May.Where(other => !before.Contains(other))
                .Select(other => $"{row.Directory} may know {other}, which is not listed before it"));
            Assert.True(before.Add(row.Directory), $"{row.Directory} is listed twice");
        }
        Assert.True(circles.Count == 0, string.Join('\n', circles));
    }

    [Theory, MemberData(nameof(Projects))]
    public void The_directories_of_a_project_know_each_other_as_their_rows_say(string project)
    {
        (string From, string To)[] declared =
            [.. DirectoryRows.All[project].SelectMany(static row => row.May.Select(other => (row.Directory, other)))];
        HashSet<(string From, string To)> found = [.. ArrowsOf(project)];
        IEnumerable<string> wrong =
        [
            .. found.Except(declared).Select(static arrow => $"{arrow.From} knows {arrow.To}, which its row does not say"),
            .. declared.Except(found).Select(static arrow => $"{arrow.From} does not know {arrow.To}, as its row says"),
            .. DirectoryRows.All[project].Select(static row => row.Directory).Except(DirectoriesOf(project))
            .Select(static name => $"{name} does not exist"),
            .. DirectoriesOf(project).Except(DirectoryRows.All[project].Select(static row => row.Directory))
            .Select(static name => $"{name} has no row"),
        ];
        Assert.True(!wrong.Any(), string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_name_in_a_signature_a_body_an_attribute_a_constraint_or_a_constant_is_an_arrow()
    {
        Assembly own = typeof(DirectoryArrowTests).Assembly;
        const string From = "Architecture.Tests.Arrows.From";
        IReadOnlyDictionary<string, SortedSet<string>> arrows = AssemblyArrows.Of(own.Location);
        Assert.Equal(
            ["InArgument", "InAttribute", "InBase", "InBody", "InConstraint", "InField", "InSignature"],
            arrows[From].Select(static name => name[(name.LastIndexOf('.') + 1)..]));
        string source = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Architecture.Tests", "Arrows", "From",
            "Everything.cs"));
        Assert.Equal([(From, "Architecture.Tests.Arrows.InConstant")], ConstantArrows.Of(own, [source]));
    }

    private static IEnumerable<(string From, string To)> ArrowsOf(string project)
    {
        Assembly assembly = Assembly.Load(DependencyArrowTests.AssemblyOf(project));
        IEnumerable<(string From, string To)> compiled = AssemblyArrows.Of(assembly.Location)
            .SelectMany(static row => row.Value.Select(to => (row.Key, to)));
        IEnumerable<string> sources = Repository.SourceFiles(Path.Combine("src", project))
            .Select(static file => File.ReadAllText(file.FullName));
        return compiled.Concat(ConstantArrows.Of(assembly, sources))
            .Select(arrow => (From: DirectoryOf(project, arrow.From), To: DirectoryOf(project, arrow.To)))
            .Where(static arrow => arrow is { From: not null, To: not null })
            .Select(static arrow => (arrow.From!, arrow.To!));
    }

    private static IEnumerable<string> DirectoriesOf(string project) =>
        AssemblyArrows.Of(Assembly.Load(DependencyArrowTests.AssemblyOf(project)).Location).Keys
            .Select(name => DirectoryOf(project, name)).OfType<string>();

    /// <summary>The directory of a namespace; null for one of generated code.</summary>
    private static string? DirectoryOf(string project, string name) =>
        name.Length == 0 ? "Program"
        : name == project ? "."
        : name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..].Replace('.', '/')
        : null;
}
