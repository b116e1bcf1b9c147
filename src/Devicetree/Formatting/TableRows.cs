namespace Devicetree.Formatting;

/// <summary>Recognises a value whose author has written its arrays below each other, in columns.</summary>
internal static class TableRows
{
    private const int FewestRows = 2;

    /// <summary>
    /// True for rows of one array a line, of equally many tokens, where each token begins or each ends in the column of those of
    /// the other rows, counted from the bracket, and some gap is wider than a space needs.
    /// </summary>
    public static bool AreAligned(ReadOnlySpan<FormatToken> tokens)
    {
        List<List<FormatToken>> rows = Read(tokens);
        if (rows.Count < FewestRows || rows.Exists(row => row.Count != rows[0].Count))
            return false;
        bool isSpaced = false;
        for (int i = 1; i < rows[0].Count; i++)
        {
            bool starts = true, ends = true;
            foreach (List<FormatToken> row in rows)
            {
                starts &= row[i].Start - row[0].Start == rows[0][i].Start - rows[0][0].Start;
                ends &= row[i].End - row[0].Start == rows[0][i].End - rows[0][0].Start;
                isSpaced |= row[i].Newlines == 0 && row[i].Start - row[i - 1].End > 1;
            }
            if (!starts && !ends)
                return false;
        }
        return isSpaced;
    }

    /// <summary>The tokens of the arrays; none when they do not stand one in a line.</summary>
    private static List<List<FormatToken>> Read(ReadOnlySpan<FormatToken> tokens)
    {
        var rows = new List<List<FormatToken>>();
        bool isOpen = false;
        foreach (FormatToken token in tokens)
        {
            if (token.Is('<') && !isOpen)
            {
                if (rows.Count > 0 && token.Newlines == 0)
                    return [];
                rows.Add([]);
                isOpen = true;
            }
            else if (isOpen && token.Newlines > 0)
            {
                return [];
            }
            if (isOpen)
                rows[^1].Add(token);
            if (token.Is('>'))
                isOpen = false;
        }
        return rows;
    }
}
