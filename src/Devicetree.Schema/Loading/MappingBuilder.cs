using Devicetree.Schema.Model;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Loading;

/// <summary>
/// Collects the entries of one mapping and finds keys that stand twice, quickly for short and for very long ones.
/// </summary>
internal sealed class MappingBuilder
{
    /// <summary>Up to so many keys are compared one by one.</summary>
    private const int ComparedInTurn = 12;

    private readonly List<SchemaEntry> _entries = [];
    private readonly List<SchemaEntry> _merged = [];
    private Dictionary<string, int>? _index;

    /// <summary>Whether a mapping has been merged into this one.</summary>
    public bool HasMerged { get; private set; }

    /// <summary>Where the last value that was added is written; null when none was.</summary>
    public SourceSpan? LastSpan => _entries.Count == 0 ? null : _entries[^1].Value.Span;

    /// <summary>Adds an entry.</summary>
    /// <returns>False when the key is there already.</returns>
    public bool TryAdd(SchemaEntry entry)
    {
        if (IndexOf(entry.Key) >= 0)
            return false;
        _index?.Add(entry.Key, _entries.Count);
        _entries.Add(entry);
        return true;
    }

    /// <summary>The entry of a key that was added.</summary>
    public SchemaEntry Find(string key) => _entries[IndexOf(key)];

    /// <summary>Adds entries of another mapping for keys that neither this one nor an earlier merged one has.</summary>
    public void Merge(SchemaObject other)
    {
        HasMerged = true;
        _merged.AddRange(other.Entries);
    }

    /// <summary>The mapping: merged entries come first, as the original loader orders them.</summary>
    public SchemaObject Build(SourceSpan span)
    {
        if (!HasMerged)
            return SchemaObject.OfDistinct([.. _entries], span);
        var kept = new List<SchemaEntry>();
        var known = new HashSet<string>(_entries.Select(entry => entry.Key), StringComparer.Ordinal);
        foreach (SchemaEntry entry in _merged)
        {
            if (known.Add(entry.Key))
                kept.Add(entry);
        }
        return SchemaObject.OfDistinct([.. kept, .. _entries], span);
    }

    private int IndexOf(string key)
    {
        if (_entries.Count <= ComparedInTurn)
            return _entries.FindIndex(entry => entry.Key == key);
        if (_index is null)
        {
            _index = new(StringComparer.Ordinal);
            for (int i = 0; i < _entries.Count; i++)
                _index.Add(_entries[i].Key, i);
        }
        return _index.GetValueOrDefault(key, -1);
    }
}
