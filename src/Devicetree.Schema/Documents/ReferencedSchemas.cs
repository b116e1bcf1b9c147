using System.Collections.Concurrent;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>
/// The schemas that bindings may refer to: files below the directory that their IDs start from, then the core schemas. A file is
/// read once, however many bindings refer to it. Safe for use by several threads.
/// </summary>
/// <param name="core">The core schemas.</param>
internal sealed class ReferencedSchemas(CoreSchemas core)
{
    /// <summary>What every ID of a schema begins with.</summary>
    public const string Base = "http://devicetree.org/schemas/";

    private readonly ConcurrentDictionary<string, SchemaValue?> _files = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, SchemaValue>> _inMemory = new(() => Load(core.Sources));

    /// <summary>The schema of an ID.</summary>
    /// <param name="uri">The ID without <c>#</c>.</param>
    /// <param name="directory">The directory that IDs start from, with a slash at its end.</param>
    /// <returns>Null where there is none, or one that cannot be read.</returns>
    public SchemaValue? Find(string uri, string directory)
    {
        if (!uri.StartsWith(Base, StringComparison.Ordinal))
            return null;
        string path = uri[Base.Length..];
        // An ID that climbs out of the directory names no schema; neither does one that ends like a directory.
        if (path.Length == 0 || path[^1] == '/' || path.Split('/').Contains(".."))
            return null;
        return Load(directory + path)
            ?? (core.Directory is string inner ? Load(Path.Combine(inner, path)) : _inMemory.Value.GetValueOrDefault(uri));
    }

    private SchemaValue? Load(string path) =>
        _files.GetOrAdd(path, static file => File.Exists(file) ? YamlLoader.LoadFile(file, new DiagnosticBag()) : null);

    private static Dictionary<string, SchemaValue> Load(IReadOnlyList<SourceText> sources)
    {
        var byId = new Dictionary<string, SchemaValue>(StringComparer.Ordinal);
        foreach (SourceText source in sources)
        {
            if (YamlLoader.Load(source, new DiagnosticBag()) is SchemaObject schema && schema["$id"] is SchemaString id)
                byId[id.Value.TrimEnd('#')] = schema;
        }
        return byId;
    }
}
