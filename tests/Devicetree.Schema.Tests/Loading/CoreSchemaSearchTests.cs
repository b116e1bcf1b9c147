using Devicetree.Schema.Loading;

namespace Devicetree.Schema.Tests.Loading;

public sealed class CoreSchemaSearchTests : IDisposable
{
    private const string Installed = "lib/python3.11/site-packages/dtschema/schemas";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("core-search-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_installed_dt_schema_is_found_beside_the_programs_of_the_search_path()
    {
        WriteTypes("definitions:\n  uint8:\n    type: integer\n");
        Assert.Equal(Path.Combine(_directory.FullName, Installed), Find().Directory);
    }

    /// <summary>
    /// Debian 12 has dt-schema 2022.08, whose types are those of trees in which every number is a list of lists.
    /// </summary>
    [Fact]
    public void An_installed_dt_schema_of_the_older_generation_is_passed_over()
    {
        WriteTypes("definitions:\n  uint8-item:\n    type: integer\n  uint8:\n    type: array\n");
        CoreSchemas found = Find();
        Assert.Null(found.Directory);
        Assert.Equal(Path.Combine(_directory.FullName, Installed), found.PassedOver);
    }

    [Fact]
    public void Without_one_our_own_are_used()
    {
        CoreSchemas found = Find();
        Assert.Equal(CoreSchemas.BuiltIn, found);
        Assert.Null(found.PassedOver);
    }

    private CoreSchemas Find()
    {
        string programs = Directory.CreateDirectory(Path.Combine(_directory.FullName, "bin")).FullName;
        return CoreSchemaSearch.Find(name => name == "PATH" ? programs : null, path => path);
    }

    private void WriteTypes(string text)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_directory.FullName, Installed)).FullName;
        File.WriteAllText(Path.Combine(directory, "types.yaml"), text);
    }
}
