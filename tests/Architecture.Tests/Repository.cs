using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The sources and projects of the checkout.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = new(Checkout.Root);

    public static IEnumerable<FileInfo> SourceFiles(string directory) =>
        new DirectoryInfo(Path.Combine(Root.FullName, directory))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !RelativePath(file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    public static IEnumerable<FileInfo> Projects(string directory) =>
        new DirectoryInfo(Path.Combine(Root.FullName, directory)).EnumerateFiles("*.csproj", SearchOption.AllDirectories);

    public static string RelativePath(FileSystemInfo file) => Path.GetRelativePath(Root.FullName, file.FullName);

    public static string[] ProjectReferences(FileInfo project) =>
        [.. XDocument.Load(project.FullName).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))];

    public static string[] PackageReferences(FileInfo project) =>
        [.. XDocument.Load(project.FullName).Descendants("PackageReference")
        .Select(reference => (string)reference.Attribute("Include")!)];
}
