using Devicetree.Schema.Caching;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Caching;

public sealed class SchemaCacheTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("schema-cache-");

    public SchemaCacheTests()
    {
        Directory.CreateDirectory(Bindings);
        Write("types.yaml", "definitions: {uint32: {type: integer, maximum: 0xffffffffffffffff}}");
        Write("a.yaml",
            """
            properties:
              compatible: {oneOf: [{const: 'acme,a'}, {pattern: '^acme,[b-d]$'}]}
              acme,rows: {$ref: types.yaml#/definitions/uint32-matrix, items: {maxItems: 2}, maxItems: 4}
              acme,odd: {const: 1.5, default: -3, x-when: 2020-01-01, x-none: ~, x-wide: 0x1ffffffffffffffff}
            patternProperties:
              '-us$': {$ref: types.yaml#/definitions/uint32-array}
            """);
        Write("b.yaml", "select: {properties: {$nodename: {const: b}}}\nproperties: {$nodename: {const: b}, 'ünï': true}");
        Write("broken.yaml", "properties: 1");
    }

    private string Bindings => Path.Combine(_directory.FullName, "bindings");

    private string Store => Path.Combine(_directory.FullName, "cache");

    private string Image => Directory.GetFiles(Store, "schemas-*").Single();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void What_comes_from_the_cache_is_what_was_processed()
    {
        byte[] processed = Written(SchemaLoader.Load([Bindings], CoreSchemas.BuiltIn, new SchemaLoadReport()));
        Assert.Equal(processed, Written(Load(out _)));
        ProcessedSchemas cached = Load(out _);
        Assert.Equal(processed, Written(cached));
        Assert.Equal("http://devicetree.org/schemas/a.yaml", cached.FindByCompatible("acme,a")?.Id);
        Assert.Null(cached.FindByCompatible("acme,b"));
        Assert.True(cached.IsDocumented("acme,b"));
        Assert.False(cached.IsDocumented("acme,e"));
        Assert.Equal(new PropertyDimensions(new(1, 4), new(2, 2)), cached.PropertyTypes.DimensionsOf("acme,rows"));
        Assert.Equal("uint32-array", Assert.Single(cached.PropertyTypes.Of("acme,wait-us")).Name);
        Assert.Null(cached.Find("http://devicetree.org/schemas/none.yaml"));
        Assert.Contains("[{const: 'b'}]", SchemaText.Show(cached.Find("http://devicetree.org/schemas/b.yaml")!.Select!),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Places_in_the_bindings_are_kept()
    {
        Load(out _);
        var properties = (SchemaObject)Load(out _).Find("http://devicetree.org/schemas/a.yaml")!.Schema["properties"]!;
        SourceLocation? place = properties.Find("acme,rows")!.Value.KeySpan.Location;
        Assert.Equal($"{Path.Combine(Bindings, "a.yaml")}:4:3", place.ToString());
    }

    [Fact]
    public void What_was_wrong_is_said_again()
    {
        Load(out SchemaLoadReport first);
        Load(out SchemaLoadReport second);
        Assert.Contains($"{Path.Combine(Bindings, "broken.yaml")}: ignoring, error in schema: properties",
            first.Remarks.Select(OriginalRemark.Of));
        Assert.Equal(first.Remarks, second.Remarks);
        Assert.Equal(first.Diagnostics.Items.Select(item => item.Render()),
            second.Diagnostics.Items.Select(item => item.Render()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_file_is_seen_whatever_its_time_says(bool keepsTime)
    {
        Load(out _);
        string index = Directory.GetFiles(Store, "index-*").Single();
        // as if the files had been old when it was written
        File.SetLastWriteTimeUtc(index, File.GetLastWriteTimeUtc(index).AddHours(1));
        string path = Path.Combine(Bindings, "b.yaml");
        DateTime before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("const: b}}}", "const: c}}}", StringComparison.Ordinal));
        if (keepsTime)
            File.SetLastWriteTimeUtc(path, before); // and the length is the same too
        Assert.Contains("[{const: 'c'}]", SchemaText.Show(Load(out _).Find("http://devicetree.org/schemas/b.yaml")!.Select!),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_comes_or_goes_is_seen()
    {
        Load(out _);
        Write("new.yaml", "properties: {}");
        Assert.NotNull(Load(out _).Find("http://devicetree.org/schemas/new.yaml"));
        File.Delete(Path.Combine(Bindings, "new.yaml"));
        Assert.Null(Load(out _).Find("http://devicetree.org/schemas/new.yaml"));
    }

    [Fact]
    public void Files_that_have_not_changed_for_a_while_are_not_read_again()
    {
        Load(out _);
        string index = Directory.GetFiles(Store, "index-*").Single();
        // As if it had been written long after the files. It is written again whenever they have to be read.
        DateTime later = File.GetLastWriteTimeUtc(index).AddHours(1);
        File.SetLastWriteTimeUtc(index, later);
        Load(out _);
        Assert.Equal(later, File.GetLastWriteTimeUtc(index));
        File.AppendAllText(Path.Combine(Bindings, "b.yaml"), "# more\n");
        Load(out _);
        Assert.NotEqual(later, File.GetLastWriteTimeUtc(index));
    }

    [Fact]
    public void Directories_that_lead_back_to_themselves_come_to_an_end()
    {
        Directory.CreateSymbolicLink(Path.Combine(Bindings, "one"), Bindings);
        File.CreateSymbolicLink(Path.Combine(Bindings, "again.yaml"), Path.Combine(Bindings, "b.yaml"));
        Assert.NotNull(Load(out _).Find("http://devicetree.org/schemas/b.yaml"));
    }

    [Fact]
    public void Every_damaged_byte_of_the_cache_is_healed()
    {
        byte[] expected = Written(Load(out _));
        byte[] good = File.ReadAllBytes(Image);
        for (int i = 0; i < good.Length; i += Math.Max(1, good.Length / 14))
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x10;
            File.WriteAllBytes(Image, bad);
            Assert.Equal(expected, Written(Load(out _)));
            Assert.Equal(good, File.ReadAllBytes(Image));
        }
    }

    [Theory]
    [InlineData("schemas-*")]
    [InlineData("index-*")]
    public void A_file_of_the_cache_that_was_cut_off_is_healed(string kind)
    {
        byte[] expected = Written(Load(out _));
        string file = Directory.GetFiles(Store, kind).Single();
        byte[] good = File.ReadAllBytes(file);
        foreach (int length in (int[])[0, 1, 7, 40, good.Length - 1])
        {
            File.WriteAllBytes(file, good[..Math.Min(length, good.Length - 1)]);
            Assert.Equal(expected, Written(Load(out _)));
            Assert.Equal(good, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Many_at_once_agree()
    {
        byte[] expected = Written(SchemaLoader.Load([Bindings], CoreSchemas.BuiltIn, new SchemaLoadReport()));
        Parallel.For(0, 16, i =>
        {
            if (i % 4 == 3 && Directory.Exists(Store))
            {
                foreach (string file in Directory.GetFiles(Store, "*.bin"))
                    File.WriteAllBytes(file, [1, 2, 3]);
            }
            Assert.Equal(expected, Written(Load(out _)));
        });
        Assert.Empty(Directory.GetFiles(Store, "*.tmp"));
    }

    [Fact]
    public void Without_a_directory_to_write_to_everything_still_works()
    {
        File.WriteAllText(Store, "a file stands here");
        Assert.Equal(Written(SchemaLoader.Load([Bindings], CoreSchemas.BuiltIn, new SchemaLoadReport())), Written(Load(out _)));
    }

    [Fact]
    public void The_cache_does_not_grow_for_ever()
    {
        for (int i = 0; i < 24; i++)
        {
            Write("b.yaml", $"properties: {{acme,p{i}: {{type: boolean}}}}");
            Load(out _);
        }
        Assert.InRange(Directory.GetFiles(Store).Length, 2, 32);
    }

    [Fact]
    public void A_processed_file_is_kept_too()
    {
        byte[] expected = Written(Load(out _));
        string path = Path.Combine(_directory.FullName, "processed.json");
        File.WriteAllBytes(path, expected);
        var diagnostics = new DiagnosticBag();
        for (int i = 0; i < 2; i++)
            Assert.Equal(expected, Written(new SchemaCache(Store).LoadProcessed(path, diagnostics)!));
        Assert.Empty(diagnostics.Items);
        File.WriteAllText(path, "{}");
        Assert.Null(new SchemaCache(Store).LoadProcessed(path, diagnostics));
        Assert.Equal("SCH008", Assert.Single(diagnostics.Items).Rule.Id);
    }

    [Theory]
    [InlineData("/x", "/home/me", "/x/gunyah-dt")]
    [InlineData(null, "/home/me", "/home/me/.cache/gunyah-dt")]
    [InlineData("relative", "/home/me", "/home/me/.cache/gunyah-dt")]
    [InlineData(null, null, null)]
    public void The_directory_is_where_caches_are(string? caches, string? home, string? expected) =>
        Assert.Equal(expected, SchemaCache.DefaultDirectory(
            name => name switch { "XDG_CACHE_HOME" => caches, "HOME" => home, _ => null }));

    private void Write(string name, string yaml) =>
        File.WriteAllText(Path.Combine(Bindings, name), $"$id: http://devicetree.org/schemas/{name}#\n{yaml}\n");

    private ProcessedSchemas Load(out SchemaLoadReport report) =>
        new SchemaCache(Store).Load([Bindings], CoreSchemas.BuiltIn, report = new SchemaLoadReport(), 2);

    private static byte[] Written(ProcessedSchemas schemas)
    {
        using var file = new MemoryStream();
        ProcessedSchemaFile.Write(schemas, file);
        return file.ToArray();
    }
}
