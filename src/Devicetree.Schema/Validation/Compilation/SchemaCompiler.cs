using System.Collections.Concurrent;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Validation.Compilation;

/// <summary>
/// Compiles schemas of a set. Files and the targets of references are compiled once, everything in them when it is first needed.
/// Safe for use by several threads.
/// </summary>
/// <param name="source">The set.</param>
/// <param name="options">How to compile; the defaults when null.</param>
internal sealed class SchemaCompiler(ISchemaSource source, SchemaCompilerOptions? options = null) : IKeywordSource
{
    private readonly ConcurrentDictionary<string, CompiledSchema> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Uri, string Pointer), CompiledSchema> _parts = new();
    private readonly ConcurrentDictionary<(string BaseUri, string Reference), bool> _unresolved = new();

    /// <summary>How schemas are compiled.</summary>
    public SchemaCompilerOptions Options { get; } = options ?? new();

    /// <summary>
    /// The references met so far that lead nowhere, by the schemas they stand in. Of one that leads nowhere inside of a schema
    /// that exists nothing is demanded whatever the options say: the original stops there.
    /// </summary>
    public IEnumerable<(string BaseUri, string Reference)> Unresolved => _unresolved.Keys;

    /// <summary>
    /// The schema of an identifier without <c>#</c>. What stands for one that is not in the set is up to
    /// <see cref="SchemaCompilerOptions.MissingSchemasForbid"/>.
    /// </summary>
    public CompiledSchema Get(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _files.TryGetValue(uri, out CompiledSchema? known)
            ? known
            : _files.GetOrAdd(uri, source.Find(uri) is SchemaValue schema ? new(this, schema, uri) : Missing(uri));
    }

    /// <summary>Compiles a schema that need not be in the set.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="baseUri">The identifier from which its references are seen.</param>
    public CompiledSchema Compile(SchemaValue schema, string baseUri) => new(this, schema, baseUri);

    bool IKeywordSource.SortsKeys => Options.SortKeys;

    Keyword[] IKeywordSource.KeywordsOf(CompiledSchema schema) => new KeywordCompiler(this, schema).Compile();

    CompiledSchema IKeywordSource.Resolve(string baseUri, string reference)
    {
        (string uri, string fragment) = SchemaUri.Split(SchemaUri.Join(baseUri, reference));
        CompiledSchema file = Get(uri);
        if (file.IsUnknown)
            _unresolved.TryAdd((baseUri, reference), true);
        if (fragment.Length == 0 || file.IsUnknown)
            return file;
        if (_parts.TryGetValue((uri, fragment), out CompiledSchema? known))
            return known;
        SchemaValue? target = SchemaUri.Follow(file.Source, fragment);
        if (target is null)
            _unresolved.TryAdd((baseUri, reference), true);
        return _parts.GetOrAdd((uri, fragment), target is null ? Unknown(uri) : new CompiledSchema(this, target, uri));
    }

    private CompiledSchema Missing(string uri) =>
        Options.MissingSchemasForbid ? new(this, new SchemaBoolean(false, default), uri) : Unknown(uri);

    private CompiledSchema Unknown(string uri) => new(this, new SchemaBoolean(true, default), uri) { IsUnknown = true };
}
