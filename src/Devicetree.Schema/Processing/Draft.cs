using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Processing;

/// <summary>
/// A value of a schema while it is rewritten: unlike <see cref="SchemaValue"/>, lists and mappings of it can change.
/// </summary>
internal abstract class Draft
{
    /// <summary>A copy of a value that can be changed. A value behind several aliases becomes several copies.</summary>
    public static Draft From(SchemaValue value) => value switch
    {
        SchemaObject mapping => DraftObject.From(mapping),
        SchemaArray array => new DraftArray([.. array.Items.Select(From)], array.Span),
        _ => new DraftLeaf(value),
    };

    /// <summary>A copy that shares nothing that can change.</summary>
    public abstract Draft Copy();

    /// <summary>
    /// The value as it will stay: the keys of every mapping in ordinal order, which is the order of processed schemas.
    /// </summary>
    public abstract SchemaValue Freeze();
}

/// <summary>A value that is neither list nor mapping.</summary>
/// <param name="value">The value.</param>
internal sealed class DraftLeaf(SchemaValue value) : Draft
{
    /// <summary>The schema that everything satisfies.</summary>
    public static DraftLeaf True { get; } = new(new SchemaBoolean(true, default));

    public SchemaValue Value => value;

    public static DraftLeaf Of(int number) => new(new SchemaInteger(number, default));

    public static DraftLeaf Of(string text) => new(new SchemaString(text, default));

    public override Draft Copy() => this;

    public override SchemaValue Freeze() => value;
}

/// <summary>A list.</summary>
/// <param name="items">The items; the list is kept.</param>
/// <param name="span">Where it is written.</param>
internal sealed class DraftArray(List<Draft> items, SourceSpan span) : Draft
{
    public List<Draft> Items => items;

    public static DraftArray Of(params ReadOnlySpan<Draft> items) => new([.. items], default);

    /// <summary>Whether a string is among the items.</summary>
    public bool Holds(string text) => IndexOf(text) >= 0;

    /// <summary>Removes the first item that is a string.</summary>
    public void Remove(string text) => items.RemoveAt(IndexOf(text));

    public override Draft Copy() => new DraftArray([.. items.Select(item => item.Copy())], span);

    public override SchemaValue Freeze()
    {
        var frozen = new SchemaValue[items.Count];
        for (int i = 0; i < frozen.Length; i++)
            frozen[i] = items[i].Freeze();
        return new SchemaArray(frozen, span);
    }

    private int IndexOf(string text) =>
        items.FindIndex(item => item is DraftLeaf { Value: SchemaString { Value: string value } } && value == text);
}

/// <summary>A mapping.</summary>
/// <param name="span">Where it is written.</param>
internal sealed class DraftObject(SourceSpan span) : Draft
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public IReadOnlyList<Entry> Entries => _entries;

    public SourceSpan Span => span;

    public static DraftObject From(SchemaObject mapping)
    {
        var draft = new DraftObject(mapping.Span);
        draft._entries.Capacity = mapping.Count;
        foreach (SchemaEntry entry in mapping.Entries)
            draft._entries.Add(new(entry.Key, entry.KeySpan, From(entry.Value)));
        return draft;
    }

    /// <summary>A mapping with one entry.</summary>
    public static DraftObject Of(string key, Draft value)
    {
        var draft = new DraftObject(default);
        draft.Set(key, value);
        return draft;
    }

    /// <summary>The value of a key, null when it is absent.</summary>
    public Draft? Get(string key) => IndexOf(key) is int index and >= 0 ? _entries[index].Value : null;

    /// <summary>The mapping at a key, null when there is none.</summary>
    public DraftObject? Mapping(string key) => Get(key) as DraftObject;

    public bool Has(string key) => IndexOf(key) >= 0;

    public bool HasAny(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (Has(key))
                return true;
        }
        return false;
    }

    /// <summary>Gives a key a value; a key that is there keeps its place.</summary>
    public void Set(string key, Draft value)
    {
        int index = IndexOf(key);
        if (index >= 0)
            _entries[index] = _entries[index] with { Value = value };
        else
            _entries.Add(new(key, default, value));
    }

    /// <summary>Gives a key a value and a place, at the end; the key must be absent.</summary>
    public void Append(Entry entry) => _entries.Add(entry);

    /// <summary>Gives a key a value unless it has one.</summary>
    public void SetDefault(string key, Draft value)
    {
        if (!Has(key))
            _entries.Add(new(key, default, value));
    }

    /// <summary>The mapping at a key, made when the key is absent. Null when there is something else.</summary>
    public DraftObject? MappingOrNew(string key)
    {
        SetDefault(key, new DraftObject(default));
        return Mapping(key);
    }

    /// <summary>Takes an entry out.</summary>
    /// <returns>The entry, null when the key is absent.</returns>
    public Entry? Take(string key)
    {
        int index = IndexOf(key);
        if (index < 0)
            return null;
        Entry entry = _entries[index];
        _entries.RemoveAt(index);
        return entry;
    }

    public override Draft Copy()
    {
        var copy = new DraftObject(span);
        copy._entries.AddRange(_entries.Select(entry => entry with { Value = entry.Value.Copy() }));
        return copy;
    }

    public override SchemaValue Freeze()
    {
        var frozen = new SchemaEntry[_entries.Count];
        for (int i = 0; i < frozen.Length; i++)
            frozen[i] = new(_entries[i].Key, _entries[i].KeySpan, _entries[i].Value.Freeze());
        Array.Sort(frozen, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return SchemaObject.OfDistinct(frozen, span);
    }

    private int IndexOf(string key)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key)
                return i;
        }
        return -1;
    }

    /// <summary>A key and its value.</summary>
    public readonly record struct Entry(string Key, SourceSpan KeySpan, Draft Value);
}
