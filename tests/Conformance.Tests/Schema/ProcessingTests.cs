using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Conformance.Tests.Bindings;
using Conformance.Tests.Tools;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Schema;

/// <summary>Processed schemas against those of the newest dt-schema and of Debian's.</summary>
public sealed class ProcessingTests(ReferenceCore core)
{
    /// <summary>
    /// What dt-mk-schema of dt-schema 2026.6.dev15 (commit 01b5073) makes of linux-source-6.1's bindings and its own core
    /// schemas, in the form of <see cref="Canonical"/>; made by running it, then printing the same form of its file with a script
    /// in Python.
    /// </summary>
    private const string ExpectedDigest = "90f1ad5f50c41679bb725a329e683a73c353713e5aeca97d480bb1700b107439";

    private const int ExpectedEntries = 3_048;

    /// <summary>Where Debian's dt-schema has its core schemas.</summary>
    private const string DebiansCore = "/usr/lib/python3/dist-packages/dtschema/schemas";

    private const int ExpectedTypes = 2_944;

    [Fact]
    public void All_bindings_of_the_kernel_become_what_the_newest_dt_schema_makes_of_them()
    {
        BindingCorpus.Require();
        ReferenceCore.Require();
        (ProcessedSchemas schemas, SchemaLoadReport report) = core.Kernel;

        using JsonDocument file = Written(schemas);
        Assert.Equal(ExpectedEntries, file.RootElement.EnumerateObject().Count());
        Assert.Equal(ExpectedTypes, file.RootElement.GetProperty("generated-types").GetProperty("properties").EnumerateObject()
            .Count());
        Assert.Equal(ExpectedDigest, Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(file.RootElement)))));
        // Two of the kernel's files are no JSON Schema, three of the core schemas are in the kernel as well.
        string[] lines = [.. report.Remarks.Select(OriginalRemark.Of)];
        Assert.Equal(2, lines.Count(line => line.Contains("ignoring, error in schema", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains("ignoring duplicate '$id'", StringComparison.Ordinal)));
    }

    /// <summary>
    /// With our own core schemas every property is decoded as with those of dt-schema: the same types, the same sizes of rows.
    /// </summary>
    [Fact]
    public void Our_core_schemas_give_every_property_the_same_types()
    {
        BindingCorpus.Require();
        ReferenceCore.Require();
        ProcessedSchemas theirs = core.Kernel.Schemas;
        ProcessedSchemas ours = ReferenceCore.OwnKernel;
        string[] different =
        [
            .. theirs.PropertyTypes.Names.Select(entry => entry.Key).Where(name => TypesOf(theirs, name) != TypesOf(ours, name)),
        ];
        Assert.Empty(different);
        Assert.Equal(theirs.PropertyTypes.Names.Select(entry => entry.Key).Order(),
            ours.PropertyTypes.Names.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        BindingCorpus.Require();
        ProcessedSchemas schemas = SchemaLoader.Load(
            [Path.Combine(BindingCorpus.Root, "clock"), Path.Combine(BindingCorpus.Root, "serial")], CoreSchemas.BuiltIn,
            new SchemaLoadReport(), 2);
        using var first = new MemoryStream();
        ProcessedSchemaFile.Write(schemas, first);
        var diagnostics = new DiagnosticBag();
        ProcessedSchemas? again = ProcessedSchemaFile.Read(new SourceText("processed.json", first.ToArray()), diagnostics);

        Assert.Empty(diagnostics.Items);
        using var second = new MemoryStream();
        ProcessedSchemaFile.Write(again!, second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    /// <summary>Its data model is older, so its schemas differ; which there are and what they speak of does not.</summary>
    [Fact]
    public void Debians_dt_schema_knows_the_same_schemas_and_compatible_strings()
    {
        BindingCorpus.Require("dt-mk-schema");
        using var directory = new TemporaryDirectory();
        string[] bindings = [.. BindingCorpus.All().Where((_, index) => index % 25 == 0)];
        string list = directory.Write("files", Encoding.UTF8.GetBytes(string.Join('\n', bindings)));
        string theirs = directory.PathOf("theirs.json");
        ExternalTool.Run("dt-mk-schema", "-j", "-o", theirs, "@" + list);

        var report = new SchemaLoadReport();
        // Its core schemas are too old to be used as such; here they are bindings like others.
        ProcessedSchemas ours = SchemaLoader.Load([.. bindings.Append(DebiansCore).Select(SchemaPlace.FromString)],
            CoreSchemas.None, report, 2);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(theirs));
        string[] ids =
        [
            .. file.RootElement.EnumerateObject().Select(entry => entry.Name.TrimEnd('#'))
                .Where(id => !id.StartsWith("generated", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
        // A list stands where a schema should; only the newest judges files by JSON Schema alone and leaves it out.
        Assert.Equal(ids.Where(id => !id.EndsWith("/qcom,pmic-mpp.yaml", StringComparison.Ordinal)),
            ours.Schemas.Select(schema => schema.Id));
        JsonElement compatible = file.RootElement.GetProperty("generated-compatibles").GetProperty("properties")
            .GetProperty("compatible");
        string[] documented = [.. compatible.GetProperty("items").GetProperty("anyOf")[0].GetProperty("enum").EnumerateArray()
            .Select(text => text.GetString()!)];
        Assert.NotEmpty(documented);
        Assert.All(documented, text => Assert.True(ours.IsDocumented(text), text));
    }

    private static string TypesOf(ProcessedSchemas schemas, string name) =>
        string.Join(' ', schemas.PropertyTypes.Of(name).Select(type => $"{type.Name} {type.Dimensions}")
        .Order(StringComparer.Ordinal));

    private static JsonDocument Written(ProcessedSchemas schemas)
    {
        using var file = new MemoryStream();
        ProcessedSchemaFile.Write(schemas, file);
        return JsonDocument.Parse(file.ToArray());
    }

    /// <summary>
    /// A file without what depends on where and in which order schemas were read: the names of files, the order of the patterns
    /// of compatible strings and of the types of one property (the original's follow its hash seed and the file system), the
    /// release.
    /// </summary>
    private static string Canonical(JsonElement file)
    {
        var text = new StringBuilder();
        foreach (JsonProperty entry in file.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Name != "version")
                AppendCanonical(text.Append(entry.Name).Append('='), entry.Value,
                    isSet: entry.Name.StartsWith("generated-", StringComparison.Ordinal));
        }
        return text.ToString();
    }

    private static StringBuilder AppendCanonical(StringBuilder text, JsonElement value, bool isSet)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty property in value.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (property.Name != "$filename")
                        AppendCanonical(text.Append(property.Name).Append('='), property.Value, isSet);
                }
                return text.Append("}\n");
            case JsonValueKind.Array:
                IEnumerable<string> items = value.EnumerateArray().Select(item => AppendCanonical(new(), item, isSet).ToString());
                return text.Append('[').AppendJoin(' ', isSet ? items.Order(StringComparer.Ordinal) : items).Append("]\n");
            case JsonValueKind.String:
                return text.Append('"').Append(value.GetString()).Append("\"\n");
            default:
                return text.Append(CultureInfo.InvariantCulture, $"{value.GetRawText()}\n");
        }
    }
}
