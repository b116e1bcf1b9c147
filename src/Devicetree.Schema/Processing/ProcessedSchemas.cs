using Devicetree.Schema.Model;
using Devicetree.Schema.Patterns;

namespace Devicetree.Schema.Processing;

/// <summary>
/// All schemas that blobs are checked against, and what was worked out over all of them. Never changes; several threads may use
/// it. Schemas are made when they are first asked for.
/// </summary>
public sealed class ProcessedSchemas
{
    /// <summary>What compatible strings of examples and tests may begin with.</summary>
    private static readonly string[] _exemptPrefixes = ["foo", "test,"];

    private readonly SchemaStore _store;
    private readonly ProcessedSchema?[] _schemas;
    private readonly Lazy<IReadOnlyList<ProcessedSchema>> _selecting;
    private readonly Lazy<PatternSet> _documentedPatterns;

    internal ProcessedSchemas(SchemaStore store)
    {
        _store = store;
        _schemas = new ProcessedSchema?[store.Count];
        Schemas = new LazyList(this);
        PropertyTypes = new PropertyTypes(store);
        _selecting = new(FindSelecting);
        _documentedPatterns = new(() => new PatternSet(store.CompatiblePatterns));
    }

    /// <summary>The schemas by ID in ordinal order: the order in which findings are reported.</summary>
    internal IReadOnlyList<ProcessedSchema> Schemas { get; }

    /// <summary>Those that choose nodes by themselves, in the same order: every node is tested for each of them.</summary>
    internal IReadOnlyList<ProcessedSchema> Selecting => _selecting.Value;

    /// <summary>The types of properties.</summary>
    internal PropertyTypes PropertyTypes { get; }

    /// <summary>The schema with an ID, null when there is none.</summary>
    /// <param name="id">The ID without a <c>#</c> at its end.</param>
    internal ProcessedSchema? Find(string id) => Get(_store.FindId(id));

    /// <summary>
    /// The schema that a compatible string chooses, null when there is none. Of a node's strings the first that has one decides.
    /// </summary>
    internal ProcessedSchema? FindByCompatible(string compatible) => Get(_store.FindCompatible(compatible));

    /// <summary>
    /// Whether any schema documents a compatible string: word for word, by a pattern that is anchored at both ends, or because it
    /// begins as those of examples and tests do.
    /// </summary>
    public bool IsDocumented(string compatible)
    {
        ArgumentNullException.ThrowIfNull(compatible);
        return _store.IsDocumented(compatible)
            || Array.Exists(_exemptPrefixes, prefix => compatible.StartsWith(prefix, StringComparison.Ordinal))
            || _documentedPatterns.Value.IsMatch(compatible);
    }

    /// <summary>All compatible strings that stand in any schema word for word, in ordinal order.</summary>
    public IEnumerable<string> DocumentedCompatibles => _store.AllDocumented();

    /// <summary>What a <c>$ref</c> means.</summary>
    /// <param name="from">The schema in which it stands; after a reference to another file, that file's.</param>
    /// <param name="reference">The reference as it is written.</param>
    internal SchemaReference Resolve(ProcessedSchema from, string reference)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(reference);
        (string id, string pointer) = SchemaUri.Split(SchemaUri.Join(from.Id, reference));
        ProcessedSchema? document = id == from.Id ? from : Find(id);
        if (pointer.Length == 0)
        {
            return document is null
                ? new(null, SchemaReference.Missing, ReferenceOutcome.NoSuchFile)
                : new(document, document.Schema, ReferenceOutcome.Found);
        }
        SchemaValue? target = document is null ? null : SchemaUri.Follow(document.Schema, pointer);
        return target is null ? new(document, SchemaReference.Missing, ReferenceOutcome.NoSuchPlace)
            : new(document, target, ReferenceOutcome.Found);
    }

    internal SchemaStore Store => _store;

    private ProcessedSchema? Get(int index) => index < 0 ? null : _schemas[index] ??= new(_store, index);

    private List<ProcessedSchema> FindSelecting()
    {
        var selecting = new List<ProcessedSchema>();
        for (int i = 0; i < _schemas.Length; i++)
        {
            if (_store.SelectKind(i) is SelectKind.Always or SelectKind.Conditional)
                selecting.Add(Get(i)!);
        }
        return selecting;
    }

    /// <summary>The schemas as a list without making them all.</summary>
    private sealed class LazyList(ProcessedSchemas owner) : IReadOnlyList<ProcessedSchema>
    {
        public int Count => owner._schemas.Length;

        public ProcessedSchema this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
                return owner.Get(index)!;
            }
        }

        public IEnumerator<ProcessedSchema> GetEnumerator() =>
            Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
