using Devicetree.Diagnostics;

namespace Devicetree.Schema.Model;

/// <summary>
/// A value of a schema: what YAML and JSON have in common. Never changes once built; rewriting steps build new values and share the
/// parts they leave alone.
/// </summary>
/// <param name="Span">Where it is written; the default span when it comes from a rewriting step or from JSON.</param>
public abstract record SchemaValue(SourceSpan Span);

/// <summary><c>null</c>, also an empty YAML value.</summary>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaNull(SourceSpan Span) : SchemaValue(Span);

/// <summary><c>true</c> or <c>false</c>; as a schema, everything or nothing.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaBoolean(bool Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>An integer. Sixty-four bit numbers of either sign occur, so it is wider.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaInteger(Int128 Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A number with a fraction. No binding needs one, but YAML can write it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaFloat(double Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A string.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaString(string Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A list.</summary>
/// <param name="Items">Its items in order.</param>
/// <param name="Span">Where it is written.</param>
public sealed record SchemaArray(IReadOnlyList<SchemaValue> Items, SourceSpan Span) : SchemaValue(Span);

/// <summary>A mapping with string keys, in the order they are written; no key stands twice.</summary>
public sealed record SchemaObject : SchemaValue
{
    private readonly OrderedDictionary<string, SchemaEntry> _entries;

    /// <summary>A mapping of entries, the keys of which differ.</summary>
    public SchemaObject(IEnumerable<SchemaEntry> entries, SourceSpan span)
        : base(span)
    {
        _entries = new OrderedDictionary<string, SchemaEntry>(StringComparer.Ordinal);
        foreach (SchemaEntry entry in entries)
            _entries.Add(entry.Key, entry);
    }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>The entries in order.</summary>
    public IEnumerable<SchemaEntry> Entries => _entries.Values;

    /// <summary>The value of a key, null when it is absent.</summary>
    public SchemaValue? this[string key] => _entries.TryGetValue(key, out SchemaEntry entry) ? entry.Value : null;

    /// <summary>The entry of a key, null when it is absent.</summary>
    public SchemaEntry? Find(string key) => _entries.TryGetValue(key, out SchemaEntry entry) ? entry : null;
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeySpan">Where the key is written.</param>
/// <param name="Value">The value.</param>
public readonly record struct SchemaEntry(string Key, SourceSpan KeySpan, SchemaValue Value);
