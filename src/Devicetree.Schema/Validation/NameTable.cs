using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation;

/// <summary>
/// Names that are looked up by others: their hashes lie side by side, so that the processor compares several at once.
/// </summary>
internal sealed class NameTable
{
    private readonly EntryName[] _names;
    private readonly int[] _hashes;

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(name => new EntryName(name))];
        _hashes = [.. _names.Select(name => name.Hash)];
    }

    public int Count => _names.Length;

    public ReadOnlySpan<EntryName> Names => _names;

    /// <summary>The index of a name, negative when it is not in the table.</summary>
    public int IndexOf(in EntryName name)
    {
        for (int from = 0; ;)
        {
            int found = _hashes.AsSpan(from).IndexOf(name.Hash);
            if (found < 0)
                return -1;
            found += from;
            if (_names[found].Text == name.Text)
                return found;
            from = found + 1;
        }
    }
}
