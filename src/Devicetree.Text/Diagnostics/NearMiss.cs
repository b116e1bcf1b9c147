namespace Devicetree.Text.Diagnostics;

/// <summary>Finds what somebody may have meant to write.</summary>
internal static class NearMiss
{
    /// <summary>Names longer than this are not compared; no real one is.</summary>
    private const int Longest = 128;

    /// <summary>
    /// The candidate that a text differs least from, by characters that are added, left out, replaced or swapped with their
    /// neighbour; null when none is near: one error in up to four characters, two in up to eight, else three.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(candidates);
        if (text.Length is 0 or > Longest)
            return null;
        int limit = text.Length <= 4 ? 1 : text.Length <= 8 ? 2 : 3;
        string? best = null;
        foreach (string candidate in candidates)
        {
            if (candidate == text || Math.Abs(candidate.Length - text.Length) > limit || candidate.Length > Longest)
                continue;
            int distance = Distance(text, candidate, limit);
            if (distance > limit || (distance == limit && best is not null))
                continue;
            best = candidate;
            limit = distance;
        }
        return best;
    }

    /// <summary>The number of errors, or something above the limit.</summary>
    private static int Distance(string one, string other, int limit)
    {
        Span<int> older = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> row = stackalloc int[other.Length + 1];
        for (int j = 0; j <= other.Length; j++)
            last[j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int value = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    value = Math.Min(value, older[j - 2] + 1);
                row[j] = value;
                least = Math.Min(least, value);
            }
            if (least > limit)
                return limit + 1;
            Span<int> oldest = older;
            older = last;
            last = row;
            row = oldest;
        }
        return last[other.Length];
    }
}
