namespace Gunyah.Aarch64.Decoding;

/// <summary>Finds the row of a word: by its top eleven bits, then the most specific row that matches.</summary>
internal sealed class Decoder
{
    private const int IndexShift = 21;
    private const int IndexSize = 1 << (32 - IndexShift);

    private readonly EncodingRow[][] _rows = new EncodingRow[IndexSize][];

    /// <summary>Makes a decoder of some rows.</summary>
    public Decoder(IEnumerable<EncodingRow> rows)
    {
        var found = new List<EncodingRow>[IndexSize];
        foreach (EncodingRow row in rows)
        {
            uint mask = row.Mask >> IndexShift;
            uint value = row.Value >> IndexShift;
            // All indexes that agree with the fixed bits: counting through the bits that are not fixed.
            uint free = ~mask & (IndexSize - 1);
            uint choice = 0;
            do
            {
                (found[value | choice] ??= []).Add(row);
                choice = (choice - free) & free;
            }
            while (choice != 0);
        }

        for (int i = 0; i < IndexSize; i++)
            _rows[i] = found[i] is { } list ? [.. list.OrderByDescending(static row => uint.PopCount(row.Mask))] : [];
    }

    /// <summary>The decoder of every row that there is.</summary>
    public static Decoder All { get; } = new(Encodings.All);

    /// <summary>The row of a word; null where it is UNDEFINED.</summary>
    public EncodingRow? Find(uint word)
    {
        foreach (EncodingRow row in _rows[word >> IndexShift])
        {
            if (row.Matches(word))
                return row;
        }

        return null;
    }
}
