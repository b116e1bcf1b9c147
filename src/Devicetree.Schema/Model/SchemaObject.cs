using Devicetree.Text.Sources;

namespace Devicetree.Schema.Model;

/// <summary>A mapping with string keys, in the order they are written; no key stands twice.</summary>
internal sealed record SchemaObject : SchemaValue
{
    /// <summary>
    /// Up to so many entries are searched one by one, which is faster than hashing and is what nearly every mapping has.
    /// </summary>
    private const int SearchedInTurn = 12;

    private readonly SchemaEntry[] _entries;

    /// <summary>
    /// The index of each key; made when a long mapping is first asked for one. Two threads may both make it, with one result.
    /// </summary>
    private Dictionary<string, int>? _index;

    /// <summary>A mapping of entries.</summary>
    /// <param name="entries">The entries, the keys of which differ.</param>
    /// <param name="span">Where it is written.</param>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public SchemaObject(IEnumerable<SchemaEntry> entries, SourceSpan span)
        : base(span)
    {
        _entries = [.. entries];
        if (_entries.Length > SearchedInTurn)
            _index = MakeIndex();
        else
            RefuseDuplicates();
    }

    private SchemaObject(SchemaEntry[] entries, SourceSpan span)
        : base(span) => _entries = entries;

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<SchemaEntry> Entries => _entries;

    /// <summary>The value of a key, null when it is absent.</summary>
    public SchemaValue? this[string key] => IndexOf(key) is int index and >= 0 ? _entries[index].Value : null;

    /// <summary>The entry of a key, null when it is absent.</summary>
    public SchemaEntry? Find(string key) => IndexOf(key) is int index and >= 0 ? _entries[index] : null;

    /// <summary>Whether a key is present.</summary>
    public bool Has(string key) => IndexOf(key) >= 0;

    /// <summary>A mapping of entries whose keys are known to differ. The array is kept, not copied.</summary>
    internal static SchemaObject OfDistinct(SchemaEntry[] entries, SourceSpan span) => new(entries, span);

    private int IndexOf(string key)
    {
        if (_entries.Length > SearchedInTurn)
            return (_index ??= MakeIndex()).GetValueOrDefault(key, -1);
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key == key)
                return i;
        }
        return -1;
    }

    private Dictionary<string, int> MakeIndex()
    {
        var index = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < _entries.Length; i++)
            index.Add(_entries[i].Key, i);
        return index;
    }

    private void RefuseDuplicates()
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (_entries[i].Key == _entries[j].Key)
                    throw new ArgumentException($"key '{_entries[i].Key}' stands twice");
            }
        }
    }
}
