using System.Text.Json;
using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>
/// What packages say of themselves and of what they hold. That they can be installed and used is in <c>.ci/packages</c>.
/// </summary>
public class PackageTests
{
    private static readonly string[] _tools = ["Devicetree.Tool", "Gunyah.Tool"];

    public static TheoryData<string> Projects =>
        [.. Repository.Projects("src").Select(static project => Path.GetFileNameWithoutExtension(project.Name))];

    [Theory, MemberData(nameof(Projects))]
    public void Every_package_has_a_description_tags_and_a_page_of_its_own(string name)
    {
        XDocument project = XDocument.Load(Checkout.File("src", name, name + ".csproj"));
        Assert.InRange(project.Descendants("Description").Single().Value.Length, 60, 250);
        Assert.Contains(';', project.Descendants("PackageTags").Single().Value);
        string page = File.ReadAllText(Checkout.File("src", name, "README.md"));
        Assert.StartsWith($"# {name}\n", page, StringComparison.Ordinal);
        Assert.True(page.Length > 300, page);
    }

    [Fact]
    public void The_notices_list_every_package_that_is_in_ours()
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string tool in _tools)
        {
            using var assets = JsonDocument.Parse(File.ReadAllText(Checkout.File("src", tool, "obj", "project.assets.json")));
            string[] directories = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject()
                .Select(static directory => directory.Name)];
            foreach (JsonProperty package in assets.RootElement.GetProperty("targets").GetProperty("net10.0").EnumerateObject())
            {
                // What is only used to build has no files for the runtime.
                if (package.Value.GetProperty("type").GetString() != "package" || !package.Value.TryGetProperty("runtime", out _))
                    continue;
                string[] parts = package.Name.Split('/');
                expected.Add(Row(directories, parts[0], parts[1]));
            }
        }
        string[] listed = [.. File.ReadLines(Checkout.File("THIRD-PARTY-NOTICES.md"))
            .Where(static line => line.StartsWith("| [", StringComparison.Ordinal))
            .TakeWhile(static line => !line.Contains(".NET runtime", StringComparison.Ordinal))];
        Assert.Equal(expected, listed);
    }

    private static string Row(string[] directories, string name, string version)
    {
        string path = directories.Select(directory =>
            Path.Combine(directory, name.ToLowerInvariant(), version, name.ToLowerInvariant() + ".nuspec")).First(File.Exists);
        XElement package = XDocument.Load(path).Root!;
        string Of(string element) => package.Descendants().First(each => each.Name.LocalName == element).Value;
        return $"| [{name}]({Of("projectUrl")}) | {version} | {Of("license")} | {Of("copyright")} |";
    }
}
