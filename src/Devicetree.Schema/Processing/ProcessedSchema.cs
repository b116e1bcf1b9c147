using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>When a schema is tested against a node.</summary>
internal enum SelectKind
{
    /// <summary>It does not say: when its compatible string is the node's, else only where another refers to it.</summary>
    Absent,

    /// <summary>Only where another refers to it.</summary>
    Never,

    /// <summary>Always.</summary>
    Always,

    /// <summary>When the node satisfies another schema.</summary>
    Conditional,
}

/// <summary>
/// One schema, rewritten to the form that blobs are checked against. Its content is made when it is first asked for.
/// </summary>
internal sealed class ProcessedSchema
{
    private readonly SchemaStore _store;
    private readonly int _index;

    // Two threads may both make them; both results are the same, and references are written whole.
    private SchemaObject? _schema;
    private SchemaValue? _select;

    internal ProcessedSchema(SchemaStore store, int index)
    {
        _store = store;
        _index = index;
        Id = store.Id(index);
        SelectKind = store.SelectKind(index);
    }

    /// <summary>
    /// What others refer to it by, without the <c>#</c> at its end: <c>http://devicetree.org/schemas/serial/8250.yaml</c>.
    /// </summary>
    public string Id { get; }

    /// <summary>Its place in <see cref="ProcessedSchemas.Schemas"/>.</summary>
    public int Index => _index;

    /// <summary>The file it was read from.</summary>
    public string FileName => _store.FileName(_index);

    /// <summary>When it is tested against a node.</summary>
    public SelectKind SelectKind { get; }

    /// <summary>The schema, keys in ordinal order. <c>$id</c>, <c>$filename</c> and <c>select</c> are among them.</summary>
    public SchemaObject Schema => _schema ??= _store.Schema(_index);

    /// <summary>What a node has to satisfy for the schema to be tested against it; null when the schema does not say.</summary>
    public SchemaValue? Select =>
        SelectKind == SelectKind.Absent ? null : _select ??= _schema?["select"] ?? _store.Select(_index);

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <summary>What kind a <c>select</c> is.</summary>
    internal static SelectKind KindOf(SchemaValue? select) => select switch
    {
        null => SelectKind.Absent,
        SchemaBoolean { Value: false } => SelectKind.Never,
        SchemaBoolean => SelectKind.Always,
        _ => SelectKind.Conditional,
    };
}
