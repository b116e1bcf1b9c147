using Devicetree;
using Devicetree.Flattened;

namespace Gunyah.Guest.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class Vectors
{
    public static byte[] Primary => Read("primary.dtb");

    public static byte[] Secondary => Read("secondary.dtb");

    public static Tree Tree(byte[] blob)
    {
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    private static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "tests", "vectors", "real", name);
            if (File.Exists(path))
                return path;
        }
        throw new FileNotFoundException("no folder above the test has tests/vectors/real", name);
    }
}
