using System.Text;

namespace Devicetree.Schema.Caching;

/// <summary>Gives strings numbers, the same string the same.</summary>
internal sealed class CacheStrings
{
    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly CacheBuffer _bytes = new();
    private readonly CacheBuffer _starts = new();

    public CacheStrings() => _starts.AddWord(0);

    /// <summary>The bytes of all strings.</summary>
    public CacheBuffer Bytes => _bytes;

    /// <summary>Where each starts, and where the last one ends.</summary>
    public CacheBuffer Starts => _starts;

    public uint NumberOf(string text)
    {
        if (_numbers.TryGetValue(text, out uint number))
            return number;
        number = (uint)_numbers.Count;
        _numbers.Add(text, number);
        _bytes.Add(Encoding.UTF8.GetBytes(text));
        _starts.AddWord((uint)_bytes.Length);
        return number;
    }

    /// <summary>
    /// A table in which names are found by their hash: pairs of string and value, at most half of the places taken.
    /// </summary>
    public CacheBuffer Table(IReadOnlyCollection<KeyValuePair<string, uint>> entries)
    {
        uint places = 2;
        while (places < entries.Count * 2)
            places *= 2;
        var table = new (uint Text, uint Value)[places];
        Array.Fill(table, (Text: CacheLayout.None, Value: 0u));
        foreach ((string name, uint value) in entries)
        {
            uint place = CacheLayout.Hash(Encoding.UTF8.GetBytes(name)) & (places - 1);
            while (table[place].Text != CacheLayout.None)
                place = (place + 1) & (places - 1);
            table[place] = (NumberOf(name), value);
        }
        var bytes = new CacheBuffer();
        foreach ((uint text, uint value) in table)
        {
            bytes.AddWord(text);
            bytes.AddWord(value);
        }
        return bytes;
    }
}
