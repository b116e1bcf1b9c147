namespace Conformance.Tests.Tools;

/// <summary>Files of the repository, found upwards from the build output.</summary>
internal static class Repository
{
    public static byte[] RealVector(string name) => File.ReadAllBytes(Path.Combine(Root(), "tests", "vectors", "real", name));

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gunyah.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
