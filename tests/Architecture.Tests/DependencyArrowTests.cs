using System.Reflection;

namespace Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: who may know whom.</summary>
public class DependencyArrowTests
{
    /// <summary>What each project may reach, through however many steps, and the packages it may name.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> _allowed = new()
    {
        ["Devicetree.Text"] = ([], ["YamlDotNet", "System.IO.Hashing"]),
        ["Devicetree"] = (["Devicetree.Text"], []),
        ["Devicetree.Schema"] = (["Devicetree.Text", "Devicetree"], ["YamlDotNet", "System.IO.Hashing"]),
        ["Devicetree.Tool"] = (["Devicetree.Text", "Devicetree", "Devicetree.Schema"], ["System.CommandLine", "Spectre.Console"]),
        ["Gunyah.Abi"] = ([], []),
        ["Gunyah.Aarch64"] = (["Gunyah.Abi"], []),
        ["Gunyah.Virtio"] = (["Gunyah.Abi"], []),
        ["Gunyah.Hypervisor"] = (["Gunyah.Abi"], []),
        ["Gunyah.Guest"] = (["Gunyah.Abi", "Devicetree.Text", "Devicetree"], []),
        ["Gunyah.ResourceManager"] = (["Gunyah.Abi", "Devicetree.Text", "Devicetree", "Gunyah.Guest"], []),
        ["Gunyah.Machine"] = (["Gunyah.Abi", "Devicetree.Text", "Devicetree", "Gunyah.Aarch64", "Gunyah.Guest",
            "Gunyah.Hypervisor", "Gunyah.ResourceManager", "Gunyah.Virtio"], []),
        ["Gunyah.Tool"] = (["Gunyah.Abi", "Devicetree.Text", "Devicetree", "Devicetree.Schema", "Gunyah.Aarch64",
            "Gunyah.Guest", "Gunyah.Hypervisor", "Gunyah.ResourceManager", "Gunyah.Virtio", "Gunyah.Machine"],
            ["System.CommandLine", "Spectre.Console"]),
    };

    public static TheoryData<string> Projects =>
        [.. Repository.Projects("src").Select(project => Path.GetFileNameWithoutExtension(project.Name))];

    [Fact]
    public void Every_project_has_its_arrows_declared_here() =>
        Assert.Equal(_allowed.Keys.Order(), Repository.Projects("src")
        .Select(project => Path.GetFileNameWithoutExtension(project.Name)).Order());

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_architecture_allows(string project)
    {
        FileInfo file = Repository.Projects("src")
            .Single(candidate => Path.GetFileNameWithoutExtension(candidate.Name) == project);
        Assert.Empty(Repository.ProjectReferences(file).Except(_allowed[project].Projects));
        Assert.Empty(Repository.PackageReferences(file).Except(_allowed[project].Packages));
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_compiled_assembly_reaches_only_what_the_architecture_allows(string project)
    {
        Assembly assembly = Assembly.Load(AssemblyOf(project));
        IEnumerable<string> ours = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => _allowed.Keys.Any(known => AssemblyOf(known) == name));
        Assert.Empty(ours.Except(_allowed[project].Projects));
    }

    internal static string AssemblyOf(string project) =>
        project switch { "Gunyah.Tool" => "gunyah", "Devicetree.Tool" => "dt", _ => project };

    /// <summary>
    /// A program that is linked statically and loads a library at run time gets a second C library with it, and dies. What of the
    /// base library does so: the digests and random numbers of OpenSSL, and the network with its names and certificates.
    /// </summary>
    [Theory]
    [InlineData("Devicetree.Tool")]
    [InlineData("Devicetree.Schema")]
    [InlineData("Devicetree")]
    [InlineData("Devicetree.Text")]
    public void Nothing_that_loads_native_libraries_is_reached_by_the_program_that_is_linked_statically(string project)
    {
        string[] loaders = ["System.Security", "System.Net", "System.DirectoryServices", "System.Data", "System.Drawing"];
        IEnumerable<string> reached = Assembly.Load(AssemblyOf(project)).GetReferencedAssemblies()
            .Select(reference => reference.Name!);
        Assert.DoesNotContain(reached, name => loaders.Any(
            loader => name == loader || name.StartsWith(loader + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_guest_and_the_resource_manager_never_reach_the_hypervisor()
    {
        foreach (string guest in (string[])["Gunyah.Guest", "Gunyah.ResourceManager"])
            Assert.DoesNotContain(Assembly.Load(guest).GetReferencedAssemblies(),
                reference => reference.Name == "Gunyah.Hypervisor");
    }
}
