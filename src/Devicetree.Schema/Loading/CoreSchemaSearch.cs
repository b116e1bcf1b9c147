namespace Devicetree.Schema.Loading;

/// <summary>Finds core schemas where nobody says which to use.</summary>
public static class CoreSchemaSearch
{
    /// <summary>The environment variable that names the directory of the core schemas to use.</summary>
    public const string Variable = "DT_CORE_SCHEMAS";

    private static readonly string[] _packageFolders = ["dist-packages", "site-packages"];

    /// <summary>
    /// The directory that <see cref="Variable"/> names; else those of a dt-schema that is installed where the programs of the
    /// search path are; else our own, which are part of this library.
    /// </summary>
    /// <param name="variable">Answers what an environment variable holds.</param>
    /// <param name="fullPath">Makes a path absolute.</param>
    public static CoreSchemas Find(Func<string, string?> variable, Func<string, string> fullPath)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(fullPath);
        if (variable(Variable) is { Length: > 0 } named)
            return CoreSchemas.In(fullPath(named));
        return FindInstalled(variable) is string installed ? CoreSchemas.In(installed) : CoreSchemas.BuiltIn;
    }

    private static string? FindInstalled(Func<string, string?> variable)
    {
        foreach (string programs in (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string libraries = Path.Combine(programs, "..", "lib");
            if (!Path.IsPathRooted(programs) || !Directory.Exists(libraries))
                continue;
            // Several versions of Python may each have one; the last is the newest.
            string? found = DirectoriesOf(libraries).Order(StringComparer.Ordinal)
                .LastOrDefault(directory => File.Exists(Path.Combine(directory, CoreSchemas.Types)));
            if (found is not null)
                return found;
        }
        return null;
    }

    /// <summary>Where packages of Python are, Debian's and everyone else's.</summary>
    private static IEnumerable<string> DirectoriesOf(string libraries)
    {
        try
        {
            return Directory.GetDirectories(libraries, "python3*").SelectMany(
                interpreter => _packageFolders.Select(packages =>
                    Path.GetFullPath(Path.Combine(interpreter, packages, "dtschema", "schemas"))));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
