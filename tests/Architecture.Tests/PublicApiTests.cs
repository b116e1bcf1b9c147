using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

/// <summary>
/// That what is public in the libraries is listed, and nobody who stands for a user sees more. Whether the lists are true, the
/// analyzer says in each build.
/// </summary>
public class PublicApiTests
{
    private const string ToolSuffix = ".Tool";

    private static readonly string[] _lists = ["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"];

    /// <summary>Those that see what users see.</summary>
    private static readonly string[] _users = ["Library.Tests", "BlobWalk"];

    public static TheoryData<string> Libraries =>
        [.. ProjectNames("src").Where(static name => !name.EndsWith(ToolSuffix, StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_lists_what_is_public(string library)
    {
        string directory = Path.Combine(Repository.Root.FullName, "src", library);
        foreach (string list in _lists)
            Assert.Equal("#nullable enable", File.ReadLines(Path.Combine(directory, list)).First());
        Assert.NotEmpty(Assembly.Load(library).GetExportedTypes());
    }

    [Theory]
    [InlineData("dt")]
    [InlineData("gunyah")]
    public void Nothing_of_a_program_is_public(string program) => Assert.Empty(Assembly.Load(program).GetExportedTypes());

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_shows_its_inside_to_projects_of_ours_that_are_no_users(string library)
    {
        HashSet<string> ours = [.. ((string[])["src", "tests", "fuzz", "bench"]).SelectMany(ProjectNames), "dt", "gunyah"];
        string[] friends = [.. Assembly.Load(library).GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(static friend => friend.AssemblyName)];
        Assert.NotEmpty(friends);
        Assert.Empty(friends.Except(ours));
        Assert.Empty(friends.Intersect(_users));
    }

    private static IEnumerable<string> ProjectNames(string directory) =>
        Repository.Projects(directory).Select(static project => Path.GetFileNameWithoutExtension(project.Name));
}
