using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation.Compilation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>The rules for bindings: schemas that are applied to bindings as documents. Safe for use by several threads.</summary>
public sealed class MetaSchemas : ISchemaSource
{
    private const string Name = "meta-schemas";

    private static readonly Lazy<MetaSchemas> _builtIn = new(() => Of(BuiltInRules.All));

    private readonly Dictionary<string, SchemaValue> _schemas = new(StringComparer.Ordinal);

    private MetaSchemas(IEnumerable<SchemaValue> schemas)
    {
        foreach (SchemaValue value in schemas)
        {
            if (value is SchemaObject schema && schema["$id"] is SchemaString id)
                _schemas.TryAdd(id.Value.TrimEnd('#'), schema);
        }
        // Formats are named and not checked: the original gives its checker of them to no validator.
        Compiler = new SchemaCompiler(this, new() { SortKeys = false });
    }

    /// <summary>Our own rules, which say the same as those of the newest dt-schema.</summary>
    public static MetaSchemas BuiltIn => _builtIn.Value;

    /// <summary>Applies the rules.</summary>
    internal SchemaCompiler Compiler { get; }

    /// <summary>Those of a directory.</summary>
    /// <param name="directory">An absolute path: the directory that dt-schema is installed in, or that of its core schemas,
    /// beside which the rules are.</param>
    /// <returns>Null when there are none.</returns>
    public static MetaSchemas? In(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string inner = Path.Combine(directory, Name);
        if (!Directory.Exists(inner))
            inner = Path.Combine(Path.GetDirectoryName(directory.TrimEnd('/')) ?? directory, Name);
        if (!Directory.Exists(inner))
            return null;
        string[] files = Directory.GetFiles(inner, "*.yaml");
        Array.Sort(files, StringComparer.Ordinal);
        var schemas = new MetaSchemas(files.Select(file => YamlLoader.LoadFile(file, new DiagnosticBag())).OfType<SchemaValue>());
        return schemas._schemas.Count > 0 ? schemas : null;
    }

    /// <summary>The rules of these texts.</summary>
    internal static MetaSchemas Of(IEnumerable<SourceText> sources) =>
        new(sources.Select(source => YamlLoader.Load(source, new DiagnosticBag())).OfType<SchemaValue>());

    /// <summary>The schema of an ID without <c>#</c>.</summary>
    internal SchemaValue? Find(string uri) => _schemas.GetValueOrDefault(uri);

    SchemaValue? ISchemaSource.Find(string uri) => Find(uri);
}
