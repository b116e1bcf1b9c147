using Devicetree;
using Devicetree.Flattened;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>The recordings of the real system in <c>tests/vectors/real</c>.</summary>
internal static class Vectors
{
    private static readonly string Folder = Find();

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static Tree Tree(string name) => TreeOf(Bytes(name));

    public static Tree TreeOf(byte[] blob) =>
        FdtReader.TryRead(blob, out Tree? tree, out FdtError? error) ? tree : throw new InvalidDataException(error.ToString());

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gunyah.slnx")))
                return Path.Combine(folder.FullName, "tests", "vectors", "real");
        }
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
