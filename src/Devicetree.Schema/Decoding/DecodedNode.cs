namespace Devicetree.Schema.Decoding;

/// <summary>
/// A mapping: a node with its properties and, after them, its children; or an object of a plain document. A child that has the
/// name of a property takes its place, as in the original.
/// </summary>
internal sealed class DecodedNode : DecodedValue
{
    /// <summary>The entry that holds the node's own name while it is checked.</summary>
    public const string NameKey = "$nodename";

    private static readonly EntryName _nameEntry = new(NameKey);
    private EntryName[] _names = new EntryName[8];
    private int[] _hashes = new int[8];
    private DecodedValue[] _values = new DecodedValue[8];
    private bool _nameShown;

    /// <summary>An empty mapping.</summary>
    /// <param name="name">The node's name, <c>/</c> for the root; empty for plain documents.</param>
    public DecodedNode(string name) => Name = name;

    /// <summary>The node's name with unit address, <c>/</c> for the root; empty for plain documents.</summary>
    public string Name { get; }

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The keys in order.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            for (int i = 0; i < Count; i++)
                yield return _names[i].Text;
        }
    }

    internal ReadOnlySpan<EntryName> Names => _names.AsSpan(0, Count);

    internal ReadOnlySpan<DecodedValue> Values => _values.AsSpan(0, Count);

    /// <summary>The value of a key, null when it is absent.</summary>
    public DecodedValue? this[string key] => Find(new EntryName(key));

    /// <summary>The value of a key, null when it is absent.</summary>
    public DecodedValue? Find(in EntryName name)
    {
        int index = IndexOf(name);
        return index < 0 ? null : _values[index];
    }

    internal bool Contains(in EntryName name) => IndexOf(name) >= 0;

    /// <summary>Makes the name an entry, the last one. Only the node that is being checked shows it, not those below.</summary>
    public void ShowName()
    {
        if (_nameShown)
            return;
        _nameShown = true;
        Set(_nameEntry, new DecodedList([new DecodedText(Name)]));
    }

    /// <summary>Sets an entry: in its place when the key is known, else after the others.</summary>
    internal void Set(in EntryName name, DecodedValue value)
    {
        int index = IndexOf(name);
        if (index >= 0)
            _values[index] = value;
        else
            Add(name, value);
    }

    /// <summary>Adds an entry whose key is known to be new.</summary>
    internal void Add(in EntryName name, DecodedValue value)
    {
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
            Array.Resize(ref _values, 2 * Count);
        }
        _names[Count] = name;
        _hashes[Count] = name.Hash;
        _values[Count++] = value;
    }

    internal void Replace(int index, DecodedValue value) => _values[index] = value;

    internal void Remove(in EntryName name)
    {
        int index = IndexOf(name);
        if (index < 0)
            return;
        Count--;
        Array.Copy(_names, index + 1, _names, index, Count - index);
        Array.Copy(_hashes, index + 1, _hashes, index, Count - index);
        Array.Copy(_values, index + 1, _values, index, Count - index);
    }

    private int IndexOf(in EntryName name)
    {
        for (int from = 0; ;)
        {
            int found = _hashes.AsSpan(from, Count - from).IndexOf(name.Hash);
            if (found < 0)
                return -1;
            found += from;
            if (_names[found].Text == name.Text)
                return found;
            from = found + 1;
        }
    }
}
