namespace Gunyah.Testing;

/// <summary>
/// The checkout that the running tests were built from, found upwards from their own directory. Linked into every test project.
/// </summary>
internal static class Checkout
{
    /// <summary>The directory that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>A recording of the real system, in <c>tests/vectors/real</c>.</summary>
    public static string RealVector(string name) => File("tests", "vectors", "real", name);

    private static string Find()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Gunyah.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("the tests do not run inside a checkout");
    }
}
