namespace Devicetree.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class Vectors
{
    public static readonly string[] RealBlobs = ["primary-base.dtb", "primary.dtb", "secondary.dtb"];

    private static readonly string Folder = Find();

    public static byte[] Real(string name) => File.ReadAllBytes(System.IO.Path.Combine(Folder, "real", name));

    /// <summary>The build output lies somewhere below the repository, whose root has the solution.</summary>
    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Gunyah.slnx")))
                return System.IO.Path.Combine(folder.FullName, "tests", "vectors");
        }
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
